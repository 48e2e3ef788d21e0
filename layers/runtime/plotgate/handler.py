"""A `draw` function as a Lambda handler: FastAPI behind Mangum."""

import logging
from collections.abc import Callable
from typing import TYPE_CHECKING

from fastapi import FastAPI, Request, Response
from fastapi.responses import JSONResponse

from plotgate.adapter import Adapter
from plotgate.drawing import draw_png
from plotgate.errors import DrawError, MethodNotAllowedError, NotFoundError, PlotgateError
from plotgate.parameters import read_parameters
from plotgate.plot import Plot

if TYPE_CHECKING:
    from matplotlib.figure import Figure

logger = logging.getLogger("plotgate")


class Handler(Adapter):
    """A Lambda handler that answers with a plot's picture."""

    def __init__(self, plot: Plot) -> None:
        self.plot = plot
        super().__init__(_application(plot))


def serve(draw: Callable[..., "Figure"]) -> Handler:
    """The Lambda handler of a plot; `draw` itself stays an ordinary function.

    The signature of `draw` declares the URL: a parameter with a default is a query parameter, one without
    is part of the path as `/name/{name}`. Types, bounds, choices and descriptions are said as Pydantic users
    say them, `Annotated[float, Field(gt=0, le=1, description="…")]`.

    Raises:
        TypeError: the signature cannot be said in a URL.
    """
    return Handler(Plot(draw))


def _application(plot: Plot) -> FastAPI:
    app = FastAPI(title=plot.title, openapi_url=None, redirect_slashes=False)

    async def picture(request: Request) -> Response:
        # `async`, though drawing blocks: an environment serves one request at a time, and a thread would cost 2 ms.
        path = {name: value for name, value in request.path_params.items() if name != "folder"}
        arguments = read_parameters(plot.parameters, path, request.query_params.multi_items())
        try:
            png = draw_png(plot.draw, arguments)
        except Exception as error:
            # The reason is for the log alone: it may hold paths or data.
            logger.exception("%s failed with %r", request.url.path, arguments)
            raise DrawError("The plot failed while it was drawn; the log has the reason.") from error
        return _without_body_for_head(request, Response(png, media_type="image/png"))

    # template.yaml alone knows the folder of a plot's URL; `:path` lets a value hold a slash.
    route = "/{folder:path}" + plot.path_suffix.replace("}", ":path}")
    app.add_api_route(route, picture, methods=["GET", "HEAD"], response_class=Response)
    app.add_exception_handler(404, _not_found)
    app.add_exception_handler(405, _method_not_allowed)
    app.add_exception_handler(PlotgateError, _problem)
    return app


def _without_body_for_head(request: Request, response: Response) -> Response:
    # A server drops the body of an answer to HEAD by itself; API gateway hands on what the function returned.
    if request.method == "HEAD":
        response.body = b""  # Content-Length stays that of GET
    return response


async def _not_found(request: Request, error: Exception) -> Response:
    return await _problem(request, NotFoundError("No plot has this path."))


async def _method_not_allowed(request: Request, error: Exception) -> Response:
    response = await _problem(request, MethodNotAllowedError(f"The method must be GET or HEAD, not {request.method}."))
    response.headers["Allow"] = "GET, HEAD"
    return response


async def _problem(request: Request, error: Exception) -> Response:
    if not isinstance(error, PlotgateError):  # Starlette's type of a handler is wider than what it is registered for
        raise error
    response = JSONResponse(
        error.body(), error.status, headers={"Cache-Control": "no-store"}, media_type="application/problem+json"
    )
    return _without_body_for_head(request, response)
