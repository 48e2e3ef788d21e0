"""The gateway of `plotgate serve`: it takes up changes of files, and open pages follow them."""

import asyncio
import os
from collections.abc import AsyncIterator
from pathlib import Path

from plotgate.local.gateway import live
from plotgate.local.gateway.fresh_catalog import FreshCatalog, is_of_catalog
from plotgate.local.gateway.gateway import IDLE, Gateway, Message, Receive, Send
from plotgate.local.gateway.live import Live
from plotgate.local.gateway.payload import Request, Response
from plotgate.local.template import Function, Route, Template, TemplateError, read_template
from plotgate.local.terminal import Terminal
from plotgate.local.watcher import changes_in, changes_of, is_runtime
from plotgate.local.workers.capacity import Capacity
from plotgate.local.workers.pool import Pool
from plotgate.local.workers.spare import Spare

WORKERS = min(os.cpu_count() or 1, 4)
"""Processes of a function: more would only wait for each other."""


class LiveGateway(Gateway):
    """Serves the functions as their files are now."""

    def __init__(self, template: Path, terminal: Terminal) -> None:
        self._catalog = FreshCatalog(terminal)
        self._live = Live()
        self._spare = Spare()
        self._retired: list[Pool] = []
        super().__init__(template, terminal)

    async def close(self) -> None:
        """End all workers."""
        self._live.close()
        await asyncio.gather(super().close(), self._spare.close(), *(pool.close() for pool in self._retired))

    def _pool(self, function: Function) -> Pool:
        return Pool(function, Capacity(WORKERS), IDLE, self._spare, self._failed)

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
        if scope["path"] == live.EVENTS:
            await self._tell_changes(receive, send)
            return
        scope["query_string"] = live.without_parameter(scope["query_string"])
        await super()._serve(scope, receive, send)

    def _is_own(self, path: str) -> bool:
        return path == live.SCRIPT or super()._is_own(path)

    async def _own(self, path: str) -> Response:
        return live.script() if path == live.SCRIPT else await super()._own(path)

    async def _pool_of(self, route: Route) -> Pool:
        if route.function is self.template.gallery:
            await self._catalog.write(self.template)
        return await super()._pool_of(route)

    def _finish(self, request: Request, response: Response, pool: Pool) -> Response:
        if response.status < 500:
            self._live.worked(pool.function)
        if pool.generation or dict(response.headers).get("content-type", "").startswith("image/"):
            self._spare.prepare()  # for the next change
        return live.followed(request, response)

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
