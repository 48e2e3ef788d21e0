"""Tables that are read whole."""

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING

from plotgate.data.columns import typed
from plotgate.data.selection import Selection, ordered
from plotgate.data.source import Declaration, Rows
from plotgate.data.tabular import check_suffix, frame

if TYPE_CHECKING:
    import pandas as pd


class WholeSource(ABC):
    """A table that is read whole, and again when its content changed; a selection is made from what was read."""

    exact = True
    address: str

    def __init__(self, path: str, declared: Declaration) -> None:
        check_suffix(path)
        self._path = path
        self._declared = declared
        self._kept: tuple[str, pd.DataFrame] | None = None

    @abstractmethod
    def version(self) -> str:
        """What changes when the content does."""

    @abstractmethod
    def _content(self, kept: str | None) -> tuple[str, bytes] | None:
        """The content, read once, and its own version; None where that is still `kept`."""

    def rows(self, selection: Selection, known: str | None) -> Rows:
        if self._kept is None or self._kept[0] != known:
            self._kept = self._current(self._kept)
        version, table = self._kept
        declared = self._declared
        compared = selection.compared(declared.columns, declared.time, declared.zone)
        # Pandas copies on write: an author who changes the rows does not change those that are kept.
        return Rows(compared.of(table, declared.time), version)

    def _current(self, kept: "tuple[str, pd.DataFrame] | None") -> "tuple[str, pd.DataFrame]":
        changed = self._content(kept[0] if kept else None)
        if kept and (changed is None or changed[0] == kept[0]):
            return kept
        if changed is None:
            raise ValueError("The source must give the content that nothing is kept of.")
        version, content = changed
        found = frame(self._path, content, self._declared)
        self._declared.check_rows(len(found))
        return version, ordered(typed(found, self._declared.columns), self._declared.time)
