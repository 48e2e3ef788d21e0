"""A worker that has the plots' stack imported, for whichever function needs one after a change of its files."""

import asyncio
import re
from pathlib import Path

import plotgate
from plotgate.local.template import Function
from plotgate.local.workers.environment import environment_of
from plotgate.local.workers.process import Worker
from plotgate.local.workers.worker import SPARE

FOLDER = Path(plotgate.__file__).resolve().parents[1]
"""Where it is before it is a function: a folder without modules that would hide others."""

READ_AT_START = re.compile(r"PYTHON|LD_|DYLD_|MPL|LC_|(OMP|OPENBLAS|MKL|NUMEXPR|VECLIB|BLIS|KMP|LOKY|SKLEARN|SCIPY)_")
"""Variables that Python or the stack read when they start; of all others a process can change its mind."""


class Spare:
    """At most one such worker."""

    def __init__(self) -> None:
        self._environment = environment_of(Function("spare", FOLDER, "", 0, 0))
        self._worker: Worker | None = None
        self._starting: asyncio.Task[None] | None = None
        self._closed = False

    @property
    def pid(self) -> int | None:
        """Its process id, if there is one."""
        return self._worker.pid if self._worker else None

    def prepare(self) -> None:
        """Begin to start one, in the background, unless there is one."""
        is_starting = self._starting is not None and not self._starting.done()
        if not self._closed and not is_starting and not (self._worker and self._worker.is_alive):
            self._starting = asyncio.create_task(self._start())

    async def take(self, function: Function, generation: int) -> Worker | None:
        """The worker as that of `function`; None if there is none, or its environment does not suit."""
        found = self._worker
        if found is None or not self._suits(function):
            return None
        self._worker = None
        if not found.is_alive:
            await found.kill()
            return None
        found.become(function, generation)
        return found

    async def expire(self) -> None:
        """End the one that there is, for it has imported what has changed."""
        found, self._worker = self._worker, None
        if found:
            await found.kill()

    async def close(self) -> None:
        """End it for good."""
        self._closed = True
        if self._starting:
            await self._starting
        await self.expire()

    async def _start(self) -> None:
        before, self._worker = self._worker, None
        if before:
            await before.kill()
        started = await Worker.begin(FOLDER, self._environment, SPARE)
        self._worker = started

    def _suits(self, function: Function) -> bool:
        def at_start(environment: dict[str, str]) -> dict[str, str]:
            return {name: value for name, value in environment.items() if READ_AT_START.match(name)}

        return at_start(environment_of(function)) == at_start(self._environment)
