"""What seaborn draws to measure it."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from plotgate.figure.acceleration.ticks import unseen

if TYPE_CHECKING:
    from matplotlib.figure import Figure, SubFigure


def without_pixels(draw_figure: Callable[["Figure | SubFigure"], None]) -> Callable[["Figure | SubFigure"], None]:
    """Do all that drawing does but for the pixels."""

    def measure(figure: "Figure | SubFigure") -> None:
        root = figure.get_figure(root=True)
        assert root is not None  # noqa: S101 - it is in one
        token = unseen.set(True)
        try:
            root.draw_without_rendering()
        finally:
            unseen.reset(token)

    return measure


def not_at_all(draw_figure: Callable[["Figure"], None]) -> Callable[["Figure"], None]:
    """Draw nothing."""
    return lambda figure: None
