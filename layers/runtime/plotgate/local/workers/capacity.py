"""How many worker processes there may be, and how many requests may wait for one."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

from plotgate.local.workers.process import Worker


class FullError(Exception):
    """As many requests wait as may."""


class Capacity:
    """The room that one pool has by itself, or that several share.

    Requests wait for a turn in the order of their arrival. The process that is idle for longest gives way first.

    Args:
        busy: how many processes may answer at a time.
        idle: how many may wait besides; any number without it.
        queue: how many requests may wait; any number without it.
    """

    def __init__(self, busy: int, idle: int | None = None, queue: int | None = None) -> None:
        self._most_idle = idle
        self._queue = queue
        self._turns = asyncio.Semaphore(busy)
        self._waiting = 0
        self._idle: dict[Worker, Callable[[Worker], Awaitable[object]]] = {}  # and what ends each

    @asynccontextmanager
    async def turn(self) -> AsyncIterator[None]:
        """Wait for a turn, and have it.

        Raises:
            FullError: too many wait already.
        """
        if self._queue is not None and self._turns.locked() and self._waiting >= self._queue:
            raise FullError(f"{self._waiting} requests wait already")
        self._waiting += 1
        try:
            await self._turns.acquire()
        finally:
            self._waiting -= 1
        try:
            yield
        finally:
            self._turns.release()

    async def rests(self, one: Worker, end: Callable[[Worker], Awaitable[object]]) -> None:
        """A process is idle from now on; `end` ends it when it has to give way, as others may have to now."""
        self._idle[one] = end
        while self._most_idle is not None and len(self._idle) > self._most_idle:
            oldest, end = next(iter(self._idle.items()))
            del self._idle[oldest]
            await end(oldest)

    def rests_no_more(self, one: Worker) -> None:
        """A process has work again, or is gone."""
        self._idle.pop(one, None)
