"""A request as the HTTP API's payload 2.0, and a function's answer to it as an HTTP response.

The formats: https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html.
What that page leaves open follows events that others captured on AWS and published:
https://github.com/hotsock/voker/blob/main/vokerhttp/testdata/apigwv2-request.json.
"""

import base64
import binascii
import json
import re
import secrets
import time
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl, unquote

from plotgate.local.template import Route

_HOP_BY_HOP = {"connection", "keep-alive", "proxy-connection", "te", "trailer", "transfer-encoding", "upgrade"}
_TOKEN = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
_FIELD_VALUE = re.compile(r"[\t\x20-\x7e\x80-\xff]*")


@dataclass(frozen=True)
class Request:
    """An HTTP request as it was received."""

    method: str
    raw_path: str  # percent-encoded
    query: str  # percent-encoded, without the question mark
    headers: list[tuple[str, str]]  # names in lower case
    body: bytes
    client: str  # IP address
    port: int  # the gateway's own
    received: float = field(default_factory=time.time)  # seconds since 1970

    @property
    def path(self) -> str:
        """The decoded path. HTTP API cuts it at a decoded `?` (https://github.com/middleapi/standard-server/pull/93)."""
        return unquote(self.raw_path).partition("?")[0]


def event_for(request: Request, route: Route, path_parameters: dict[str, str]) -> dict[str, Any]:
    """The payload 2.0 event of a request; absent parts are left out, as HTTP API does."""
    headers, cookies = _combined(request)
    moment = time.gmtime(request.received)
    event: dict[str, Any] = {
        "version": "2.0",
        "routeKey": route.key,
        "rawPath": request.path,
        "rawQueryString": request.query,
        "headers": headers,
        "requestContext": {
            "accountId": "123456789012",
            "apiId": "local",
            "domainName": headers.get("host", "localhost").partition(":")[0],
            "domainPrefix": "local",
            "http": {
                "method": request.method,
                "path": request.path,
                "protocol": "HTTP/1.1",
                "sourceIp": request.client,
                "userAgent": headers.get("user-agent", ""),
            },
            "requestId": base64.b64encode(secrets.token_bytes(11)).decode(),
            "routeKey": route.key,
            "stage": "$default",
            "time": time.strftime("%d/%b/%Y:%H:%M:%S +0000", moment),
            "timeEpoch": int(request.received * 1000),
        },
        "isBase64Encoded": False,
    }
    if cookies:
        event["cookies"] = cookies
    if query := _query_parameters(request.query):
        event["queryStringParameters"] = query
    if path_parameters:
        event["pathParameters"] = path_parameters
    if request.body:
        is_text = _is_text(headers)
        event["isBase64Encoded"] = not is_text
        event["body"] = request.body.decode(errors="replace") if is_text else base64.b64encode(request.body).decode()
    return event


def _combined(request: Request) -> tuple[dict[str, str], list[str]]:
    headers: dict[str, str] = {}
    cookies: list[str] = []
    for name, value in request.headers:
        if name == "cookie":
            cookies += [cookie.strip() for cookie in value.split(";") if cookie.strip()]
        elif name not in _HOP_BY_HOP:
            headers[name] = f"{headers[name]},{value}" if name in headers else value
    forwarded = headers.get("x-forwarded-for")
    headers["x-forwarded-for"] = f"{forwarded}, {request.client}" if forwarded else request.client
    headers["x-forwarded-port"] = str(request.port)
    headers["x-forwarded-proto"] = "http"
    headers.setdefault("x-amzn-trace-id", f"Root=1-{int(request.received):08x}-{secrets.token_hex(12)}")
    return dict(sorted(headers.items())), cookies


def _query_parameters(query: str) -> dict[str, str]:
    values: dict[str, list[str]] = {}
    for name, value in parse_qsl(query, keep_blank_values=True):
        values.setdefault(name, []).append(value)
    return {name: ",".join(value) for name, value in sorted(values.items())}


def _is_text(headers: dict[str, str]) -> bool:
    """Whether HTTP API passes a body as text; all else, a form as well, is base64.

    Found out on AWS and reported in https://github.com/ministackorg/ministack/pull/766.
    """
    media_type = headers.get("content-type", "").partition(";")[0].strip().lower()
    text = {"application/json", "application/xml", "application/javascript"}
    return "content-encoding" not in headers and (media_type.startswith("text/") or media_type in text)


@dataclass(frozen=True)
class Response:
    """An HTTP response."""

    status: int
    headers: list[tuple[str, str]]
    body: bytes


class InvalidAnswerError(Exception):
    """A function's answer that HTTP API cannot turn into a response."""


def message(status: int, text: str) -> Response:
    """An error that HTTP API itself reports."""
    body = json.dumps({"message": text}, separators=(",", ":")).encode()
    return Response(status, [("content-type", "application/json")], body)


def response_for(answer: Any) -> Response:
    """The response that HTTP API makes of a function's answer.

    An answer without `statusCode` is the body itself, as JSON with status 200.

    Raises:
        InvalidAnswerError: API gateway would answer 500.
    """
    if not isinstance(answer, dict) or "statusCode" not in answer:
        text = answer if isinstance(answer, str) else json.dumps(answer, separators=(",", ":"))
        return Response(200, [("content-type", "application/json")], text.encode())
    own, cookies = answer.get("headers") or {}, answer.get("cookies") or []
    if not isinstance(own, dict) or not isinstance(cookies, list):
        raise InvalidAnswerError("headers must be a mapping and cookies a list")
    # By their names in lower case: `Date` and `date` are one header, of which the last is sent.
    named = {"content-type": "text/plain;charset=UTF-8"} | dict(_header(name, value) for name, value in own.items())
    headers = [(name, value) for name, value in named.items() if name not in _HOP_BY_HOP]
    headers += [_header("set-cookie", cookie) for cookie in cookies]
    return Response(_status(answer["statusCode"]), headers, _body(answer))


def _status(value: Any) -> int:
    try:
        status = int(value)
    except (TypeError, ValueError, OverflowError):
        status = 0
    if not 200 <= status <= 599:
        raise InvalidAnswerError(f"statusCode must be a number from 200 to 599, not {value!r}")
    return status


def _header(name: Any, value: Any) -> tuple[str, str]:
    if isinstance(value, bool | int | float):
        value = json.dumps(value)
    if not isinstance(value, str) or not _TOKEN.fullmatch(name) or not _FIELD_VALUE.fullmatch(value):
        raise InvalidAnswerError(f"the header {name!r} must be a name and a text of one line, not {value!r}")
    return name.lower(), value.strip()


def _body(answer: dict[str, Any]) -> bytes:
    body = answer.get("body")
    if body is None:
        return b""
    if not isinstance(body, str):
        raise InvalidAnswerError(f"body must be a text, not {type(body).__name__}")
    if not answer.get("isBase64Encoded"):
        return body.encode()
    try:
        return base64.b64decode(body, validate=True)
    except (binascii.Error, ValueError):
        raise InvalidAnswerError("body must be base64, for isBase64Encoded is true") from None
