"""Clients that are slow, on purpose or not: whose requests do not come, or who do not read what they asked for."""

import asyncio
from typing import Any

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol, RequestResponseCycle

LONGEST_HEAD = 10.0
"""Seconds in which the line and the headers of a request have to come, from the connection or the answer before."""

LONGEST_READING = 30.0
"""Seconds in which an answer has to be read: 6 MB at 1.6 Mbit/s."""

LINGERING = 2.0
"""Seconds for which the rest of a request is received that is refused already, so that its sender hears of it."""


class PatientProtocol(H11Protocol):
    """HTTP/1.1 that ends connections whose other side takes too long; a body's time is the gateway's affair."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._head: asyncio.TimerHandle | None = None
        self._reading: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as uvicorn's own
        super().connection_made(transport)
        self._await_head()

    def connection_lost(self, exc: Exception | None) -> None:
        for timer in (self._head, self._reading):
            if timer:
                timer.cancel()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        super().data_received(data)
        if self._head and self.cycle is not None and not self.cycle.response_complete:
            self._head.cancel()
            self._head = None

    def on_response_complete(self) -> None:
        super().on_response_complete()
        if self._reading:
            self._reading.cancel()
        self._reading = self.loop.call_later(LONGEST_READING, self._end_unread)
        if not self.cycle.response_complete:  # the next request was there already
            return
        if self.conn.their_state is h11.SEND_BODY:
            self.loop.call_later(LINGERING, self._end_refused, self.cycle)
        else:
            self._await_head()

    def _await_head(self) -> None:
        if self._head:
            self._head.cancel()
        self._head = self.loop.call_later(LONGEST_HEAD, self._end_silent)

    def _end_silent(self) -> None:
        if self.transport.get_write_buffer_size():  # it reads the answer before
            self._await_head()
        else:
            self.transport.abort()

    def _end_refused(self, cycle: RequestResponseCycle) -> None:
        if self.cycle is cycle and self.conn.their_state is h11.SEND_BODY:
            self.transport.close()

    def _end_unread(self) -> None:
        if self.transport.get_write_buffer_size():
            self.transport.abort()
