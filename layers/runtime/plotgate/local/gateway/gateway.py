"""The HTTP API on this machine: HTTP requests become payload 2.0 events for the functions' own handlers."""

import asyncio
import os
import time
from collections.abc import AsyncIterator, Awaitable, Callable, MutableMapping
from dataclasses import replace
from email.utils import formatdate
from pathlib import Path
from typing import Any

from plotgate.local.gateway import live
from plotgate.local.gateway.fresh_catalog import FreshCatalog, is_of_catalog
from plotgate.local.gateway.live import Live
from plotgate.local.gateway.payload import InvalidAnswerError, Request, Response, event_for, message, response_for
from plotgate.local.gateway.router import Router
from plotgate.local.gateway.single_flight import SingleFlight
from plotgate.local.template import Function, Route, Template, TemplateError, read_template
from plotgate.local.terminal import Terminal
from plotgate.local.watcher import changes_in, changes_of, is_runtime
from plotgate.local.workers.pool import Pool
from plotgate.local.workers.process import Answer, InvocationError
from plotgate.local.workers.spare import Spare

LARGEST_HEAD = 10_240
"""Bytes of request line and headers, and
https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html"""

LARGEST_BODY = 10 * 1024 * 1024
"""Bytes of a request's body; same source."""

LARGEST_EVENT = 6 * 1024 * 1024
"""Bytes of an event as JSON, which is Lambda's own limit: a body may reach it first."""

WORKERS = min(os.cpu_count() or 1, 4)
"""Processes of a function: more would only wait for each other."""

IDLE = 300.0
"""Seconds after which an idle worker is stopped."""

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]


