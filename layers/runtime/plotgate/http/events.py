"""An ASGI app as a Lambda handler."""

import asyncio
from functools import cache
from typing import Any
from urllib.parse import quote

from fastapi import FastAPI
from mangum import Mangum

# Sent as they are; all else as base64.
TEXT_TYPES = ["text/", "application/json", "application/problem+json", "image/svg+xml"]


class Adapter:
    """Answers API gateway's events (payloads 1.0 and 2.0), function URLs and ALB with `app`."""

    def __init__(self, app: FastAPI) -> None:
        asyncio.set_event_loop(_event_loop())
        self._mangum = Mangum(app, lifespan="off", text_mime_types=TEXT_TYPES)

    def __call__(self, event: dict[str, Any], context: Any) -> dict[str, Any]:
        # Mangum asks for the current loop, and a plot that called `asyncio.run` has left none.
        asyncio.set_event_loop(_event_loop())
        answer: dict[str, Any] = self._mangum(_with_encoded_path(event), context)
        return answer


def _with_encoded_path(event: dict[str, Any]) -> dict[str, Any]:
    """The event with its path as the client sent it: of all services HTTP API alone decodes it, and Mangum does so too.

    Decoded twice, `%2520` would become a blank.
    """
    context = event.get("requestContext", {})
    if "version" not in event or ".lambda-url." in context.get("domainName", ""):
        return event
    if event["version"] == "2.0":
        http = context["http"]
        return event | {"requestContext": context | {"http": http | {"path": quote(http["path"])}}}
    return event | {"path": quote(event["path"])}


@cache
def _event_loop() -> asyncio.AbstractEventLoop:
    return asyncio.new_event_loop()
