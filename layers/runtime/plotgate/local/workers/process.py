"""One worker process, as the gateway sees it."""

import asyncio
import contextlib
import json
import os
import signal
import socket
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil

from plotgate.local.template import Function
from plotgate.local.workers import worker
from plotgate.local.workers.environment import environment_of


class InvocationError(Exception):
    """A function that gave no valid answer; the message is for the terminal."""


class NoAnswerError(InvocationError):
    """The function itself failed; its process can be used again."""


class LostWorkerError(Exception):
    """The process ended, maybe before it had taken the request."""

    def __init__(self, before_request: bool) -> None:
        self.before_request = before_request


@dataclass(frozen=True)
class Answer:
    """What a function answered, and what it took."""

    value: Any
    cold: bool
    peak_memory: int  # bytes, of the worker since it started


class Worker:
    """One process, which handles one event at a time."""

    def __init__(
        self,
        process: asyncio.subprocess.Process,
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
    ) -> None:
        self.generation = 0
        self.on_error: Callable[[str], object] = print  # is told of an error in the author's files
        self.is_warm = False  # it has answered before
        self.idle_timer: asyncio.TimerHandle | None = None
        self._process = process
        self._reader = reader
        self._writer = writer

    @property
    def pid(self) -> int:
        return self._process.pid

    @classmethod
    async def start(cls, function: Function, generation: int, is_bounded: bool = False) -> "Worker":
        """A new process, which begins to import the function's handler; `is_bounded` gives it no more memory than that
        of the function.
        """
        options = [worker.BOUNDED] if is_bounded else []
        started = await cls.begin(function.code, environment_of(function), *options)
        started.become(function, generation)
        return started

    @classmethod
    async def begin(cls, folder: Path, environment: Mapping[str, str], *options: str) -> "Worker":
        """A new process, which is not told yet which function it is."""
        ours, theirs = socket.socketpair()
        reader, writer = await asyncio.open_connection(sock=ours)
        with theirs:
            process = await asyncio.create_subprocess_exec(
                *(sys.executable, "-m", "plotgate.local.workers.worker", str(theirs.fileno()), *options),
                cwd=folder,  # `-m` makes it the first place to import from, as /var/task is
                env=environment,
                stdin=asyncio.subprocess.DEVNULL,
                stdout=2,  # what a plot prints must not get into the picture that a command prints
                pass_fds=[theirs.fileno()],
                start_new_session=True,  # Ctrl-C is for the gateway; what the plot starts can be ended with it
            )
        return cls(process, reader, writer)

    def become(self, function: Function, generation: int) -> None:
        """Tell the process which function it is."""
        self.generation = generation
        self._send({"handler": function.handler, "folder": str(function.code), "environment": environment_of(function)})

    async def imported(self) -> bool:
        """Wait until the handler is imported; False when that failed.

        Raises:
            LostWorkerError: the process is gone.
        """
        kind, _, _ = await self._reply()
        return kind == worker.READY

    async def invoke(self, event: dict[str, Any], timeout: float) -> Answer:
        """The function's answer to an event, within `timeout` seconds.

        Raises:
            NoAnswerError: it raised, or its answer is not valid.
            TimeoutError: it took longer. The process must be killed.
            LostWorkerError: the process is gone.
        """
        started = False
        try:
            async with asyncio.timeout(timeout):
                self._send({"event": event, "deadline": time.time() + timeout})
                await self._writer.drain()
                await self._reply()
                started = True
                kind, content, peak_memory = await self._reply()
        except (LostWorkerError, ConnectionError) as error:
            raise LostWorkerError(not started) from error
        if kind != worker.ANSWER:
            raise NoAnswerError(content.decode(errors="replace"))
        return Answer(json.loads(content), not self.is_warm, peak_memory)

    async def _reply(self) -> tuple[bytes, bytes, int]:
        try:
            while True:
                kind, length, peak_memory = worker.REPLY.unpack(await self._reader.readexactly(worker.REPLY.size))
                content = await self._reader.readexactly(length)
                if kind != worker.EXPLAINED:
                    return kind, content, peak_memory
                self.on_error(content.decode(errors="replace"))
        except (asyncio.IncompleteReadError, ConnectionError) as error:
            raise LostWorkerError(before_request=True) from error

    def _send(self, message: dict[str, Any]) -> None:
        text = json.dumps(message).encode()
        self._writer.write(worker.REQUEST.pack(len(text)) + text)

    @property
    def is_alive(self) -> bool:
        return self._process.returncode is None and not self._reader.at_eof()

    async def kill(self) -> str:
        """End the process and all that it has started, and say how it ended."""
        if self.idle_timer:
            self.idle_timer.cancel()
        if self._process.returncode is None and not self.is_alive:
            with contextlib.suppress(TimeoutError):  # it is ending by itself: let it say how
                await asyncio.wait_for(self._process.wait(), 1)
        with contextlib.suppress(psutil.NoSuchProcess):
            for child in psutil.Process(self.pid).children(recursive=True):  # even those in a session of their own
                with contextlib.suppress(psutil.NoSuchProcess):
                    child.kill()
        with contextlib.suppress(ProcessLookupError, PermissionError):  # macOS: EPERM for a group of zombies
            os.killpg(self.pid, signal.SIGKILL)
        code = await self._process.wait()
        self._writer.close()
        return f"was ended by {signal.Signals(-code).name}" if code < 0 else f"ended its process with status {code}"
