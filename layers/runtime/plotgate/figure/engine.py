"""Layout engines, and how one gives way to another."""

from typing import Any

from matplotlib import rc_context
from matplotlib.figure import Figure
from matplotlib.layout_engine import ConstrainedLayoutEngine


def remove_engine(figure: Figure) -> None:
    """Leave the figure without a layout engine; "none" would leave a placeholder, for which savefig draws twice."""
    with rc_context({"figure.autolayout": False, "figure.constrained_layout.use": False}):
        figure.set_layout_engine(None)


def has_bars_without_grid(figure: Figure) -> bool:
    """Whether the figure has colour bars that constrained layout alone knows where to put."""
    return any(axes.get_label() == "<colorbar>" and axes.get_subplotspec() is None for axes in figure.axes)


_own_tight_layout: Any = Figure.tight_layout
_own_subplots_adjust: Any = Figure.subplots_adjust


def tight_layout(figure: Figure, **padding: Any) -> None:
    """`Figure.tight_layout`, also where the theme has made the layout constrained.

    There matplotlib refuses it once a colour bar was made, and warns without one.
    """
    if isinstance(figure.get_layout_engine(), ConstrainedLayoutEngine):
        if has_bars_without_grid(figure):
            return  # constrained layout lets everything fit, too
        remove_engine(figure)
    _own_tight_layout(figure, **padding)


def subplots_adjust(figure: Figure, *edges: Any, **more: Any) -> None:
    """`Figure.subplots_adjust`, also where the theme has made the layout constrained, which would ignore it."""
    if isinstance(figure.get_layout_engine(), ConstrainedLayoutEngine) and not has_bars_without_grid(figure):
        remove_engine(figure)
    _own_subplots_adjust(figure, *edges, **more)
