"""`plotgate event`."""

import json
from enum import StrEnum
from typing import Annotated

import typer

from plotgate.local.commands.options import TEMPLATE, TemplateFile, readable_errors
from plotgate.local.gateway.payload_1 import payload_1
from plotgate.local.request import NoRouteError, route_and_event
from plotgate.local.template import read_template


class Payload(StrEnum):
    """Versions of an HTTP API's events."""

    TWO = "2.0"
    ONE = "1.0"


def event(
    url: Annotated[str, typer.Argument(help="Path and query; quote them for the shell.", metavar="URL")],
    payload: Annotated[Payload, typer.Option(help="Version of the event's format.")] = Payload.TWO,
    template: TemplateFile = TEMPLATE,
) -> None:
    """Print the event that the API gateway sends to a plot's function for a URL."""
    with readable_errors(NoRouteError):
        _, made = route_and_event(read_template(template), url)
    print(json.dumps(made if payload is Payload.TWO else payload_1(made), indent=2, ensure_ascii=False))
