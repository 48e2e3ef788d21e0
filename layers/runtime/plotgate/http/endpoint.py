"""An ASGI app whose every answer, whatever goes wrong, is one that the client can show."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from time import perf_counter

from fastapi import FastAPI, Request, Response
from starlette.convertors import PathConvertor, register_url_convertor

from plotgate.errors import InternalError, MethodNotAllowedError, NotFoundError, PlotgateError
from plotgate.http.answers import error_answer
from plotgate.http.request_log import log_request
from plotgate.timing import answer_timed

logger = logging.getLogger("plotgate")


class Folder(PathConvertor):
    """The shortest beginning of a path after which the rest fits, for a value may hold what begins it."""

    regex = ".*?"


register_url_convertor("folder", Folder())

Answer = Callable[[Request], Response]


def application(routes: dict[str, Answer]) -> FastAPI:
    """The app that answers GET and HEAD at each path of `routes`."""
    app = FastAPI(openapi_url=None, redirect_slashes=False)
    for path, answer in routes.items():
        # Not add_api_route: there is nothing to inject, and what it would need for that takes time to import.
        app.add_route(path, _endpoint(answer), methods=["GET", "HEAD"])
    app.add_exception_handler(404, _not_found)
    app.add_exception_handler(405, _method_not_allowed)
    return app


def _endpoint(answer: Answer) -> Callable[[Request], Awaitable[Response]]:
    # `async`, though drawing blocks: an execution environment serves one request at a time; a thread would cost 2 ms.
    async def endpoint(request: Request) -> Response:
        started = perf_counter()
        with answer_timed(), _no_running_loop():
            try:
                response = answer(request)
            except PlotgateError as error:
                response = error_answer(request, error)
            except BaseException:
                # The reason is for the log alone: it may hold paths or data.
                logger.exception("%s failed", request.url.path)
                response = error_answer(request, InternalError("The request failed; the log has the reason."))
            log_request(request, response, started)
        return _without_body_for_head(request, response)

    return endpoint


@contextmanager
def _no_running_loop() -> Iterator[None]:
    """Let a plot call `asyncio.run`, which refuses to run within a running loop such as that of this answer."""
    running = asyncio.get_running_loop()
    asyncio._set_running_loop(None)
    try:
        yield
    finally:
        asyncio._set_running_loop(running)


async def _not_found(request: Request, error: Exception) -> Response:
    return _without_body_for_head(request, error_answer(request, NotFoundError("No plot has this path.")))


async def _method_not_allowed(request: Request, error: Exception) -> Response:
    refused = MethodNotAllowedError(f"The method must be GET or HEAD, not {request.method}.")
    response = error_answer(request, refused)
    response.headers["Allow"] = "GET, HEAD"
    return response


def _without_body_for_head(request: Request, response: Response) -> Response:
    # A server drops the body of an answer to HEAD by itself; API gateway hands on what the function returned.
    if request.method == "HEAD":
        response.body = b""  # Content-Length stays that of GET
    return response
