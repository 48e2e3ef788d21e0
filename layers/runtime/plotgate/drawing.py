"""From `draw` to bytes: Agg, no state left behind, the same bytes each time."""

import io
import os
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from matplotlib.figure import Figure

os.environ["MPLBACKEND"] = "agg"  # before matplotlib is imported: there is no screen, and no author has to say so

PIXELS_PER_INCH = 100  # CSS pixels in an inch of figure size: matplotlib's own default


def draw_png(draw: Callable[..., "Figure"], arguments: Mapping[str, Any]) -> bytes:
    """The PNG of the figure that `draw(**arguments)` returns.

    Raises:
        TypeError: `draw` returned something else.
    """
    with _clean_matplotlib():
        figure = draw(**arguments)
        return _png(figure)


@contextmanager
def _clean_matplotlib() -> Iterator[None]:
    """Undo what drawing leaves behind: settings such as seaborn's themes, and pyplot's figures.

    pyplot keeps every figure until it is closed, and seaborn's grids make theirs through pyplot.
    """
    from matplotlib import rc_context

    with rc_context():
        try:
            yield
        finally:
            if pyplot := sys.modules.get("matplotlib.pyplot"):
                pyplot.close("all")


def _png(figure: object) -> bytes:
    from matplotlib.figure import Figure

    if not isinstance(figure, Figure):
        raise TypeError(f"draw must return a matplotlib Figure, not {type(figure).__name__}")
    buffer = io.BytesIO()
    # Software holds matplotlib's version: it would change the bytes of an unchanged picture.
    figure.savefig(buffer, format="png", dpi=PIXELS_PER_INCH, metadata={"Software": None})
    return buffer.getvalue()
