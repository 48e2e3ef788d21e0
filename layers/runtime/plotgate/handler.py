"""A `draw` function as a Lambda handler: FastAPI behind Mangum."""

import logging
from collections.abc import Callable
from typing import TYPE_CHECKING

from fastapi import FastAPI, Request, Response

from plotgate.adapter import Adapter
from plotgate.errors import DrawError, MethodNotAllowedError, NotFoundError, PlotgateError
from plotgate.picture import Picture, make_picture
from plotgate.plot import Plot
from plotgate.request import PictureRequest, read_request
from plotgate.responses import error_response, picture_response, without_body_for_head
from plotgate.timing import answer_timed

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

    async def answer(request: Request) -> Response:
        # `async`, though drawing blocks: an environment serves one request at a time, and a thread would cost 2 ms.
        path = {name: value for name, value in request.path_params.items() if name != "folder"}
        folder = "/" + request.path_params["folder"]
        with answer_timed():
            asked = read_request(plot, folder, path, request.query_params.multi_items())
            picture = _drawn(asked)
            return without_body_for_head(request, picture_response(asked, picture))

    # template.yaml alone knows the folder of a plot's URL; `:path` lets a value hold a slash.
    route = "/{folder:path}" + plot.path_suffix.replace("}", ":path}")
    app.add_api_route(route, answer, methods=["GET", "HEAD"], response_class=Response)
    app.add_exception_handler(404, _not_found)
    app.add_exception_handler(405, _method_not_allowed)
    app.add_exception_handler(PlotgateError, _problem)
    return app


def _drawn(asked: PictureRequest) -> Picture:
    try:
        return make_picture(asked)
    except PlotgateError:
        raise
    except Exception as error:
        # The reason is for the log alone: it may hold paths or data.
        logger.exception("%s failed with %r", asked.folder, asked.arguments)
        raise DrawError("The plot failed while it was drawn; the log has the reason.") from error


async def _not_found(request: Request, error: Exception) -> Response:
    return await _problem(request, NotFoundError("No plot has this path."))


async def _method_not_allowed(request: Request, error: Exception) -> Response:
    response = await _problem(request, MethodNotAllowedError(f"The method must be GET or HEAD, not {request.method}."))
    response.headers["Allow"] = "GET, HEAD"
    return response


async def _problem(request: Request, error: Exception) -> Response:
    if not isinstance(error, PlotgateError):  # Starlette's type of a handler is wider than what it is registered for
        raise error
    return without_body_for_head(request, error_response(request, error))
