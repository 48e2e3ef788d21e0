"""Tables in PostgreSQL."""

import os
from socket import SHUT_RDWR, socket
from typing import Any

import sqlalchemy as sa

from plotgate.data.selection import Selection
from plotgate.data.source import TIMEOUT
from plotgate.data.sql import POOL, SqlSource

SETTINGS = {
    "default_transaction_read_only": "on",
    "statement_timeout": f"{TIMEOUT}s",
    "TimeZone": "UTC",
}


class PostgreSQLSource(SqlSource):
    """A table or query of PostgreSQL; libpq finds what the address leaves out in its own environment variables."""

    def _connected_to(self, url: sa.URL) -> sa.Engine:
        variable = self._declared.variable
        if url.password is not None or {"password", "sslpassword"} & set(url.query):
            raise ValueError(f"The address in {variable} must hold no password, which {variable}_SECRET names.")
        engine = sa.create_engine(
            url.set(drivername="postgresql+psycopg"),
            # The last is for a connection whose other end is gone without a word, as after a thaw.
            connect_args={
                "application_name": "plotgate",
                "connect_timeout": TIMEOUT,
                "tcp_user_timeout": TIMEOUT * 1000,
            },
            **POOL,
        )

        @sa.event.listens_for(engine, "do_connect")
        def sign_in(dialect: object, record: object, positional: object, arguments: dict[str, Any]) -> None:
            # Read for each connection, so that a rotated password is found.
            if arn := os.environ.get(f"{variable}_SECRET"):
                from plotgate.data.secret import credentials

                known = credentials(arn)
                arguments["password"] = known.password
                arguments["user"] = known.username or url.username

        @sa.event.listens_for(engine, "connect")
        def set_up(connection: Any, record: object) -> None:
            for name, value in SETTINGS.items():
                connection.execute("select set_config(%s, %s, false)", (name, value))
            connection.commit()

        return engine

    def _break_off(self, driver: Any) -> None:
        # The server has a limit of its own, but one that is stopped or cut off keeps no limits.
        if not driver.closed:
            with socket(fileno=os.dup(driver.fileno())) as wire:
                wire.shutdown(SHUT_RDWR)

    def _bindable(self, value: object) -> object:
        return value

    def _where(self, column: sa.ColumnElement[Any], selection: Selection) -> list[sa.ColumnElement[bool]]:
        start, end = selection.start, selection.end
        return [*([] if start is None else [column >= start]), *([] if end is None else [column < end])]
