"""Text in the cells of a figure's tables, whose rows are parts of their axes' height and not of the text's."""

from matplotlib.figure import Figure
from matplotlib.table import Cell, Table

from plotgate.figure.labels import Undo, unrotated_size


def fit_tables(figure: Figure) -> Undo:
    """Make the text of each table as small as its rows are low; the steps that undo it."""
    undo: Undo = []
    for table in figure.findobj(Table):
        assert isinstance(table, Table)  # noqa: S101 - as was asked for
        cells = [cell for cell in table.get_celld().values() if cell.get_text().get_text().strip()]
        room = min(map(_room, cells), default=1.0)
        for cell in cells if room < 1 else []:
            size = float(cell.get_fontsize())
            cell.set_fontsize(size * room)  # as matplotlib does where columns are narrow, without end
            undo.append(lambda cell=cell, size=size: cell.set_fontsize(size))  # type: ignore[misc]
    return undo


def _room(cell: Cell) -> float:
    """How many times as high as its text a cell is."""
    return float(cell.get_window_extent().height / unrotated_size(cell.get_text())[1])
