"""One HTTP request as the event of each service that can call a function, and the answer to it.

What each service does to a request is in the AWS documentation of its Lambda integration: HTTP API hands on a decoded
path, a function URL, REST API and ALB the path as it was sent; REST API decodes the query, ALB does not.
"""

import base64
import gzip
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl, quote, unquote

from plotgate.local.gateway.router import Router
from plotgate.local.template import read_template
from tests.events import load_event
from tests.found import ROOT, path_of


@dataclass(frozen=True)
class Request:
    """A request as it is on the wire: path and query are percent-encoded."""

    path: str
    query: str = ""
    method: str = "GET"
    headers: Mapping[str, str] = field(default_factory=dict)

    @property
    def target(self) -> str:
        return f"{self.path}?{self.query}" if self.query else self.path


@dataclass(frozen=True)
class Answer:
    """What a client sees of an answer, as far as every service agrees on it."""

    status: int
    content_type: str
    body: bytes
    headers: Mapping[str, str] = field(default_factory=dict, compare=False)


def answer(result: dict[str, Any]) -> Answer:
    """What an API gateway makes of a function's proxy response."""
    headers = {name.lower(): value for name, value in result.get("headers", {}).items()}
    headers |= {name.lower(): values[-1] for name, values in result.get("multiValueHeaders", {}).items()}
    text = result.get("body", "")
    body = base64.b64decode(text, validate=True) if result["isBase64Encoded"] else text.encode()
    if body and headers.get("content-encoding") == "gzip":  # as a client does
        body = gzip.decompress(body)
    return Answer(result["statusCode"], headers["content-type"], body, headers)


def request_of(event: dict[str, Any]) -> Request:
    """The request that a named HTTP API event came from."""
    http = event["requestContext"]["http"]
    return Request(quote(http["path"], safe="/,"), event["rawQueryString"], http["method"], event["headers"])


def http_api(request: Request, route: str = "$default") -> dict[str, Any]:
    """Payload 2.0 of an HTTP API whose `route` is a path of the template."""
    event = _payload_2(request, "http_api", unquote(request.path))
    key = f"{request.method} {route}"
    before, brace, name = route.partition("{")  # a plot's path parameter is the end of its path
    if brace:
        event["pathParameters"] = {name.rstrip("}"): unquote(request.path).removeprefix(before)}
    return event | {"routeKey": key, "requestContext": event["requestContext"] | {"routeKey": key}}


def function_event(folder: str) -> dict[str, Any]:
    """The HTTP API's event for a function as it is shown first, by its folder in functions/."""
    path = path_of(folder)
    found = Router(read_template(ROOT / "template.yaml").routes).match("GET", unquote(path))
    assert found, f"template.yaml has no route for {path}"
    return http_api(Request(path), found[0].path)


def function_url(request: Request) -> dict[str, Any]:
    return _payload_2(request, "function_url", request.path)


def rest_api(request: Request) -> dict[str, Any]:
    """Payload 1.0."""
    event = load_event("rest_api")
    single, multiple = _query(parse_qsl(request.query, keep_blank_values=True))
    headers = event["headers"] | dict(request.headers)
    return event | {
        "httpMethod": request.method,
        "path": request.path,
        "headers": headers,
        "multiValueHeaders": {name: [value] for name, value in headers.items()},
        "queryStringParameters": single or None,
        "multiValueQueryStringParameters": multiple or None,
    }


def alb(request: Request) -> dict[str, Any]:
    event = load_event("alb")
    return event | {
        "httpMethod": request.method,
        "path": request.path,
        "headers": event["headers"] | dict(request.headers),
        "queryStringParameters": _query(_encoded_pairs(request.query))[0],
    }


def alb_multi_value(request: Request) -> dict[str, Any]:
    event = load_event("alb_multi_value")
    return event | {
        "httpMethod": request.method,
        "path": request.path,
        "multiValueHeaders": event["multiValueHeaders"] | {name: [value] for name, value in request.headers.items()},
        "multiValueQueryStringParameters": _query(_encoded_pairs(request.query))[1],
    }


PAYLOADS: dict[str, Callable[[Request], dict[str, Any]]] = {
    "HTTP API": http_api,
    "function URL": function_url,
    "REST API": rest_api,
    "ALB": alb,
    "ALB with multi-value headers": alb_multi_value,
}


def _payload_2(request: Request, form: str, path: str) -> dict[str, Any]:
    event = load_event(form)
    _, multiple = _query(parse_qsl(request.query, keep_blank_values=True))
    if multiple:
        event["queryStringParameters"] = {name: ",".join(values) for name, values in multiple.items()}
    context = event["requestContext"]
    return event | {
        "rawPath": path,
        "rawQueryString": request.query,
        "headers": event["headers"] | dict(request.headers),
        "requestContext": context | {"http": context["http"] | {"method": request.method, "path": path}},
    }


def _encoded_pairs(query: str) -> list[tuple[str, str]]:
    parts = [part.partition("=") for part in query.split("&") if part]
    return [(name, value) for name, _, value in parts]


def _query(pairs: list[tuple[str, str]]) -> tuple[dict[str, str], dict[str, list[str]]]:
    """The last value of each name, and all of them."""
    multiple: dict[str, list[str]] = {}
    for name, value in pairs:
        multiple.setdefault(name, []).append(value)
    return {name: values[-1] for name, values in multiple.items()}, multiple
