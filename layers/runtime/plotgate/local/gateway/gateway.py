"""An HTTP API on this machine: HTTP requests become payload 2.0 events for the functions' own handlers."""

import asyncio
import time
from abc import ABC, abstractmethod
from collections.abc import Awaitable, Callable, MutableMapping
from dataclasses import replace
from email.utils import formatdate
from pathlib import Path
from typing import Any

from plotgate.local.gateway.busy import busy
from plotgate.local.gateway.payload import InvalidAnswerError, Request, Response, event_for, message, response_for
from plotgate.local.gateway.probes import Probes
from plotgate.local.gateway.router import Router
from plotgate.local.gateway.single_flight import SingleFlight
from plotgate.local.template import Function, Route, Template, read_template
from plotgate.local.terminal import Terminal
from plotgate.local.workers.capacity import FullError
from plotgate.local.workers.pool import Pool
from plotgate.local.workers.process import Answer, InvocationError

LARGEST_HEAD = 10_240
"""Bytes of request line and headers, and
https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html"""

LARGEST_BODY = 10 * 1024 * 1024
"""Bytes of a request's body; same source."""

LARGEST_EVENT = 6 * 1024 * 1024
"""Bytes of an event as JSON, which is Lambda's own limit: a body may reach it first."""

LONGEST_BODY = 10.0
"""Seconds in which a request's body has to come."""

IDLE = 300.0
"""Seconds after which an idle worker is stopped."""

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]


class Gateway(ABC):
    """An ASGI application that serves a template's functions."""

    def __init__(self, template: Path, terminal: Terminal) -> None:
        self._terminal = terminal
        self._single_flight = SingleFlight()
        self._probes = Probes(terminal)
        self._pools: dict[str, Pool] = {}
        self._use(read_template(template))

    @property
    def pids(self) -> list[int]:
        """The process ids of the workers that run."""
        return [pid for pool in self._pools.values() for pid in pool.pids]

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._lifespan(receive, send)
        elif scope["type"] == "http":
            await self._serve(scope, receive, send)

    async def close(self) -> None:
        """End all workers."""
        await asyncio.gather(self._probes.close(), *(pool.close() for pool in self._pools.values()))

    @abstractmethod
    def _pool(self, function: Function) -> Pool:
        """A pool for a function that has none yet."""

    def _use(self, template: Template) -> None:
        self.template = template
        self._router = Router(template.routes)
        for function in template.functions:
            if function.name not in self._pools:
                self._pools[function.name] = self._pool(function)

    async def _lifespan(self, receive: Receive, send: Send) -> None:
        await receive()
        await send({"type": "lifespan.startup.complete"})
        await receive()
        await send({"type": "lifespan.shutdown.complete"})

    async def _serve(self, scope: Message, receive: Receive, send: Send) -> None:
        start = time.perf_counter()
        raw_path, query = scope["raw_path"].decode("latin-1"), scope["query_string"].decode("latin-1")
        response, answer, note = await self._respond(scope, receive)
        await _send(response, scope["method"], send)
        if self._is_own(scope["path"]) and response.status < 400:
            return
        self._terminal.request(
            scope["method"], f"{raw_path}?{query}" if query else raw_path, response.status,
            time.perf_counter() - start, answer, note,
        )  # fmt: skip

    def _is_own(self, path: str) -> bool:
        """Whether the gateway answers a path by itself."""
        return self._probes.answers(path)

    async def _own(self, path: str) -> Response:
        """The answer to such a path."""
        return await self._probes.answer(path)

    async def _pool_of(self, route: Route) -> Pool:
        """The pool of a route's function, once that can be invoked."""
        return self._pools[route.function.name]

    def _finish(self, request: Request, response: Response, pool: Pool) -> Response:
        """A function's response as the client gets it."""
        return response

    async def _respond(self, scope: Message, receive: Receive) -> tuple[Response, Answer | None, str]:
        """The response, the function's answer if it gave one, and what is to be said about it in the terminal."""
        request = await _read(scope, receive)
        if isinstance(request, Response):
            return request, None, ""
        if self._is_own(request.path) and request.method in ("GET", "HEAD"):
            return await self._own(request.path), None, ""
        found = self._router.match(request.method, request.path)
        if not found:
            return message(404, "Not Found"), None, ""
        route, path_parameters = found
        event = event_for(request, route, path_parameters)
        if len(event.get("body", "")) > LARGEST_EVENT:
            return message(413, "Request Entity Too Large"), None, ""
        try:
            pool = await self._pool_of(route)
            code = f"{route.function.name} {pool.generation}"  # nobody gets the picture of code that was before
            answer = await self._single_flight.invoke(event, code, lambda: pool.invoke(event, route.timeout))
        except FullError as error:
            return busy(scope), None, str(error)
        except InvocationError as error:
            return message(500, "Internal Server Error"), None, str(error)
        except TimeoutError:
            return message(503, "Service Unavailable"), None, f"the API waits {route.timeout:g} s at most"
        try:
            response = response_for(answer.value)
        except InvalidAnswerError as error:
            return message(500, "Internal Server Error"), answer, str(error)
        return self._finish(request, response, pool), answer, _memory_note(route, answer)


