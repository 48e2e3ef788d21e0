"""A table that a plot draws, wherever it lives."""

import logging
import os
import re
from collections.abc import Callable, Collection
from datetime import date, datetime, timedelta
from pathlib import Path
from time import time
from typing import TYPE_CHECKING

from plotgate.data.address import without_address
from plotgate.data.columns import Columns, check_columns
from plotgate.data.reading import Reading as Reading
from plotgate.data.reading import TableVersion as TableVersion
from plotgate.data.reading import current_reading, is_asked_by_a_cache
from plotgate.data.reading import reading as reading
from plotgate.data.selection import Selection, moment
from plotgate.data.source import Declaration, Source, UnavailableError
from plotgate.data.sources import source_at
from plotgate.errors import DataError, PlotgateError
from plotgate.timing import timed

if TYPE_CHECKING:
    import pandas as pd

PAUSE = 5.0  # seconds for which a source that does not answer is not asked again

logger = logging.getLogger("plotgate")


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
        self.was_read = False  # whether a plot may hold rows of it
        self.is_kept = False  # whether a cache of the plot's does

    @property
    def variable(self) -> str:
        """The environment variable that holds the address."""
        return self._declared.variable

    @property
    def live(self) -> bool:
        """Whether the rows can change between deployments."""
        return bool(os.environ.get(self.variable))

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
        try:
            return self._asked(lambda source: self._rows(source, Selection(start, end, equal)))
        except PlotgateError:
            if (drawing := current_reading()) is not None:
                drawing.fail(self)
            raise

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
        drawing = current_reading()
        if drawing is not None and self not in drawing.tables:
            raise TypeError(f"A plot that reads the table `{self.name}` must say so: serve(draw, data=…).")

    def _rows(self, source: Source, selection: Selection) -> "pd.DataFrame":
        drawing, self.was_read = current_reading(), True
        if drawing is None:
            return source.rows(selection, None).frame
        rows = source.rows(selection, drawing.known(self))
        self.is_kept = self.is_kept or is_asked_by_a_cache()
        drawing.add(self, None if rows.version is None else self._versioned(source, rows.version))
        return rows.frame

    def _versioned(self, source: Source, version: str) -> TableVersion:
        return TableVersion(self.name, self._public_address(source), version, source.exact)

    def _public_address(self, source: Source) -> str:
        return source.address if self.live or self._file is None else self._file.name

    def _asked[T](self, ask: Callable[[Source], T]) -> T:
        """What `ask` makes of the source, which is left alone for a while when it does not answer."""
        if time() < self._silent_until:
            raise self._unavailable
        try:
            return self._guarded(ask)
        except DataError as error:
            if isinstance(error.__cause__, UnavailableError):
                self._silent_until = time() + PAUSE
            raise

    def _guarded[T](self, use: Callable[[Source], T]) -> T:
        try:
            with timed("data"):
                return use(self._current_source())
        except PlotgateError:
            raise
        except Exception as error:
            # The reason is for the log alone: it may hold hosts, paths or rows.
            reason = without_address(str(error), os.environ.get(self.variable, ""))
            logger.warning("The data `%s` is not available: %s", self.name, reason)
            raise self._unavailable from error

    @property
    def _unavailable(self) -> DataError:
        return DataError(f"The data `{self.name}` is not available just now.")

    def _current_source(self) -> Source:
        address = os.environ.get(self.variable) or str(self._file or "")
        if self._source is None or self._source[0] != address:
            self._source = address, source_at(address, self._declared)
        return self._source[1]
