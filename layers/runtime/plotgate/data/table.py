"""A table that a plot draws, wherever it lives."""

import logging
import os
import re
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING

from plotgate.data.columns import Columns, check_columns
from plotgate.data.selection import Selection, moment
from plotgate.data.source import Declaration, Source, UnavailableError
from plotgate.data.sources import source_at
from plotgate.errors import DataError, PlotgateError
from plotgate.timing import timed

if TYPE_CHECKING:
    import pandas as pd

PAUSE = 5.0  # seconds for which a source that does not answer is not asked again

logger = logging.getLogger("plotgate")


@dataclass(frozen=True)
class TableVersion:
    """Which rows a picture shows."""

    name: str  # of the table
    address: str  # as the environment says, without a secret; of the file beside the plot its name
    version: str  # of the rows
    exact: bool  # whether rows of this version are the same rows in the same order, to the last bit


class Reading:
    """What was read while one picture was drawn."""

    def __init__(self, tables: "Collection[Table]") -> None:
        self.tables = tables
        self._read: dict[Table, set[TableVersion | None]] = {}

    def known(self, table: "Table") -> str | None:
        """The version of the rows that were read already: a picture shows those of one."""
        versions = list(self._read.get(table, ()))
        return versions[0].version if versions and versions[0] is not None else None

    def add(self, table: "Table", version: TableVersion | None) -> None:
        """Note that rows were read, of this version where the source told it with them."""
        self._read.setdefault(table, set()).add(version)

    def confirmed(self, before: Sequence[TableVersion]) -> tuple[TableVersion, ...]:
        """The versions of the rows that were read; equal to those `before` where they are what was to be drawn.

        Of a file and of an S3 object that is the version of the very rows. A database is asked once more: where it
        answers the same, the rows between were of that version. What was not read is as it was before.

        Args:
            before: the versions of the tables of this reading, in their order.

        Raises:
            DataError: a database does not answer.
        """
        return tuple(self._confirmed(table, version) for table, version in zip(self.tables, before, strict=True))

    def _confirmed(self, table: "Table", before: TableVersion) -> TableVersion:
        versions = self._read.get(table)
        if not versions:
            return before
        told = [version for version in versions if version is not None]
        if len(told) < len(versions):
            return table.current_version()
        # Threads may have read two versions: no picture shows both.
        return next((version for version in told if version != before), before)


# Not of a context: the threads of a `draw` read, too, and an environment draws one picture at a time.
_reading: Reading | None = None


@contextmanager
def reading(tables: "Collection[Table]") -> Iterator[Reading]:
    """Note what is read of `tables`, and refuse to read others: nobody would notice when their rows change."""
    global _reading
    outer, _reading = _reading, Reading(tables)
    try:
        yield _reading
    finally:
        _reading = outer