async def _read(scope: Message, receive: Receive) -> Request | Response:
    """The request, or the answer to one that is over a limit."""
    headers = [(name.decode("latin-1"), value.decode("latin-1")) for name, value in scope["headers"]]
    raw_path, query = scope["raw_path"].decode("latin-1"), scope["query_string"].decode("latin-1")
    if {"content-length", "transfer-encoding"} <= dict(headers).keys():  # who sent it may mean another end than we read
        refusal = message(400, "Bad Request")
        return replace(refusal, headers=[*refusal.headers, ("connection", "close")])
    line = len(scope["method"]) + len(raw_path) + len(query) + len("  ? HTTP/1.1")
    if line + sum(len(name) + len(value) for name, value in headers) > LARGEST_HEAD:
        return message(431, "Request Header Fields Too Large")
    try:
        async with asyncio.timeout(LONGEST_BODY):
            body = await _body(receive)
    except TimeoutError:
        return message(408, "Request Timeout")
    if isinstance(body, Response):
        return body
    client, server = scope["client"] or ("127.0.0.1", 0), scope["server"] or ("localhost", 0)
    return Request(scope["method"], raw_path, query, headers, body, client[0], server[1] or 80)


async def _body(receive: Receive) -> bytes | Response:
    """The body of a request, or the answer to one that is too large."""
    body = bytearray()
    more = True
    while more:
        part = await receive()
        if part["type"] == "http.disconnect":
            return message(400, "Bad Request")  # for the terminal: the client has gone
        body += part.get("body", b"")
        more = part.get("more_body", False)
        if len(body) > LARGEST_BODY:
            return message(413, "Request Entity Too Large")
    return bytes(body)


async def _send(response: Response, method: str, send: Send) -> None:
    headers = [(name, value) for name, value in response.headers if name != "content-length"]
    if "date" not in dict(headers):
        headers.append(("date", formatdate(usegmt=True)))
    has_body = response.status not in (204, 304)
    if has_body:
        headers.append(("content-length", _length(response, method)))
    encoded = [(name.encode("latin-1"), value.encode("latin-1")) for name, value in headers]
    await send({"type": "http.response.start", "status": response.status, "headers": encoded})
    await send({"type": "http.response.body", "body": response.body if has_body and method != "HEAD" else b""})


def _length(response: Response, method: str) -> str:
    said = dict(response.headers).get("content-length", "")
    # To HEAD, a function says how long its answer to GET would be.
    return said if method == "HEAD" and said.isdecimal() else str(len(response.body))


def _memory_note(route: Route, answer: Answer) -> str:
    used, limit = answer.peak_memory / 2**20, route.function.memory
    return f"used {used:.0f} MB, MemorySize is {limit}" if used > limit else ""
