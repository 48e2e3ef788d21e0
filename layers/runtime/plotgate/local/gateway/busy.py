"""The answer to a request that finds the queue full."""

from collections.abc import MutableMapping
from http import HTTPStatus
from typing import Any

from fastapi import Request

from plotgate.errors import PlotgateError
from plotgate.http.answers import error_answer
from plotgate.local.gateway.payload import Response


class BusyError(PlotgateError):
    """More is asked for at once than can be drawn."""

    status = HTTPStatus.TOO_MANY_REQUESTS
    code = "too_many_requests"
    title = "Too many pictures are asked for"
    retry_after = 2  # seconds: the queue is shorter by then


def busy(scope: MutableMapping[str, Any]) -> Response:
    """429 in a form that the client can show, as with all errors of a plot; nobody may keep it."""
    made = error_answer(Request(dict(scope)), BusyError("All processes are drawing; ask again in a moment."))
    return Response(made.status_code, list(made.headers.items()), bytes(made.body))
