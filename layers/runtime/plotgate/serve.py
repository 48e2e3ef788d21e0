"""A `draw` function as a Lambda handler."""

import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from fastapi import Request, Response

from plotgate.data.table import Table
from plotgate.errors import PlotgateError
from plotgate.figure.theme import module_style
from plotgate.http.access import admitted
from plotgate.http.answers import picture_answer
from plotgate.http.conditional import held_tags
from plotgate.http.endpoint import application
from plotgate.http.events import Adapter
from plotgate.pictures.code import code_in
from plotgate.pictures.store import Store
from plotgate.url.plot import Plot
from plotgate.url.request import read_request
from plotgate.url.time_range import current_time

if TYPE_CHECKING:
    from matplotlib.figure import Figure


def serve(
    draw: Callable[..., "Figure"], *, data: Table | Sequence[Table] = (), max_age: int | None = None
) -> "Handler":
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
        TypeError: the signature cannot be said in a URL, or a default breaks a rule of its own.
    """
    # Of the file that calls: `draw` may be in another one.
    file = sys._getframe(1).f_globals.get("__file__")
    tables = (data,) if isinstance(data, Table) else tuple(data)
    return Handler(Plot(draw, tables, max_age, Path(file).parent if file else None, module_style(draw)))


class Handler(Adapter):
    """A Lambda handler that answers with a plot's picture: not modified, kept, drawn, stale, or an error."""

    def __init__(self, plot: Plot) -> None:
        self.plot = plot
        self.store = Store()
        code_in(plot.folder)  # the files as they are imported, not as they are at the first request
        # template.yaml alone knows the folder of a plot's URL; `:path` lets a value hold a slash.
        route = "/{folder:folder}" + plot.path_suffix.replace("}", ":path}")
        super().__init__(application({route: self._answer}))

    def _answer(self, request: Request) -> Response:
        query = admitted(request)  # before anything else: who may not see the plot learns nothing of it
        path = dict(request.path_params)
        folder = "/" + path.pop("folder")
        asked = read_request(self.plot, folder, path, query, current_time())
        found = self.store.find(asked, held_tags(request.headers.getlist("if-none-match")))
        request.state.found = found  # for the log
        return picture_answer(request, found)


def serve_error(error: PlotgateError) -> Adapter:
    """The Lambda handler that answers every request with `error`, in a form that the client can show."""

    def answer(request: Request) -> Response:
        raise error

    return Adapter(application({"/{path:path}": answer}))
