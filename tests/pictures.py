"""Pictures without HTTP."""

import io
from collections.abc import Callable, Mapping
from typing import Any

from matplotlib.figure import Figure
from PIL import Image

from plotgate.picture import Picture, make_picture
from plotgate.plot import Plot
from plotgate.request import read_request


def picture(draw: Callable[..., Figure], path: Mapping[str, str] | None = None, **query: Any) -> Picture:
    """What the URL of a plot with this `draw` shows."""
    values = [(name, str(value)) for name, value in query.items()]
    return make_picture(read_request(Plot(draw), "/plots/some/plot", path or {}, values))


def opened(found: Picture) -> Image.Image:
    return Image.open(io.BytesIO(found.body))