class Gateway:
    """An ASGI application that serves a template's functions."""

    def __init__(self, template: Path, terminal: Terminal, workers: int = WORKERS, idle: float = IDLE) -> None:
        self._terminal = terminal
        self._single_flight = SingleFlight()
        self._catalog = FreshCatalog(terminal)
        self._live = Live()
        self._spare = Spare()
        self._workers = workers
        self._idle = idle
        self._pools: dict[str, Pool] = {}
        self._retired: list[Pool] = []
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
        self._live.close()
        await asyncio.gather(self._spare.close(), *(pool.close() for pool in [*self._pools.values(), *self._retired]))

    async def _watch(self) -> None:
        """Take up changes of files until this is cancelled."""
        folders = changes_in(lambda: {function.code for function in self.template.functions})
        try:
            await asyncio.gather(self._restart_at(changes_of(self.template.file)), self._restart_at(folders))
        except (OSError, RuntimeError) as error:  # such as too many folders for inotify
            self._terminal.note(f"Changes are not noticed, start again to see them: {error}")

    async def _restart_at(self, changes: AsyncIterator[set[Path]]) -> None:
        async for changed in changes:
            await self._restart(changed)

    async def _restart(self, changed: set[Path]) -> None:
        gallery = self.template.gallery
        changed = {file for file in changed if not (gallery and is_of_catalog(file, gallery))}
        if not all(gallery and file.is_relative_to(gallery.code) for file in changed):
            self._catalog.expire()
        if self.template.file in changed:
            try:
                await self._replace(read_template(self.template.file))
            except TemplateError as error:
                self._terminal.note(f"Error: {error} The routes stay as they were.")
        if any(is_runtime(file) for file in changed):
            await self._spare.expire()
        of_changed = []
        for pool in self._pools.values():
            if any(is_runtime(file) or file.is_relative_to(pool.function.code) for file in changed):
                await pool.restart()
                of_changed.append(pool.function)
        self._live.changed(route for route in self.template.routes if route.function in of_changed)

    def _use(self, template: Template) -> None:
        self.template = template
        self._router = Router(template.routes)
        for function in template.functions:
            if function.name not in self._pools:
                self._pools[function.name] = Pool(function, self._workers, self._idle, self._spare, self._failed)

    async def _replace(self, template: Template) -> None:
        retired = [pool for pool in self._pools.values() if pool.function not in template.functions]
        for pool in retired:
            del self._pools[pool.function.name]
        self._retired += retired
        self._use(template)
        for pool in retired:
            await pool.retire()
        self._terminal.note(f"{template.file.name} has changed and is served as it is now")

    def _failed(self, function: Function, text: str) -> None:
        """Say what is wrong in the files of a function."""
        self._terminal.error(text)
        self._live.failed(function, self.template.routes, text)

    async def _lifespan(self, receive: Receive, send: Send) -> None:
        await receive()
        watching = asyncio.create_task(self._watch())
        await send({"type": "lifespan.startup.complete"})
        await receive()
        watching.cancel()
        await send({"type": "lifespan.shutdown.complete"})

    async def _serve(self, scope: Message, receive: Receive, send: Send) -> None:
        start = time.perf_counter()
        if scope["path"] == live.EVENTS:
            await self._tell_changes(receive, send)
            return
        scope["query_string"] = live.without_parameter(scope["query_string"])
        raw_path, query = scope["raw_path"].decode("latin-1"), scope["query_string"].decode("latin-1")
        response, answer, note = await self._respond(scope, receive)
        await _send(response, scope["method"], send)
        if scope["path"] == live.SCRIPT:
            return
        self._terminal.request(
            scope["method"], f"{raw_path}?{query}" if query else raw_path, response.status,
            time.perf_counter() - start, answer, note,
        )  # fmt: skip

    async def _tell_changes(self, receive: Receive, send: Send) -> None:
        """Tell a page what changes, until it is closed."""

        async def tell() -> None:
            headers = [(b"content-type", b"text/event-stream"), (b"cache-control", b"no-store")]
            await send({"type": "http.response.start", "status": 200, "headers": headers})
            async for event in self._live.listen():
                await send({"type": "http.response.body", "body": event, "more_body": True})
            await send({"type": "http.response.body", "body": b""})

        async def closed() -> None:
            while (await receive())["type"] != "http.disconnect":
                pass

        tasks = [asyncio.create_task(tell()), asyncio.create_task(closed())]
        await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _respond(self, scope: Message, receive: Receive) -> tuple[Response, Answer | None, str]:
        """The response, the function's answer if it gave one, and what is to be said about it in the terminal."""
        request = await _read(scope, receive)
        if isinstance(request, Response):
            return request, None, ""
        if request.path == live.SCRIPT:
            return live.script(), None, ""
        found = self._router.match(request.method, request.path)
        if not found:
            return message(404, "Not Found"), None, ""
        route, path_parameters = found
        event = event_for(request, route, path_parameters)
        if len(event.get("body", "")) > LARGEST_EVENT:
            return message(413, "Request Entity Too Large"), None, ""
        try:
            if route.function is self.template.gallery:
                await self._catalog.write(self.template)
            pool = self._pools[route.function.name]
            code = f"{route.function.name} {pool.generation}"  # nobody gets the picture of code that was before
            answer = await self._single_flight.invoke(event, code, lambda: pool.invoke(event, route.timeout))
        except InvocationError as error:
            return message(500, "Internal Server Error"), None, str(error)
        except TimeoutError:
            return message(503, "Service Unavailable"), None, f"the API waits {route.timeout:g} s at most"
        try:
            response = response_for(answer.value)
        except InvalidAnswerError as error:
            return message(500, "Internal Server Error"), answer, str(error)
        if response.status < 500:
            self._live.worked(route.function)
        if pool.generation or dict(response.headers).get("content-type", "").startswith("image/"):
            self._spare.prepare()  # for the next change
        return live.followed(request, response), answer, _memory_note(route, answer)


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
    client, server = scope["client"] or ("127.0.0.1", 0), scope["server"] or ("localhost", 0)
    return Request(scope["method"], raw_path, query, headers, bytes(body), client[0], server[1] or 80)


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
