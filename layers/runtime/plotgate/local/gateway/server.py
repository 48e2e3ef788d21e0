"""The HTTP server that the local gateway runs in."""

import json
import os
import socket
from contextlib import suppress
from urllib.parse import unquote

import uvicorn

from plotgate.local.gateway.gateway import Gateway
from plotgate.local.gateway.patience import PatientProtocol
from plotgate.local.gateway.router import Router
from plotgate.local.template import Template
from plotgate.local.terminal import Terminal


class Server(uvicorn.Server):
    """Says where the plots are once they can be asked for, and ends the workers first of all when it stops."""

    grace = 1  # second: a client that does not read must not hold up Ctrl-C

    def __init__(self, gateway: Gateway, terminal: Terminal) -> None:
        self._gateway = gateway
        self._terminal = terminal
        super().__init__(
            uvicorn.Config(
                gateway,
                log_config=None,
                access_log=False,
                server_header=False,
                date_header=False,  # a function may say its own
                proxy_headers=False,
                lifespan="on",
                http=PatientProtocol,
                ws="none",
                h11_max_incomplete_event_size=1 << 20,  # so that the gateway itself answers when headers are too long
                timeout_graceful_shutdown=self.grace,
            )
        )

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        for listener in sockets or []:
            host, port = listener.getsockname()[:2]
            address = f"http://{f'[{host}]' if ':' in host else host}:{port}"
            template = self._gateway.template
            self._terminal.started(template.file.name, [f"{address}{path}" for path in _examples(template)])

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        await self._gateway.close()  # nor must an endless plot
        await super().shutdown(sockets)


class HostServer(Server):
    """Answers the requests that it has before it stops."""

    grace = 30  # seconds, which is what a request may take

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        await uvicorn.Server.shutdown(self, sockets)
        await self._gateway.close()


def _examples(template: Template) -> list[str]:
    """A path for each route: the gallery's example where it has one, or else the route with its `{name}`s."""
    paths = {route.path: route.path for route in template.routes if route.path != "$default"}
    router = Router(template.routes)
    for route in template.routes:
        catalog = route.function.code / "catalog.json"
        if route.path == "/" and catalog.is_file():
            with suppress(ValueError):  # a catalog that is not JSON is the gallery's failure, not the gateway's
                for plot in json.loads(catalog.read_text()):
                    if found := router.match("GET", unquote(plot["url"])):
                        paths[found[0].path] = plot["url"]
    return list(paths.values())


class ListenError(Exception):
    """The address or the port cannot be had."""


def listener(host: str, port: int) -> socket.socket:
    """A socket that listens; port 0 takes a free one.

    Raises:
        ListenError: nobody can listen there.
    """
    try:
        listening = socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET)
    except OSError as error:
        code = error.errno or 0  # below zero when a name is not found
        reason = os.strerror(code) if code > 0 else "No such address"
        raise ListenError(f"{host} port {port}: {reason}.") from error
    # Connections inherit it. asyncio would set it itself on a socket that names its protocol, which this one does not;
    # without it, a body waits for the client to acknowledge the headers: 44 ms on a kept connection.
    listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return listening
