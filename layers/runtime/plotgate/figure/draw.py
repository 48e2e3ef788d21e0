"""From `draw` to a figure: Agg, the theme's style, and no state left behind."""

import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any
from warnings import catch_warnings, filterwarnings

from plotgate.figure import acceleration
from plotgate.figure.theme import settings
from plotgate.timing import timed
from plotgate.url.view import Theme

if TYPE_CHECKING:
    from matplotlib.figure import Figure


@contextmanager
def drawn(draw: Callable[..., "Figure"], arguments: Mapping[str, Any], theme: Theme) -> Iterator["Figure"]:
    """The figure that `draw(**arguments)` returns, and matplotlib's settings as `draw` left them.

    Afterwards what drawing leaves behind is undone: settings such as seaborn's, and pyplot's figures, which pyplot
    keeps until they are closed, and seaborn's grids make theirs through pyplot.

    Raises:
        TypeError: `draw` returned something else.
    """
    with timed("import"):
        from matplotlib import rc_context
        from matplotlib.figure import Figure

        acceleration.apply()

    with rc_context(settings(theme)), _measured_by_agg(), _own_colours():
        try:
            with timed("draw"), catch_warnings():
                # Seaborn's grids do their own layout; figures that are not theirs keep the style sheet's.
                filterwarnings("ignore", "The figure layout has changed to tight")
                filterwarnings("ignore", "This figure was using a layout engine that is incompatible")
                figure = draw(**arguments)
            if not isinstance(figure, Figure):
                raise TypeError(f"draw must return a matplotlib Figure, not {type(figure).__name__}")
            yield figure
        finally:
            if pyplot := sys.modules.get("matplotlib.pyplot"):
                pyplot.close("all")


@contextmanager
def _measured_by_agg() -> Iterator[None]:
    """Let figures measure text with Agg: one made without pyplot makes a renderer of its whole size for each text."""
    from matplotlib import figure
    from matplotlib.backends.backend_agg import FigureCanvasAgg

    module: Any = figure
    before, module.FigureCanvasBase = module.FigureCanvasBase, FigureCanvasAgg
    try:
        yield
    finally:
        module.FigureCanvasBase = before


@contextmanager
def _own_colours() -> Iterator[None]:
    """Let names keep their colours: seaborn's themes give others to `r`, `g` and `b`."""
    from matplotlib import colors

    names: Any = colors.get_named_colors_mapping()
    before = dict(names)
    try:
        yield
    finally:
        if names != before:
            names.clear()
            names.update(before)
            names.cache.clear()
