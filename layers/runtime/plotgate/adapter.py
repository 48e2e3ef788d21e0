"""An ASGI app as a Lambda handler."""

import asyncio
from functools import cache
from typing import Any

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
        answer: dict[str, Any] = self._mangum(event, context)
        return answer


@cache
def _event_loop() -> asyncio.AbstractEventLoop:
    return asyncio.new_event_loop()
