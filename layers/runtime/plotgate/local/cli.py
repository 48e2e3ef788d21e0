"""The command line: `plotgate serve`, `plotgate catalog`."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from plotgate.local.gateway.gateway import Gateway
from plotgate.local.gateway.server import ListenError, Server, listener
from plotgate.local.template import TemplateError, read_template
from plotgate.local.terminal import Terminal

app = typer.Typer(no_args_is_help=True, pretty_exceptions_enable=False, add_completion=False)


@app.callback()
def plotgate() -> None:
    """plotgate: a URL for every plot."""


@app.command(epilog="Example: plotgate serve --port 8000 --template template.yaml")
def serve(
    host: Annotated[str, typer.Option(help="Address to listen at; 0.0.0.0 lets other machines in.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Port to listen at; 0 takes a free one.", min=0, max=65535)] = 3000,
    template: Annotated[Path, typer.Option(help="The SAM template with the plots.")] = Path("template.yaml"),
) -> None:
    """Serve the plots of a SAM template on this machine, as API gateway and Lambda would."""
    terminal = Terminal()
    try:
        gateway = Gateway(template, terminal)
        listening = listener(host, port)
    except (TemplateError, ListenError) as error:
        print(f"Error: {error}", file=sys.stderr)
        raise typer.Exit(1) from None
    try:
        Server(gateway, terminal).run(sockets=[listening])
    except KeyboardInterrupt:  # uvicorn raises it again once all is closed
        raise typer.Exit(130) from None


@app.command(epilog="Example: plotgate catalog --template template.yaml")
def catalog(
    template: Annotated[Path, typer.Option(help="The SAM template with the plots.")] = Path("template.yaml"),
) -> None:
    """Write down for the gallery which plots there are; run it when a plot's text, path or parameters changed."""
    # Imported here, for it imports the plots' stack, which the other commands leave to the workers.
    from plotgate.local.catalog import write_catalog

    try:
        files = write_catalog(read_template(template))
    except TemplateError as error:
        print(f"Error: {error}", file=sys.stderr)
        raise typer.Exit(1) from None
    for file in files:
        print(f"Wrote {file.relative_to(template.resolve().parent)}")


if __name__ == "__main__":
    app()
