"""Tables in files."""

import hashlib
from abc import ABC, abstractmethod
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from plotgate.data.columns import Columns, typed
from plotgate.data.source import Selection
from plotgate.data.tabular import check_suffix, frame

if TYPE_CHECKING:
    import pandas as pd


class WholeSource(ABC):
    """A table that is read whole, and again when its version changed; a selection is made from what was read."""

    exact = True

    def __init__(self, path: str, columns: Columns, time: str | None) -> None:
        check_suffix(path)
        self._path = path
        self._columns = columns
        self._time = time
        self._kept: tuple[str, pd.DataFrame] | None = None

    @abstractmethod
    def version(self) -> str:
        """What changes when the content does."""

    @abstractmethod
    def _content(self) -> tuple[str, bytes]:
        """The content, and its own version."""

    def rows(self, selection: Selection) -> "pd.DataFrame":
        if self._kept is None or self._kept[0] != self.version():
            version, content = self._content()
            table = typed(frame(self._path, content, self._columns), self._columns)
            if self._time is not None:
                table = table.sort_values(self._time, kind="stable", ignore_index=True)
            self._kept = version, table
        # Pandas copies on write: an author who changes the rows does not change those that are kept.
        return self._selected(self._kept[1], selection)

    def _selected(self, table: "pd.DataFrame", selection: Selection) -> "pd.DataFrame":
        import pandas as pd

        chosen = pd.Series(True, index=table.index)
        if self._time is not None:
            times = table[self._time]
            if selection.start is not None:
                chosen &= times >= moment(selection.start, self._columns[self._time])
            if selection.end is not None:
                chosen &= times < moment(selection.end, self._columns[self._time])
        for name, value in selection.equal.items():
            chosen &= table[name] == value
        return table.loc[chosen].reset_index(drop=True)


def moment(value: date, kind: type) -> "pd.Timestamp":
    """`value` as it compares with a column of the type `kind`, `date` or `datetime`."""
    import pandas as pd

    if kind is date:
        return pd.Timestamp(value.year, value.month, value.day)
    if not isinstance(value, datetime) or value.tzinfo is None:
        return pd.Timestamp(value, tz="UTC")
    return pd.Timestamp(value).tz_convert("UTC")


class FileSource(WholeSource):
    """A file, by default one that is shipped with the plot."""

    def __init__(self, path: str, columns: Columns, time: str | None) -> None:
        super().__init__(path, columns, time)
        self._hashed: tuple[tuple[int, int], str] | None = None

    def version(self) -> str:
        status = Path(self._path).stat()
        stamp = status.st_mtime_ns, status.st_size
        if self._hashed is None or self._hashed[0] != stamp:
            self._hashed = stamp, _digest(Path(self._path).read_bytes())
        return self._hashed[1]

    def _content(self) -> tuple[str, bytes]:
        content = Path(self._path).read_bytes()
        return _digest(content), content


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
