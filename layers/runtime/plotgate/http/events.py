"""Events of API gateway, function URLs and ALB as requests to an ASGI app."""

import asyncio
import json
import logging
from functools import cache
from typing import Any
from urllib.parse import quote

from fastapi import FastAPI
from mangum import Mangum
from mangum.handlers import HTTPGateway

logger = logging.getLogger("plotgate")

# Sent as they are; all else as base64.
TEXT_TYPES = ["text/", "application/json", "application/problem+json", "image/svg+xml"]

NO_REQUEST = {
    "type": "about:blank",
    "title": "The event is no request",
    "status": 400,
    "detail": "The event must be a request of API gateway, a function URL or a load balancer.",
    "code": "no_request",
}


class HttpApi(HTTPGateway):
    """Events of HTTP API, of all services the one that decodes the path; Mangum decodes it again.

    Decoded twice, `%2520` would become a blank.
    """

    @classmethod
    def infer(cls, event: dict[str, Any], context: Any, config: Any) -> bool:
        domain = event.get("requestContext", {}).get("domainName") or ""
        return "version" in event and "requestContext" in event and ".lambda-url." not in domain

    def __init__(self, event: dict[str, Any], context: Any, config: Any) -> None:
        if event["version"] == "2.0":
            request = event["requestContext"]
            http = request["http"]
            event = event | {"requestContext": request | {"http": http | {"path": quote(http["path"])}}}
        else:
            event = event | {"path": quote(event["path"])}
        super().__init__(event, context, config)

    @property
    def scope(self) -> Any:
        """The request. Mangum takes what follows a colon of the host for its port; an IPv6 address has several."""
        headers = self.event.get("headers") or {}
        hosts = [name for name, value in headers.items() if name.lower() == "host" and value.startswith("[")]
        if not hosts:
            return super().scope
        whole, self.event = self.event, self.event | {"headers": {n: v for n, v in headers.items() if n not in hosts}}
        scope: Any = super().scope
        self.event = scope["aws.event"] = whole
        scope["headers"] = [*scope["headers"], *([b"host", headers[name].encode()] for name in hosts)]
        return scope


class Adapter:
    """Answers API gateway's events (payloads 1.0 and 2.0), function URLs and ALB with `app`."""

    def __init__(self, app: FastAPI) -> None:
        asyncio.set_event_loop(_event_loop())
        self._mangum = Mangum(app, lifespan="off", text_mime_types=TEXT_TYPES, custom_handlers=[HttpApi])

    def __call__(self, event: dict[str, Any], context: Any) -> dict[str, Any]:
        if not isinstance(event, dict) or "requestContext" not in event:
            return _no_request()
        # Mangum asks for the current loop, and a plot that called `asyncio.run` has left none.
        asyncio.set_event_loop(_event_loop())
        try:
            answer: dict[str, Any] = self._mangum(event, context)
        except Exception:
            # The app answers what fails within it, so it is the event that cannot be read.
            logger.exception("The event is no request")
            return _no_request()
        return answer


def _no_request() -> dict[str, Any]:
    # The event may be a schedule's, which keeps a function warm: an exception would raise its alarm.
    headers = {"content-type": "application/problem+json"}
    return {"statusCode": 400, "headers": headers, "body": json.dumps(NO_REQUEST), "isBase64Encoded": False}


@cache
def _event_loop() -> asyncio.AbstractEventLoop:
    return asyncio.new_event_loop()
