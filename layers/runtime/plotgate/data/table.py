"""A table that a plot draws, wherever it lives."""

import logging
import os
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from plotgate.data.columns import Columns, check_columns
from plotgate.data.source import DataError, Selection, Source
from plotgate.errors import PlotgateError
from plotgate.timing import timed

if TYPE_CHECKING:
    import pandas as pd

_readable: ContextVar["Collection[Table] | None"] = ContextVar("readable", default=None)

logger = logging.getLogger("plotgate")


@dataclass(frozen=True)
class TableVersion:
    """What is known of a table without reading it."""

    name: str
    address: str
    version: str
    exact: bool


class Reading:
    """What is read while a plot is drawn."""

    def __init__(self, tables: "Collection[Table]") -> None:
        self._tables = tables

    def confirmed(self, before: Sequence[TableVersion]) -> tuple[TableVersion, ...]:
        """The versions of what was read."""
        return tuple(table.current_version() for table in self._tables)


@contextmanager
def reading(tables: "Collection[Table]") -> Iterator[Reading]:
    """Refuse to read other tables: nobody would notice when their rows change."""
    token = _readable.set(tables)
    try:
        yield Reading(tables)
    finally:
        _readable.reset(token)


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

    Args:
        name: of the table; the same for every plot that draws it.
        columns: that the plot needs, each `str`, `int`, `float`, `bool`, `date` or `datetime`.
        file: beside the plot, when nothing else is configured.
        time: the column that `start` and `end` select by, and that orders the rows.
        query: SQL in place of a `select` of `columns`, with `:start`, `:end` and the names that `read` is given.
        version: of a table in a database: SQL whose one row changes when the data does, or how long
            rows may be old.

    Raises:
        TypeError: a column has another type.
        ValueError: `time` is no column of type `date` or `datetime`.
    """

    def __init__(
        self,
        name: str,
        columns: Columns,
        *,
        file: Path | None = None,
        time: str | None = None,
        query: str | None = None,
        version: str | timedelta = timedelta(minutes=1),
    ) -> None:
        check_columns(columns)
        if time is not None and columns.get(time) not in (date, datetime):
            raise ValueError(f"The time of the table `{name}` must be a column of type date or datetime, not {time!r}.")
        self.name = name
        self.columns = columns
        self.file = file
        self.time = time
        self.query = query
        self.version_rule = version
        self._source: tuple[str, Source] | None = None

    @property
    def variable(self) -> str:
        """The environment variable that holds the address."""
        return f"DATA_{self.name.upper()}"

    @property
    def live(self) -> bool:
        """Whether the rows can change between deployments."""
        return bool(os.environ.get(self.variable))

    @property
    def exact(self) -> bool:
        """Whether rows of one version are the same rows, to the last bit.

        Raises:
            DataError: the address is not one of a source.
        """
        return self._guarded(lambda source: source.exact)

    @property
    def address(self) -> str:
        """Where the table is."""
        return os.environ.get(self.variable) or (self.file.name if self.file else "")

    def current_version(self) -> TableVersion:
        """What the table is now."""
        return TableVersion(self.name, self.address, self.version(), self.exact)

    def version(self) -> str:
        """What changes when the rows do.

        Raises:
            DataError: the source does not answer.
        """
        return self._guarded(lambda source: source.version())

    def read(self, start: date | None = None, end: date | None = None, **equal: object) -> "pd.DataFrame":
        """The rows with `start` ≤ time < `end` whose columns equal what is named, in the order of time.

            weather.read(date(2015, 1, 1), date(2016, 1, 1), station="KSEA")

        Raises:
            DataError: the source does not answer, or not with these columns.
            TypeError: `start` or `end` is given and there is no time, or something named is no column.
        """
        if (start is not None or end is not None) and self.time is None:
            raise TypeError(f"The table `{self.name}` must name its time to be read by start and end.")
        unknown = [name for name in equal if name not in self.columns]
        if unknown and self.query is None:
            raise TypeError(f"The table `{self.name}` must have the column `{unknown[0]}` to be read by it.")
        readable = _readable.get()
        if readable is not None and self not in readable:
            raise TypeError(f"A plot that reads the table `{self.name}` must say so: serve(draw, data=…).")
        with timed("import"):
            import pandas as pd  # noqa: F401 - every source does; so it counts as what it is
        return self._guarded(lambda source: source.rows(Selection(start, end, equal)))

    def _guarded[T](self, use: Callable[[Source], T]) -> T:
        try:
            with timed("data"):
                return use(self._current_source())
        except PlotgateError:
            raise
        except Exception as error:
            # The reason is for the log alone: it may hold hosts, paths or rows.
            logger.warning("The data `%s` is not available: %s", self.name, error)
            raise DataError(f"The data `{self.name}` is not available just now.") from error

    def _current_source(self) -> Source:
        address = os.environ.get(self.variable) or str(self.file or "")
        if self._source is None or self._source[0] != address:
            self._source = address, self._source_at(address)
        return self._source[1]

    def _source_at(self, address: str) -> Source:
        # Each source brings its libraries: a plot pays for those of its own alone.
        scheme, separator, _ = address.partition("://")
        if not address:
            raise ValueError(f"The environment variable {self.variable} must hold an address.")
        if not separator:
            from plotgate.data.file import FileSource

            return FileSource(address, self.columns, self.time)
        if scheme == "s3":
            from plotgate.data.s3 import S3Source

            return S3Source(address, self.columns, self.time)
        if scheme in ("postgresql", "sqlite"):
            from plotgate.data.sql import SqlSource

            return SqlSource(address, self)
        raise ValueError(f"The address in {self.variable} must be a path, s3, postgresql or sqlite, not {scheme!r}.")
