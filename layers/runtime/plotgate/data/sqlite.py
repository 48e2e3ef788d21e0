"""Tables in SQLite."""

from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import sqlalchemy as sa

from plotgate.data.selection import DAY, Selection
from plotgate.data.sql import POOL, Fetched, SqlSource

if TYPE_CHECKING:
    import pandas as pd

DAY_FIRST = "[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]*"  # texts whose order is nearly that of what they mean


class SQLiteSource(SqlSource):
    """A table or query of SQLite, whose times are texts that everyone spells in a way of their own."""

    def _connected_to(self, url: sa.URL) -> sa.Engine:
        self._file = Path(url.database or "")
        self._stamp = _stamp(self._file)
        read_only = url.set(database=f"file:{quote(url.database or '')}", query={"mode": "ro", "uri": "true"})
        return sa.create_engine(read_only, **POOL)

    def _fetch_once(self, statement: sa.Executable, values: dict[str, Any]) -> Fetched:
        # A connection goes on to read the file that it has opened, though another lies in its place, and may take
        # one that was copied over it for the one that it knows.
        if (stamp := _stamp(self._file)) != self._stamp:
            self._engine.dispose()
            self._stamp = stamp
        return super()._fetch_once(statement, values)

    def _break_off(self, driver: Any) -> None:
        driver.interrupt()

    def _bindable(self, value: object) -> object:
        """`value` as CURRENT_TIMESTAMP spells it, in UTC; fractions of a second only where there are."""
        if isinstance(value, datetime):
            return value.replace(tzinfo=None).isoformat(" ")
        return value.isoformat() if isinstance(value, date) else value

    def _table(self, selection: Selection) -> "pd.DataFrame":
        # Of what the conditions leave, times of any spelling are compared once they are times.
        return selection.of(super()._table(selection), self._declared.time)

    def _where(self, column: sa.ColumnElement[Any], selection: Selection) -> list[sa.ColumnElement[bool]]:
        return _around(column, selection.start, selection.end)

    def _equals(self, column: sa.ColumnElement[Any], value: object) -> list[sa.ColumnElement[bool]]:
        return _around(column, value, value) if isinstance(value, date) else super()._equals(column, value)


def _stamp(file: Path) -> tuple[int, ...] | None:
    try:
        status = file.stat()
    except OSError:  # whoever connects says so
        return None
    return status.st_dev, status.st_ino, status.st_mtime_ns, status.st_size


def _around(column: sa.ColumnElement[Any], start: date | None, end: date | None) -> list[sa.ColumnElement[bool]]:
    """Whether the day that a text begins with is one of the range's, or the day before or after for its offset.

    What begins with no such day is read whatever the range: it is compared, or refused, once it is a time.
    """
    other = column.bool_op("NOT GLOB")(DAY_FIRST) | (sa.func.typeof(column) == "blob")
    conditions: list[sa.ColumnElement[bool]] = []
    if start is not None:
        conditions.append((column >= _moved(start, -DAY)) | other)
    if end is not None:
        conditions.append((column < _moved(end, 2 * DAY)) | other)
    return conditions


def _moved(value: date, span: timedelta) -> str:
    try:
        return (date(value.year, value.month, value.day) + span).isoformat()
    except OverflowError:
        return (date.min if span < timedelta(0) else date.max).isoformat()
