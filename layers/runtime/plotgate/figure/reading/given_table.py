"""The table of a figure that its author gives himself."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from matplotlib.figure import Figure
    from pandas import DataFrame

_NAME = "_plotgate_table"


def set_table(figure: "Figure", table: "DataFrame") -> None:
    """Let `?format=csv` of a plot be this table, instead of what is read from the figure's artists.

    Args:
        figure: the one that `draw` returns.
        table: with a row for each observation; its index is written too where it has a name.

    Raises:
        TypeError: `table` is no data frame.
    """
    if not all(hasattr(table, name) for name in ("columns", "index", "itertuples")):
        raise TypeError(f"The table must be a pandas DataFrame, not {type(table).__name__}")
    setattr(figure, _NAME, table)


def given_table(figure: "Figure") -> Any:
    """What `set_table` was called with for this figure, or None."""
    return getattr(figure, _NAME, None)
