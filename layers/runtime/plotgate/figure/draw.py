"""From `draw` to a figure: Agg, the theme's style, and no state left behind."""

import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from types import MappingProxyType
from typing import TYPE_CHECKING, Any
from warnings import catch_warnings, filterwarnings
from weakref import WeakSet

from plotgate.figure import acceleration
from plotgate.figure.randomness import is_importing
from plotgate.figure.theme import settings
from plotgate.timing import timed
from plotgate.url.view import Theme

if TYPE_CHECKING:
    from matplotlib.figure import Figure


@contextmanager
def drawn(
    draw: Callable[..., "Figure"],
    arguments: Mapping[str, Any],
    theme: Theme,
    style: Mapping[str, Any] = MappingProxyType({}),
) -> Iterator["Figure"]:
    """The figure that `draw(**arguments)` returns, and matplotlib's settings as `draw` left them.

    The author's `style` lies over the theme's settings, and what `draw` sets over both.

    Afterwards what drawing leaves behind is undone: settings such as seaborn's, colour maps and sequences that `draw`
    registered, and pyplot's figures, which pyplot keeps until they are closed, and seaborn's grids make theirs through
    pyplot.

    Raises:
        TypeError: `draw` returned something else, or a figure that it had before.
    """
    with timed("import"):
        from cycler import cycler
        from matplotlib import rc_context, rcParams

        acceleration.apply()

    module = sys.modules.get(draw.__module__)
    with rc_context(settings(theme)), _figures_as_they_are_needed(), _own_colours(), _own_registrations():
        present: Any = rcParams  # the stubs list every name there is
        present.update(style)
        present["axes.prop_cycle"] = cycler(present["axes.prop_cycle"])  # whose `+=` would change the theme's own
        before = list(vars(module).values()) if module else []
        try:
            with timed("draw"), catch_warnings():
                filterwarnings("ignore", "There are no gridspecs with layoutgrids")  # those of seaborn's clustermap
                filterwarnings("ignore", "This figure was using a layout engine that is incompatible")
                figure = draw(**arguments)
            _check(figure, before)
            yield figure
        finally:
            if pyplot := sys.modules.get("matplotlib.pyplot"):
                pyplot.close("all")


def _check(figure: object, before: list[object]) -> None:
    from matplotlib.figure import Figure

    if not isinstance(figure, Figure):
        hint = ": return its `.figure`" if isinstance(getattr(figure, "figure", None), Figure) else ""
        raise TypeError(f"draw must return a matplotlib Figure, not {type(figure).__name__}{hint}")
    if figure in _seen or any(value is figure for value in before):
        # It was laid out for another size, and perhaps in the other theme.
        raise TypeError("draw must make a new Figure in each call, not return one that it keeps")
    _seen.add(figure)


_seen: "WeakSet[Figure]" = WeakSet()


@contextmanager
def _own_registrations() -> Iterator[None]:
    """Let what `draw` registers be registered the next time, too. What an import registers, it registers once."""
    from matplotlib import color_sequences, colormaps

    registries: tuple[Any, ...] = (colormaps, color_sequences)
    before = [set(registry) for registry in registries]
    for registry, names in zip(registries, before, strict=True):
        registry.register = _noting(registry, names)
    try:
        yield
    finally:
        for registry, names in zip(registries, before, strict=True):
            del registry.register
            for name in set(registry) - names:
                registry.unregister(name)


def _noting(registry: Any, stay: set[str]) -> Callable[..., None]:
    """`registry.register`, which notes what stays."""
    own = registry.register

    def register(*args: Any, **kwargs: Any) -> None:
        before = set(registry)
        own(*args, **kwargs)
        if is_importing():
            stay.update(set(registry) - before)

    return register


@contextmanager
def _figures_as_they_are_needed() -> Iterator[None]:
    """Let figures measure text with Agg, draw any, and let an author arrange them in spite of the theme's layout.

    A figure made without pyplot would make a renderer of its whole size for each text.
    """
    from matplotlib import figure, text
    from matplotlib.backends.backend_agg import FigureCanvasAgg

    from plotgate.figure.engine import subplots_adjust, tight_layout
    from plotgate.figure.plain_text import preprocess_math

    module: Any = figure
    needed = (
        (text.Text, "_preprocess_math", preprocess_math),
        (module, "FigureCanvasBase", FigureCanvasAgg),
        (module.Figure, "tight_layout", tight_layout),
        (module.Figure, "subplots_adjust", subplots_adjust),
    )
    before = [getattr(owner, name) for owner, name, _ in needed]
    for owner, name, value in needed:
        setattr(owner, name, value)
    try:
        yield
    finally:
        for (owner, name, _), value in zip(needed, before, strict=True):
            setattr(owner, name, value)


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
