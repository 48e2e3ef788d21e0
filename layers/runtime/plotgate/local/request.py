"""A request for one of the template's functions, as a person types its URL."""

from difflib import get_close_matches
from typing import Any
from urllib.parse import quote, urlsplit

from plotgate.local.gateway.payload import Request, event_for
from plotgate.local.gateway.router import Router
from plotgate.local.template import Route, Template

ACCEPT = ("accept", "*/*")
HEADERS = [ACCEPT, ("host", "localhost"), ("user-agent", "plotgate")]


class NoRouteError(Exception):
    """No route of the template answers a URL; the message names the closest."""


def is_url(text: str) -> bool:
    """Whether a text is a URL, with or without its host; else it is the name of a plot, `weather/temperature`."""
    return "://" in text or text == "/" or text.removeprefix("/").startswith("plots/")


def request_for(url: str) -> Request:
    """A GET of a URL; its host does not matter, and what a URL cannot hold, such as a blank, is percent-encoded."""
    parts = urlsplit(url)
    path, query = quote(parts.path, safe="/%:@!$&'()*+,;=~"), quote(parts.query, safe="/%:@!$&'()*+,;=~?")
    return Request("GET", path, query, HEADERS, b"", "127.0.0.1", 80)


def route_and_event(template: Template, url: str) -> tuple[Route, dict[str, Any]]:
    """The route that answers a URL, and the event that its function gets.

    Raises:
        NoRouteError: there is none.
    """
    request = request_for(url)
    found = Router(template.routes).match("GET", request.path)
    if found is None:
        paths = [route.path for route in template.routes if route.method in ("GET", "ANY")]
        close = get_close_matches(request.path, paths, n=1, cutoff=0.5)
        hint = f"; the closest is {close[0]}" if close else ""
        raise NoRouteError(f"No route of {template.file.name} answers {request.path}{hint}.")
    route, path_parameters = found
    return route, event_for(request, route, path_parameters)
