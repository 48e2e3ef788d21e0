"""Tables in SQL databases, read and never written."""

import re
import time
from abc import ABC, abstractmethod
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from weakref import finalize

import sqlalchemy as sa
from sqlalchemy.exc import ArgumentError, DBAPIError

from plotgate.data.columns import typed
from plotgate.data.deadline import within
from plotgate.data.selection import Selection, ordered
from plotgate.data.source import MOST_ROWS, TIMEOUT, Declaration, Rows, UnavailableError

if TYPE_CHECKING:
    import pandas as pd

TIME_LIMIT = TIMEOUT + 1  # seconds: the server's own limit comes first

# An execution environment serves one request at a time. Values stay out of messages, and so out of logs.
POOL = {"pool_size": 1, "max_overflow": 0, "pool_timeout": 2 * TIME_LIMIT, "hide_parameters": True}

type Fetched = tuple[list[str], list[tuple[Any, ...]]]


class Line:
    """The newest connection of an engine, as its driver knows it."""

    driver: Any = None


class SqlSource(ABC):
    """A table or query of a database, over one connection that is made anew when it was lost."""

    def __init__(self, address: str, declared: Declaration) -> None:
        self.address = address
        # Whether what a query computes repeats to the last bit, the database alone knows.
        self.exact = isinstance(declared.version, str) and declared.query is None
        self._declared = declared
        self._engine = self._connected_to(_url(address, declared))
        self._line = _line(self._engine)
        finalize(self, self._engine.dispose)

    @abstractmethod
    def _connected_to(self, url: sa.URL) -> sa.Engine:
        """The engine, whose connections cannot write."""

    @abstractmethod
    def _break_off(self, driver: Any) -> None:
        """End what a connection waits for, from another thread."""

    @abstractmethod
    def _bindable(self, value: object) -> object:
        """A value of a `Selection` that was compared, as the driver takes it."""

    @abstractmethod
    def _where(self, column: sa.ColumnElement[Any], selection: Selection) -> list[sa.ColumnElement[bool]]:
        """The conditions on the column of time."""

    def version(self) -> str:
        rule = self._declared.version
        if isinstance(rule, timedelta):
            return str(int(time.time() // rule.total_seconds()))
        try:
            return repr(self._fetch(sa.text(rule), {})[1])
        except Exception as error:
            # Every request asks this, and would wait for the same answer.
            raise UnavailableError(str(error)) from error

    def rows(self, selection: Selection, known: str | None) -> Rows:
        declared = self._declared
        compared = selection.compared(declared.columns, declared.time, declared.zone)
        return Rows(self._query(compared) if declared.query else self._table(compared))

    def _query(self, selection: Selection) -> "pd.DataFrame":
        declared = self._declared
        # So that the driver does not take in more rows than are read.
        query = sa.text(declared.query or "").execution_options(stream_results=True, max_row_buffer=20_000)
        values = {"start": selection.start, "end": selection.end, **selection.equal}
        used = query.compile().params
        table = self._typed(query, {name: self._bindable(value) for name, value in values.items() if name in used})
        return table if orders_rows(declared.query or "") else ordered(table, declared.time)

    def _table(self, selection: Selection) -> "pd.DataFrame":
        """The rows of the table; what a request holds is bound, and never becomes part of the SQL."""
        declared = self._declared
        columns: dict[str, sa.ColumnElement[Any]] = {name: sa.column(name) for name in declared.columns}
        rows = sa.select(*columns.values()).select_from(sa.table(declared.name)).limit(MOST_ROWS + 1)
        for name, value in selection.equal.items():
            rows = rows.where(*self._equals(columns[name], value))
        if declared.time is not None:
            rows = rows.where(*self._where(columns[declared.time], selection))
        return ordered(self._typed(rows, {}), declared.time)

    def _equals(self, column: sa.ColumnElement[Any], value: object) -> list[sa.ColumnElement[bool]]:
        return [column == self._bindable(value)]

    def _typed(self, statement: sa.Executable, values: dict[str, Any]) -> "pd.DataFrame":
        import pandas as pd

        names, rows = self._fetch(statement, values)
        self._declared.check_rows(len(rows))
        return typed(pd.DataFrame.from_records(rows, columns=names), self._declared.columns)

    def _fetch(self, statement: sa.Executable, values: dict[str, Any]) -> Fetched:
        def give_up() -> None:
            if self._line.driver is not None:
                self._break_off(self._line.driver)

        return within(TIME_LIMIT, lambda: self._fetch_twice(statement, values), give_up)

    def _fetch_twice(self, statement: sa.Executable, values: dict[str, Any]) -> Fetched:
        try:
            return self._fetch_once(statement, values)
        except DBAPIError as error:
            # A server that restarts, or an execution environment that is frozen for long, loses its connection.
            if not error.connection_invalidated:
                raise
            return self._fetch_once(statement, values)

    def _fetch_once(self, statement: sa.Executable, values: dict[str, Any]) -> Fetched:
        try:
            connection = self._engine.connect()
        except DBAPIError as error:
            raise UnavailableError(str(error)) from error
        start = time.monotonic()
        try:
            with connection, connection.execute(statement, values) as result:
                return list(result.keys()), [tuple(row) for row in result.fetchmany(MOST_ROWS + 1)]
        except DBAPIError as error:
            if time.monotonic() - start >= 0.9 * TIMEOUT:  # the next question would wait as long
                raise UnavailableError(str(error)) from error
            raise


def orders_rows(query: str) -> bool:
    """Whether `query` has an `order by` of its own, and not only within parentheses."""
    bare = re.sub(r"'(?:[^']|'')*'|\"[^\"]*\"|--[^\n]*|/\*.*?\*/", " ", query, flags=re.DOTALL)
    while (outer := re.sub(r"\([^()]*\)", " ", bare)) != bare:
        bare = outer
    return re.search(r"\border\s+by\b", bare, re.IGNORECASE) is not None


def _url(address: str, declared: Declaration) -> sa.URL:
    try:
        return sa.make_url(address)
    except (ValueError, ArgumentError):
        # Not what it is instead: it may have a password in any place of it.
        raise ValueError(f"The address in {declared.variable} must be one of a database.") from None


def _line(engine: sa.Engine) -> Line:
    """What knows the engine's connection from before it is set up; it does not know the source, which may go first."""
    line = Line()

    @sa.event.listens_for(engine, "do_connect")
    def connect(dialect: Any, record: object, positional: list[Any], arguments: dict[str, Any]) -> Any:
        line.driver = dialect.connect(*positional, **arguments)
        return line.driver

    return line
