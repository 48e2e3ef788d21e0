"""A `draw` function as a Lambda handler: FastAPI behind Mangum."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from fastapi import FastAPI, Request, Response

from plotgate.data.source import DataError
from plotgate.data.table import Table
from plotgate.errors import MethodNotAllowedError, NotFoundError, PlotgateError
from plotgate.http.age_mark import badged
from plotgate.http.events import Adapter
from plotgate.http.responses import (
    cached,
    error_response,
    not_modified_response,
    picture_response,
    stale,
    without_body_for_head,
)
from plotgate.pictures.entity_tag import entity_tag, is_named
from plotgate.pictures.store import Pictures
from plotgate.timing import answer_timed
from plotgate.url.plot import Plot
from plotgate.url.request import PictureRequest, read_request

if TYPE_CHECKING:
    from matplotlib.figure import Figure


class Handler(Adapter):
    """A Lambda handler that answers with a plot's picture."""

    def __init__(self, plot: Plot) -> None:
        self.plot = plot
        super().__init__(_application(plot))


def serve(draw: Callable[..., "Figure"], *, data: Table | Sequence[Table] = (), max_age: int | None = None) -> Handler:
    """The Lambda handler of a plot; `draw` itself stays an ordinary function.

    The signature of `draw` declares the URL: a parameter with a default is a query parameter, one without
    is part of the path as `/name/{name}`. Types, bounds, choices and descriptions are said as Pydantic users
    say them, `Annotated[float, Field(gt=0, le=1, description="…")]`.

    Args:
        draw: returns the figure.
        data: the tables that `draw` reads; a picture is drawn again when they change.
        max_age: for how many seconds browsers and CDNs may show a picture without asking whether it is still the
            newest. By default a minute where a table is elsewhere than in a file of the plot's, and else an hour.

    Raises:
        TypeError: the signature cannot be said in a URL.
    """
    return Handler(Plot(draw, (data,) if isinstance(data, Table) else tuple(data), max_age))


def serve_error(error: PlotgateError) -> Adapter:
    """The Lambda handler that answers every request with `error`, in a form that the client can show."""
    app = FastAPI(openapi_url=None)

    async def answer(request: Request) -> Response:
        return await _problem(request, error)

    app.add_route("/{path:path}", answer, methods=["GET", "HEAD"])
    return Adapter(app)


def _application(plot: Plot) -> FastAPI:
    pictures = Pictures()
    app = FastAPI(title=plot.title, openapi_url=None, redirect_slashes=False)

    async def answer(request: Request) -> Response:
        # `async`, though drawing blocks: an environment serves one request at a time, and a thread would cost 2 ms.
        path = {name: value for name, value in request.path_params.items() if name != "folder"}
        folder = "/" + request.path_params["folder"]
        with answer_timed():
            asked = read_request(plot, folder, path, request.query_params.multi_items())
            response = _response(pictures, asked, request.headers.getlist("if-none-match"))
            return without_body_for_head(request, response)

    # template.yaml alone knows the folder of a plot's URL; `:path` lets a value hold a slash.
    route = "/{folder:path}" + plot.path_suffix.replace("}", ":path}")
    # Not add_api_route: there is nothing to inject, and what it would need for that takes time to import.
    app.add_route(route, answer, methods=["GET", "HEAD"])
    app.add_exception_handler(404, _not_found)
    app.add_exception_handler(405, _method_not_allowed)
    app.add_exception_handler(PlotgateError, _problem)
    return app


def _response(pictures: Pictures, asked: PictureRequest, if_none_match: list[str]) -> Response:
    try:
        tag = entity_tag(asked)
        picture = pictures.current(asked, tag)
        if is_named(tag, if_none_match):
            return not_modified_response(asked, tag)
        if picture is None:
            picture, drawn_tag = pictures.drawn(asked, tag)
            return cached(picture_response(asked, picture), asked, drawn_tag)
        return cached(picture_response(asked, picture), asked, tag)
    except DataError:
        last_good = pictures.last_good(asked)
        if last_good is None:
            raise
        picture, age = last_good
        return stale(picture_response(asked, badged(picture, asked.view, age)), age)


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
