"""Which rows are read, and in which order: the same from every source."""

from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

from plotgate.data.columns import Columns

if TYPE_CHECKING:
    import pandas as pd

DAY = timedelta(days=1)


@dataclass(frozen=True)
class Selection:
    """The rows to read: `start` ≤ time < `end`, and columns that equal a value."""

    start: date | None = None
    end: date | None = None
    equal: dict[str, object] = field(default_factory=dict)

    def compared(self, columns: Columns, time: str | None, zone: str) -> "Selection":
        """The same selection, each time as it compares with its column.

        With a `datetime` column that is a moment in UTC: a day is its first moment in `zone`, and a time without a zone
        is in `zone`. With a `date` column it is a day of `zone`: one that the range only touches is part of it.
        """
        kind = columns.get(time or "")
        start, end = self.start, self.end
        if kind is date:
            start = None if start is None else _day(start, zone)
            end = None if end is None else _day_after(end, zone)
        elif kind is datetime:
            start = None if start is None else moment(start, zone)
            end = None if end is None else moment(end, zone)
        equal = {name: _value(value, columns.get(name), zone) for name, value in self.equal.items()}
        return Selection(start, end, equal)

    def of(self, table: "pd.DataFrame", time: str | None) -> "pd.DataFrame":
        """The rows of `table`, once this selection is `compared` with its columns."""
        import pandas as pd

        chosen = pd.Series(True, index=table.index)
        if time is not None and self.start is not None:
            chosen &= table[time] >= pd.Timestamp(self.start)
        if time is not None and self.end is not None:
            chosen &= table[time] < pd.Timestamp(self.end)
        for name, value in self.equal.items():
            chosen &= table[name] == (pd.Timestamp(value) if isinstance(value, date) else value)
        return table.loc[chosen].reset_index(drop=True)


def moment(value: date, zone: str) -> datetime:
    """`value` in UTC; beyond the years 1 and 9999 there is none, and the nearest is as good."""
    from zoneinfo import ZoneInfo

    if not isinstance(value, datetime):
        value = datetime(value.year, value.month, value.day)
    if value.tzinfo is None:
        value = value.replace(tzinfo=ZoneInfo(zone))
    try:
        return value.astimezone(UTC)
    except OverflowError:
        return (datetime.min if value.year == 1 else datetime.max).replace(tzinfo=UTC)


def ordered(table: "pd.DataFrame", time: str | None) -> "pd.DataFrame":
    """`table` by time and then by all columns, missing values last: rows that are still tied are equal."""
    names = list(table.columns)
    if time is not None:
        table = table.sort_values(time, kind="stable", ignore_index=True)
        if not table[time].duplicated().any():
            return table
        names.remove(time)
        names.insert(0, time)
    return table.sort_values(names, kind="stable", ignore_index=True)


def _value(value: object, kind: type | None, zone: str) -> object:
    if not isinstance(value, date):
        return value
    if kind is date:
        return _day(value, zone)
    return moment(value, zone) if kind is datetime or isinstance(value, datetime) else value


def _day(value: date, zone: str) -> date:
    """The day of `value` in `zone`."""
    from zoneinfo import ZoneInfo

    if isinstance(value, datetime) and value.tzinfo is not None:
        with suppress(OverflowError):
            value = value.astimezone(ZoneInfo(zone))
    return date(value.year, value.month, value.day)


def _day_after(end: date, zone: str) -> date:
    """The first day that begins at `end` or later."""
    day = _day(end, zone)
    # Not compared with midnight: where clocks are put forward over it, the day begins later.
    if isinstance(end, datetime) and moment(day, zone) < moment(end, zone) and day < date.max:
        return day + DAY
    return day
