"""Tables in SQL databases, read and never written."""

import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from socket import SHUT_RDWR, socket
from typing import TYPE_CHECKING, Any
from urllib.parse import quote
from weakref import finalize

import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError

from plotgate.data.columns import typed
from plotgate.data.source import TIMEOUT, Selection

if TYPE_CHECKING:
    import pandas as pd

    from plotgate.data.table import Table

POSTGRESQL_SETTINGS = {
    "default_transaction_read_only": "on",
    "statement_timeout": f"{TIMEOUT}s",
    "TimeZone": "UTC",
}


TIME_LIMIT = TIMEOUT + 1  # seconds: the server's own limit comes first


class SqlSource:
    """A table or query of a database, over one connection that is made anew when it was lost."""

    def __init__(self, address: str, table: "Table") -> None:
        self._table = table
        self._engine = _engine(address, table)
        finalize(self, self._engine.dispose)
        self.exact = isinstance(table.version_rule, str)

    def version(self) -> str:
        rule = self._table.version_rule
        if isinstance(rule, timedelta):
            return str(int(time.time() // rule.total_seconds()))
        _, rows = self._fetch(sa.text(rule), {})
        return repr(rows)

    def rows(self, selection: Selection) -> "pd.DataFrame":
        import pandas as pd

        names, rows = self._fetch(*self._statement(selection))
        return typed(pd.DataFrame.from_records(rows, columns=names), self._table.columns)

    def _statement(self, selection: Selection) -> tuple[sa.Executable, dict[str, Any]]:
        """The query and the values bound to it: what a request holds never becomes part of the SQL."""
        table = self._table
        start, end = self._bindable(selection.start), self._bindable(selection.end)
        equal = {name: self._bindable(value) for name, value in selection.equal.items()}
        if table.query is not None:
            query = sa.text(table.query)
            used = query.compile().params
            return query, {name: value for name, value in {"start": start, "end": end, **equal}.items() if name in used}
        column: dict[str, sa.ColumnElement[Any]] = {name: sa.column(name) for name in table.columns}
        rows = sa.select(*column.values()).select_from(sa.table(table.name))
        for name, value in equal.items():
            rows = rows.where(column[name] == value)
        if table.time is not None:
            rows = rows.order_by(column[table.time])
            if start is not None:
                rows = rows.where(column[table.time] >= start)
            if end is not None:
                rows = rows.where(column[table.time] < end)
        return rows, {}

    def _bindable(self, value: object) -> object:
        """`value` as the driver takes it; SQLite keeps times as texts, in UTC as SQLAlchemy writes them."""
        if not isinstance(value, date):
            return value
        if isinstance(value, datetime) and self._table.columns.get(self._table.time or "") is not date:
            value = value.astimezone(UTC) if value.tzinfo else value.replace(tzinfo=UTC)
            return value.strftime("%Y-%m-%d %H:%M:%S.%f") if self._engine.name == "sqlite" else value
        day = date(value.year, value.month, value.day)
        return day.isoformat() if self._engine.name == "sqlite" else day

    def _fetch(self, statement: sa.Executable, values: dict[str, Any]) -> tuple[list[str], list[tuple[Any, ...]]]:
        try:
            return self._fetch_once(statement, values)
        except DBAPIError as error:
            # A restarted server, or an environment that was frozen for long, has lost its connection; a new one helps.
            if not error.connection_invalidated:
                raise
            return self._fetch_once(statement, values)

    def _fetch_once(self, statement: sa.Executable, values: dict[str, Any]) -> tuple[list[str], list[tuple[Any, ...]]]:
        with self._engine.connect() as connection, _time_limit(connection):
            result = connection.execute(statement, values)
            return list(result.keys()), [tuple(row) for row in result]


def _engine(address: str, table: "Table") -> sa.Engine:
    url = sa.make_url(address)
    if url.password is not None or "password" in url.query:
        raise ValueError(f"The address in {table.variable} must hold no password, which {table.variable}_SECRET names.")
    # An environment serves one request at a time. Values stay out of messages, and so out of logs.
    pool = {"pool_size": 1, "max_overflow": 0, "pool_timeout": TIMEOUT, "hide_parameters": True}
    if url.get_backend_name() == "sqlite":
        read_only = url.set(database=f"file:{quote(url.database or '')}", query={"mode": "ro", "uri": "true"})
        return sa.create_engine(read_only, **pool)
    engine = sa.create_engine(
        url.set(drivername="postgresql+psycopg"),
        # The last is for a connection whose other end is gone without a word, as after a thaw.
        connect_args={
            "application_name": "plotgate",
            "connect_timeout": TIMEOUT,
            "tcp_user_timeout": TIMEOUT * 1000,
        },
        **pool,
    )

    @sa.event.listens_for(engine, "do_connect")
    def sign_in(dialect: object, record: object, positional: object, arguments: dict[str, Any]) -> None:
        # Read for each connection, so that a rotated password is found.
        if arn := os.environ.get(f"{table.variable}_SECRET"):
            from plotgate.data.secret import credentials

            known = credentials(arn)
            arguments["password"] = known.password
            arguments["user"] = known.username or url.username

    @sa.event.listens_for(engine, "connect")
    def set_up(connection: Any, record: object) -> None:
        for name, value in POSTGRESQL_SETTINGS.items():
            connection.execute("select set_config(%s, %s, false)", (name, value))
        connection.commit()

    return engine


@contextmanager
def _time_limit(connection: sa.Connection) -> Iterator[None]:
    """Break off what is running on `connection` when it takes too long.

    The server has the same limit, but one that is stopped or cut off keeps no limits.

    Raises:
        TimeoutError: it took too long.
    """
    driver: Any = connection.connection.driver_connection
    expired = threading.Event()

    def break_off() -> None:
        expired.set()
        if connection.dialect.name == "sqlite":
            driver.interrupt()
            return
        with socket(fileno=os.dup(driver.fileno())) as wire:
            wire.shutdown(SHUT_RDWR)

    timer = threading.Timer(TIME_LIMIT, break_off)
    timer.daemon = True
    timer.start()
    try:
        yield
    except DBAPIError as error:
        if expired.is_set():
            raise TimeoutError(f"The database did not answer within {TIME_LIMIT} seconds.") from error
        raise
    finally:
        timer.cancel()
