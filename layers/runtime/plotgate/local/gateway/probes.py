"""What a host asks to know whether the gateway lives, and whether it can draw."""

import asyncio
import base64
import json
import time

from plotgate.local.gateway.payload import Response
from plotgate.local.template import Function
from plotgate.local.terminal import Terminal
from plotgate.local.workers.capacity import Capacity
from plotgate.local.workers.pool import Pool
from plotgate.local.workers.process import InvocationError
from plotgate.local.workers.spare import FOLDER

ALIVE, READY = "/healthz", "/readyz"

TIMEOUT = 10.0
"""Seconds in which the picture has to be drawn, once its process is there."""

KNOWN_FOR = 1.0
"""Seconds for which one drawing answers all who ask: nobody draws the host busy by asking whether it is."""

_PICTURE = Function("Readiness", FOLDER, "plotgate.local.workers.readiness.handler", 512, TIMEOUT)


class Probes:
    """`/healthz` says that requests are answered; `/readyz` draws a small picture first.

    In a process of its own, and of no plot: neither an author's error, nor a source of data that is away, nor a full
    queue makes a host unfit for everything else.
    """

    def __init__(self, terminal: Terminal, function: Function = _PICTURE) -> None:
        self._terminal = terminal
        self._pool = Pool(function, Capacity(1), idle=60, on_error=lambda function, text: terminal.error(text))
        self._turn = asyncio.Lock()
        self._drawn_at = float("-inf")
        self._drawn = _refusal("Nothing has been drawn yet.")

    def answers(self, path: str) -> bool:
        """Whether a path is that of a probe."""
        return path in (ALIVE, READY)

    async def answer(self, path: str) -> Response:
        """The answer to a probe: 200, or 503 with what is wrong as problem JSON."""
        return _good("alive") if path == ALIVE else await self._ready()

    async def close(self) -> None:
        """End the process."""
        await self._pool.close()

    async def _ready(self) -> Response:
        async with self._turn:
            if time.monotonic() - self._drawn_at >= KNOWN_FOR:
                self._drawn = await self._draw()
                self._drawn_at = time.monotonic()
            return self._drawn

    async def _draw(self) -> Response:
        try:
            answer = await self._pool.invoke({}, 3 * TIMEOUT)
        except (InvocationError, TimeoutError, OSError) as error:  # OSError: no process can be started
            self._terminal.note(f"{READY}: {error or 'it took too long'}")  # it may name paths
            return _refusal("A small picture could not be drawn; the log has the reason.")
        if not base64.b64decode(answer.value["body"]).startswith(b"\x89PNG"):
            return _refusal("A small picture was drawn that is no PNG.")
        return _good("ready")


def _good(status: str) -> Response:
    return _response(200, "application/json", {"status": status})


def _refusal(detail: str) -> Response:
    return _response(503, "application/problem+json", {"title": "Not ready", "status": 503, "detail": detail})


def _response(status: int, media_type: str, content: dict[str, object]) -> Response:
    headers = [("content-type", media_type), ("cache-control", "no-store")]
    return Response(status, headers, json.dumps(content).encode())