class Table:
    """Columns of declared types, from the address that the environment variable `DATA_<NAME>` holds.

        weather = Table(
            "weather",
            {"date": date, "temp_max": float},
            file=Path(__file__).with_name("seattle_weather.csv"),
            time="date",
        )

        weather.read(start, end)

    | address | where the table is | its version |
    |---|---|---|
    | none, or empty | `file` | the file's content |
    | `/path/to/table.parquet` | a CSV, JSON or Parquet file | the file's content |
    | `s3://bucket/key.csv` | an S3 object, read through boto3 and its environment variables | the object's ETag |
    | `postgresql://user@host/database` | the database's table `name`, or `query` | `version` |
    | `sqlite:///path/to/file.db` | the same | `version` |

    An address holds no password: `DATA_<NAME>_SECRET` is the ARN of a secret of Secrets Manager, or of a parameter of
    SSM, that holds it, alone or as JSON with `username` and `password`.

    Rows are ordered by time and then by all columns, unless a `query` has an order of its own. At most a million are
    read, and files of at most 64 MB.

    Args:
        name: of the table; the same for every plot that draws it.
        columns: that the plot needs, each `str`, `int`, `float`, `bool`, `date` or `datetime`.
        file: beside the plot, when nothing else is configured.
        time: the column that `start` and `end` select by, and that orders the rows.
        zone: the IANA name of the time zone of the days, and of times without a zone, that `read` is given: which
            moments of a `datetime` column a day has, and to which day of a `date` column a moment belongs. Mostly that
            of the plot's `TimeRange`.
        query: SQL in place of a `select` of `columns`, with `:start`, `:end` and the names that `read` is given.
        version: of a table in a database: SQL whose one row changes when the data does, or how long
            rows may be old.

    Raises:
        TypeError: a column has another type.
        ValueError: `time` is no column of type `date` or `datetime`.
        ZoneInfoNotFoundError: there is no such zone.
    """

    def __init__(
        self,
        name: str,
        columns: Columns,
        *,
        file: Path | None = None,
        time: str | None = None,
        zone: str = "UTC",
        query: str | None = None,
        version: str | timedelta = timedelta(minutes=1),
    ) -> None:
        check_columns(columns)
        if time is not None and columns.get(time) not in (date, datetime):
            raise ValueError(f"The time of the table `{name}` must be a column of type date or datetime, not {time!r}.")
        if time is not None:
            moment(date(2000, 1, 1), zone)  # an unknown zone is found here, not in a request
        self.name = name
        self._declared = Declaration(name, columns, time, zone, query, version)
        self._file = file
        self._source: tuple[str, Source] | None = None
        self._silent_until = 0.0

    @property
    def live(self) -> bool:
        """Whether the rows can change between deployments."""
        return bool(os.environ.get(self._declared.variable))

    @property
    def address(self) -> str:
        """Where the table is, as the environment says: never with a secret. Of the file beside the plot, its name.

        Raises:
            DataError: the address is not one of a source.
        """
        return self._guarded(self._public_address)

    def current_version(self) -> TableVersion:
        """The version that the rows have now, which the source is asked for once.

        Raises:
            DataError: the source does not answer.
        """
        return self._asked(lambda source: self._versioned(source, source.version()))

    def read(self, start: date | None = None, end: date | None = None, **equal: object) -> "pd.DataFrame":
        """The rows with `start` ≤ time < `end` whose columns equal what is named, in the order of time.

            weather.read(date(2015, 1, 1), date(2016, 1, 1), station="KSEA")

        An `end` within a day of a column of days includes that day.

        Raises:
            DataError: the source does not answer, or not with these columns.
            DataTooLargeError: there are more rows, or bytes, than fit.
            TypeError: `start` or `end` is given and there is no time, or something named is no column; or the `query`
                does not use it.
        """
        self._check_readable([name for name, end_of in (("start", start), ("end", end)) if end_of is not None], equal)
        with timed("import"):
            import pandas as pd  # noqa: F401 - every source does; so it counts as what it is
        known = None if _reading is None else _reading.known(self)
        return self._asked(lambda source: self._read(source, Selection(start, end, equal), known))

    def _check_readable(self, ends: list[str], equal: Collection[str]) -> None:
        declared = self._declared
        if ends and declared.time is None:
            raise TypeError(f"The table `{self.name}` must name its time to be read by start and end.")
        for name in equal:
            if name not in declared.columns and declared.query is None:
                raise TypeError(f"The table `{self.name}` must have the column `{name}` to be read by it.")
        used = None if declared.query is None else re.findall(r"(?<![:\w\\]):(\w+)(?!:)", declared.query)
        for name in [*ends, *equal]:
            if used is not None and name not in used:
                raise TypeError(f"The query of the table `{self.name}` must use `:{name}` to be read by it.")
        if _reading is not None and self not in _reading.tables:
            raise TypeError(f"A plot that reads the table `{self.name}` must say so: serve(draw, data=…).")

    def _read(self, source: Source, selection: Selection, known: str | None) -> "pd.DataFrame":
        rows = source.rows(selection, known)
        if _reading is not None:
            _reading.add(self, None if rows.version is None else self._versioned(source, rows.version))
        return rows.frame

    def _versioned(self, source: Source, version: str) -> TableVersion:
        return TableVersion(self.name, self._public_address(source), version, source.exact)

    def _public_address(self, source: Source) -> str:
        return source.address if self.live or self._file is None else self._file.name

    def _asked[T](self, ask: Callable[[Source], T]) -> T:
        """What `ask` makes of the source, which is left alone for a while when it does not answer."""
        if monotonic() < self._silent_until:
            raise self._unavailable
        try:
            return self._guarded(ask)
        except DataError as error:
            if isinstance(error.__cause__, UnavailableError):
                self._silent_until = monotonic() + PAUSE
            raise

    def _guarded[T](self, use: Callable[[Source], T]) -> T:
        try:
            with timed("data"):
                return use(self._current_source())
        except PlotgateError:
            raise
        except Exception as error:
            # The reason is for the log alone: it may hold hosts, paths or rows.
            logger.warning("The data `%s` is not available: %s", self.name, error)
            raise self._unavailable from error

    @property
    def _unavailable(self) -> DataError:
        return DataError(f"The data `{self.name}` is not available just now.")

    def _current_source(self) -> Source:
        address = os.environ.get(self._declared.variable) or str(self._file or "")
        if self._source is None or self._source[0] != address:
            self._source = address, source_at(address, self._declared)
        return self._source[1]
