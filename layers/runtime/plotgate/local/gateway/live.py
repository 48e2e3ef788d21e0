"""Pages that follow the files that draw them: what `plotgate serve` alone adds to pages, below a path of its own.

A page gets a script; the script listens to what has changed, asks for the pictures of changed plots anew, and shows
what is wrong in an author's file. Nothing of it is deployed.
"""

import asyncio
import json
import time
import zlib
from collections.abc import AsyncIterator, Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

from plotgate.local.gateway.payload import Request, Response
from plotgate.local.template import Function, Route

PREFIX = "/.plotgate/"
EVENTS, SCRIPT = f"{PREFIX}live", f"{PREFIX}live.js"
PARAMETER = b".live="
"""Of the query, as the script writes it at its end, so that a browser does not show the picture that it has."""

ALIVE = 15.0
"""Seconds after which a comment is sent where there is nothing to say."""

_ADDED = f'<script src="{SCRIPT}" defer></script>'.encode()
_FILE = Path(__file__).with_name("live.js")


class Live:
    """The pages that listen, and what is wrong at present."""

    def __init__(self) -> None:
        self._listeners: set[asyncio.Queue[bytes | None]] = set()
        self._errors: dict[str, dict[str, Any]] = {}  # by function: the paths of its routes, and the text

    def changed(self, routes: Iterable[Route]) -> None:
        """Tell the pages that these routes are answered by other code now."""
        if paths := sorted({_path(route) for route in routes}):
            self._tell(_event("change", {"paths": paths, "number": time.time_ns()}))

    def failed(self, function: Function, routes: Iterable[Route], text: str) -> None:
        """Tell the pages, also those that are opened later, what is wrong in the files of a function."""
        paths = sorted({_path(route) for route in routes if route.function == function})
        self._errors[function.name] = {"paths": paths, "text": text}
        self._tell(_event("error-in-file", self._errors[function.name]))

    def worked(self, function: Function) -> None:
        """Tell the pages that what was wrong with a function is mended, if anything was."""
        if error := self._errors.pop(function.name, None):
            self._tell(_event("mended", {"paths": error["paths"]}))

    async def listen(self) -> AsyncIterator[bytes]:
        """Server-sent events (https://html.spec.whatwg.org/multipage/server-sent-events.html), until `close`."""
        waiting: asyncio.Queue[bytes | None] = asyncio.Queue()
        self._listeners.add(waiting)
        try:
            yield b": plotgate\n\n" + b"".join(_event("error-in-file", error) for error in self._errors.values())
            while True:
                try:
                    said = await asyncio.wait_for(waiting.get(), ALIVE)
                except TimeoutError:
                    said = b": alive\n\n"
                if said is None:
                    return
                yield said
        finally:
            self._listeners.discard(waiting)

    def close(self) -> None:
        """End what pages listen to."""
        for listener in self._listeners:
            listener.put_nowait(None)

    def _tell(self, event: bytes) -> None:
        for listener in self._listeners:
            listener.put_nowait(event)


def script() -> Response:
    """The script that pages are given."""
    headers = [("content-type", "text/javascript; charset=utf-8"), ("cache-control", "no-cache")]
    return Response(200, headers, _FILE.read_bytes())


def without_parameter(query: bytes) -> bytes:
    """A query without what the script has written at its end."""
    *before, last = query.split(b"&")
    return b"&".join(before) if last.startswith(PARAMETER) else query


def followed(request: Request, response: Response) -> Response:
    """A response as a browser on this machine needs it: with the script, or asked for anew each time it is shown."""
    headers = dict(response.headers)
    if request.method == "GET" and response.status == 200 and headers.get("content-type", "").startswith("text/html"):
        return _with_script(response)
    if dict(request.headers).get("sec-fetch-dest") in ("image", "empty") and "public" in headers.get(
        "cache-control", ""
    ):
        return replace(response, headers=_with(response, ("cache-control", "no-cache")))
    return response


def _with_script(page: Response) -> Response:
    headers, body = dict(page.headers), page.body
    if headers.get("content-encoding") == "gzip":
        body = zlib.decompress(body, 16 + zlib.MAX_WBITS)
    elif "content-encoding" in headers:
        return page
    before, end, after = body.rpartition(b"</body>")
    body = before + _ADDED + end + after if end else body + _ADDED
    changed = _with(page, ("content-encoding", ""), ("content-length", ""), ("cache-control", "no-cache"))
    policies = [(name, _allowing(value)) for name, value in changed if name == "content-security-policy"]
    others = [(name, value) for name, value in changed if name != "content-security-policy"]
    return replace(page, headers=[*others, *policies], body=body)


def _with(response: Response, *changes: tuple[str, str]) -> list[tuple[str, str]]:
    """The headers of a response with some changed, and those that become empty left out."""
    names = {name for name, _ in changes}
    kept = [(name, value) for name, value in response.headers if name not in names]
    return kept + [(name, value) for name, value in changes if value]


def _allowing(policy: str) -> str:
    """A content security policy under which the script runs and listens."""
    directives = dict(part.strip().partition(" ")[::2] for part in policy.split(";") if part.strip())
    for name in ("script-src", "connect-src"):
        sources = directives.get(name, directives.get("default-src", "")).replace("'none'", "").split()
        directives[name] = " ".join(dict.fromkeys([*sources, "'self'"]))
    return "; ".join(f"{name} {value}".strip() for name, value in directives.items())


def _path(route: Route) -> str:
    """The beginning of a route's path, without parameters."""
    return route.path.partition("/{")[0] or "/"


def _event(name: str, data: dict[str, Any]) -> bytes:
    return f"event: {name}\ndata: {json.dumps(data)}\n\n".encode()
