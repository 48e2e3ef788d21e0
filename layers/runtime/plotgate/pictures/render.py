"""A request's picture: drawn, laid out for the size asked for, and encoded."""

import json
import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING

from plotgate.figure.draw import drawn
from plotgate.timing import timed
from plotgate.url.plot import Plot
from plotgate.url.request import PictureRequest
from plotgate.url.view import MEDIA_TYPES, Size
from plotgate.version import VERSION

if TYPE_CHECKING:
    from matplotlib.figure import Figure

logger = logging.getLogger("plotgate")

SOFTWARE = f"plotgate {VERSION}"
LIBRARIES = ("matplotlib", "numpy", "pandas", "seaborn")  # whose versions a description tells


@dataclass(frozen=True)
class Picture:
    """The answer to a request, whole: what is needed to send it, now or again."""

    body: bytes
    media_type: str
    width: int  # CSS pixels
    height: int  # CSS pixels
    alt: str


def make_picture(request: PictureRequest) -> Picture:
    """Draw and encode what `request` asks for.

    Raises:
        ParameterError: the size asked for is too large.
        Exception: whatever `draw` raises.
    """
    data_version = request.plot.data_version()  # before the data is read: what is newer is drawn again
    with drawn(request.plot.draw, request.arguments, request.view.theme) as figure:
        with timed("import"):
            from plotgate.figure import dark, encoding, layout
            from plotgate.figure.reading import alt_text, csv_table
            from plotgate.figure.reading import panels as contents

        with timed("draw"):
            size = layout.picture_size(figure, request.view)
            try:
                panels = contents.read_contents(figure)  # before the layout leaves tick labels out
                words = alt_text.alt_text(panels, figure.get_suptitle() or request.plot.title)
            except Exception:
                if request.view.format == "csv":
                    raise
                # A picture whose artists nobody has foreseen is better than none.
                logger.exception("The contents of %s could not be read", request.folder)
                words = request.plot.title
            alt = _own_words(figure, request.plot) or words
        if request.view.format in ("json", "csv"):
            text = (
                csv_table.as_csv(panels)
                if request.view.format == "csv"
                else _description(request, size, alt, data_version)
            )
            return Picture(text.encode(), MEDIA_TYPES[request.view.format], size.width, size.height, alt)
        with timed("draw"):
            layout.lay_out(figure, size)
            if request.view.theme == "dark":
                dark.darken(figure)
        with timed("encode"):
            provenance = encoding.Provenance(
                title=request.plot.title,
                description=alt,
                source=request.canonical_url,
                software=SOFTWARE,
                data_version=data_version,
            )
            body = encoding.encode(figure, request.view.format, size, provenance)
    return Picture(body, MEDIA_TYPES[request.view.format], size.width, size.height, alt)


def _own_words(figure: "Figure", plot: Plot) -> str:
    """The alt text that the author gave: the figure's label, or else the docstring of `draw`."""
    label = str(figure.get_label())
    return label if " " in label.strip() else plot.alt


def _description(request: PictureRequest, size: Size, alt: str, data_version: str) -> str:
    from importlib.metadata import version  # takes as long as a twentieth of a plot's other imports

    plot = request.plot
    described = {
        "title": plot.title,
        "description": plot.description,
        "alt": alt,
        "url": request.canonical_url,
        "parameters": request.parameters.model_dump(mode="json"),
        "width": size.width,
        "height": size.height,
        "data_version": data_version or None,
        "versions": {"plotgate": VERSION, **{name: version(name) for name in LIBRARIES}},
    }
    return json.dumps(described, ensure_ascii=False, allow_nan=False, indent=2) + "\n"
