"""`plotgate serve`."""

from typing import Annotated

import typer

from plotgate.local.commands.options import TEMPLATE, TemplateFile, readable_errors
from plotgate.local.gateway.live_gateway import LiveGateway
from plotgate.local.gateway.server import ListenError, Server, listener
from plotgate.local.terminal import Terminal


def serve(
    host: Annotated[str, typer.Option(help="Address to listen at; 0.0.0.0 lets other machines in.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Port to listen at; 0 takes a free one.", min=0, max=65535)] = 3000,
    template: TemplateFile = TEMPLATE,
) -> None:
    """Serve the plots of a SAM template on this machine, as API gateway and Lambda would."""
    terminal = Terminal()
    with readable_errors(ListenError):
        gateway = LiveGateway(template, terminal)
        listening = listener(host, port)
    try:
        Server(gateway, terminal).run(sockets=[listening])
    except KeyboardInterrupt:  # uvicorn raises it again once all is closed
        raise typer.Exit(130) from None
