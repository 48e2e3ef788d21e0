"""`plotgate host`, which the plain container runs."""

import os
from typing import Annotated

import typer

from plotgate.local.commands.options import TEMPLATE, TemplateFile, readable_errors
from plotgate.local.gateway.host_gateway import HostGateway
from plotgate.local.gateway.server import HostServer, ListenError, listener
from plotgate.local.terminal import Terminal


def host(
    host: Annotated[str, typer.Option(help="Address to listen at.")] = "0.0.0.0",  # noqa: S104 - it is for others
    port: Annotated[int, typer.Option(envvar="PORT", help="Port to listen at; 0 takes a free one.", min=0, max=65535)]
    = 8080,
    workers: Annotated[
        int,
        typer.Option(envvar="PLOTGATE_WORKERS", help="Processes that draw at a time, of all plots.", min=1, max=1000),
    ] = os.process_cpu_count() or 1,
    idle: Annotated[
        int | None,
        typer.Option(envvar="PLOTGATE_IDLE", help="Processes that stay besides; by default one for each plot.", min=0),
    ] = None,
    queue: Annotated[
        int,
        typer.Option(envvar="PLOTGATE_QUEUE", help="Requests that may wait for one; more get 429.", min=0, max=10**6),
    ] = 64,
    template: TemplateFile = TEMPLATE,
) -> None:  # fmt: skip
    """Serve built plots to others, without Lambda, within bounds. SIGTERM lets requests end that have begun."""
    terminal = Terminal()
    with readable_errors(ListenError):
        gateway = HostGateway(template, terminal, workers, idle, queue)
        listening = listener(host, port)
    try:
        HostServer(gateway, terminal).run(sockets=[listening])
    except KeyboardInterrupt:  # uvicorn raises it again once all is closed
        raise typer.Exit(130) from None


if __name__ == "__main__":
    typer.run(host)
