"""Pictures without HTTP."""

import io
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

from matplotlib.figure import Figure
from PIL import Image

from plotgate.figure.dark import darken
from plotgate.figure.draw import drawn
from plotgate.figure.layout import lay_out, picture_size
from plotgate.pictures.identity import identify
from plotgate.pictures.render import Picture, render
from plotgate.url.plot import Plot
from plotgate.url.request import PictureRequest, read_request


def picture(draw: Callable[..., Figure], path: Mapping[str, str] | None = None, **query: Any) -> Picture:
    """What the URL of a plot with this `draw` shows."""
    return render(identify(_request(draw, path, query)))


@contextmanager
def laid_out(draw: Callable[..., Figure], path: Mapping[str, str] | None = None, **query: Any) -> Iterator[Figure]:
    """The figure of which `picture` is made."""
    request = _request(draw, path, query)
    with drawn(draw, request.arguments, request.view.theme) as figure:
        lay_out(figure, picture_size(figure, request.view))
        if request.view.theme == "dark":
            darken(figure)
        yield figure


def opened(found: Picture) -> Image.Image:
    return Image.open(io.BytesIO(found.body))


def _request(draw: Callable[..., Figure], path: Mapping[str, str] | None, query: Mapping[str, Any]) -> PictureRequest:
    texts = [(name, str(value)) for name, value in query.items()]
    return read_request(Plot(draw), "/plots/some/plot", path or {}, texts, datetime.now(UTC))
