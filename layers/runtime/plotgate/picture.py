"""A request's picture: drawn, laid out for the size asked for, and encoded."""

from dataclasses import dataclass

from plotgate.drawing import drawn
from plotgate.request import PictureRequest
from plotgate.timing import timed
from plotgate.version import VERSION
from plotgate.view import MEDIA_TYPES


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
    with drawn(request.plot.draw, request.arguments, request.view.theme) as figure:
        with timed("import"):
            from plotgate import darkening, encoding, layout

        with timed("draw"):
            size = layout.picture_size(figure, request.view)
            alt = request.plot.title
            layout.lay_out(figure, size)
            if request.view.theme == "dark":
                darkening.darken(figure)
        with timed("encode"):
            provenance = encoding.Provenance(
                title=request.plot.title,
                description=alt,
                source=request.canonical_url,
                software=f"plotgate {VERSION}",
            )
            body = encoding.encode(figure, request.view.format, size, provenance)
    return Picture(body, MEDIA_TYPES[request.view.format], size.width, size.height, alt)
