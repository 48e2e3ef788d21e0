"""The worker processes of one function."""

import asyncio
from collections.abc import Callable
from functools import partial
from typing import Any

from plotgate.local.template import Function
from plotgate.local.workers.capacity import Capacity
from plotgate.local.workers.process import Answer, InvocationError, LostWorkerError, NoAnswerError, Worker
from plotgate.local.workers.spare import Spare


class Pool:
    """The workers of one function: started on demand, stopped when idle.

    Args:
        function: which it is.
        capacity: how many workers there may be, by itself or with other pools.
        idle: seconds after which an idle worker is stopped.
        spare: a worker to take after a change.
        on_error: is told, as text, of an error in the author's files.
        is_bounded: whether a worker has no more memory than the function has.
    """

    def __init__(
        self,
        function: Function,
        capacity: Capacity,
        idle: float,
        spare: Spare | None = None,
        on_error: Callable[[Function, str], object] = print,
        is_bounded: bool = False,
    ) -> None:
        self.function = function
        self._spare = spare
        self._on_error = on_error
        self._idle_after = idle
        self._capacity = capacity
        self._is_bounded = is_bounded
        self._idle: list[Worker] = []
        self._all: set[Worker] = set()
        self._generation = 0
        self._endings: set[asyncio.Task[str]] = set()  # a task that nobody holds may be lost
        self._retired = self._closed = False

    @property
    def generation(self) -> int:
        """How often the code has changed."""
        return self._generation

    @property
    def pids(self) -> list[int]:
        """The process ids of the workers that run."""
        return [w.pid for w in self._all]

    async def invoke(self, event: dict[str, Any], api_timeout: float) -> Answer:
        """The function's answer to an event.

        The API's clock begins with the turn: AWS would have started another execution environment rather than wait.

        Raises:
            InvocationError: there is none; the message says why.
            TimeoutError: it took longer than `api_timeout` seconds, import included.
            FullError: too many requests wait already.
        """
        async with self._capacity.turn(), asyncio.timeout(api_timeout):
            while True:
                one = await self._take()
                try:
                    answer = await self._invoke(one, event)
                except NoAnswerError:
                    one.is_warm = True
                    await self._put_back(one)
                    raise
                except (asyncio.CancelledError, InvocationError):
                    await self._drop(one)
                    raise
                except LostWorkerError as error:
                    how = await self._drop(one)
                    if self._closed:
                        raise InvocationError("the gateway stops") from None
                    if error.before_request and one.is_warm:
                        continue  # it died while it was idle: nobody's request is lost
                    importing = "importing " if error.before_request else ""
                    raise InvocationError(f"{importing}{self.function.handler} {how}") from None
                one.is_warm = True
                await self._put_back(one)
                return answer

    async def _invoke(self, one: Worker, event: dict[str, Any]) -> Answer:
        if not one.is_warm and not await one.imported():
            raise InvocationError(f"{self.function.handler} could not be imported")
        try:
            return await one.invoke(event, self.function.timeout)
        except TimeoutError:
            raise InvocationError(f"timed out after {self.function.timeout:g} s") from None

    async def restart(self) -> None:
        """Let no request that comes from now on be answered by the code of before."""
        self._generation += 1
        idle, self._idle = self._idle, []
        for one in idle:
            await self._drop(one)

    async def retire(self) -> None:
        """Keep no worker once the requests that wait here are answered."""
        self._retired = True
        await self.restart()

    async def close(self) -> None:
        """End all workers; requests that they hold are lost."""
        self._closed = True
        await asyncio.gather(*(self._drop(one) for one in list(self._all)), *self._endings)

    async def _take(self) -> Worker:
        while self._idle:
            one = self._idle.pop()
            self._capacity.rests_no_more(one)
            if one.idle_timer:
                one.idle_timer.cancel()
            if one.is_alive:
                return one
            await self._drop(one)
        if self._closed:
            raise InvocationError("the gateway stops")
        one = await self._changed() or await Worker.start(self.function, self._generation, self._is_bounded)
        one.on_error = partial(self._on_error, self.function)
        self._all.add(one)
        if self._closed:  # meanwhile
            await self._drop(one)
            raise InvocationError("the gateway stops")
        return one

    async def _changed(self) -> Worker | None:
        """The spare worker, once the code has changed: until then a start shall take what it takes."""
        return await self._spare.take(self.function, self._generation) if self._spare and self._generation else None

    async def _put_back(self, one: Worker) -> None:
        if self._closed or self._retired or one.generation != self._generation:
            await self._drop(one)
            return
        self._idle.append(one)
        one.idle_timer = asyncio.get_running_loop().call_later(self._idle_after, self._end_idle, one)
        await self._capacity.rests(one, self._give_way)

    async def _give_way(self, one: Worker) -> None:
        if one in self._idle:  # it may be about to end anyway
            self._idle.remove(one)
        await self._drop(one)

    def _end_idle(self, one: Worker) -> None:
        self._idle.remove(one)
        ending = asyncio.ensure_future(self._drop(one))
        self._endings.add(ending)
        ending.add_done_callback(self._endings.discard)

    async def _drop(self, one: Worker) -> str:
        self._all.discard(one)
        self._capacity.rests_no_more(one)
        return await one.kill()
