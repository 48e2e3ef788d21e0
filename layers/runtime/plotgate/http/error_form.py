"""Content negotiation of errors: how one is shown to whoever asked."""

from collections.abc import Mapping
from math import sqrt
from typing import Literal

from fastapi import Request
from pydantic import ValidationError

from plotgate.url.formats import FORMATS
from plotgate.url.view import LONGEST_SIDE, MOST_PIXELS, SHORTEST_SIDE, Size, View

# What browsers call the elements that show a picture (Fetch Metadata, Sec-Fetch-Dest).
PICTURE_ELEMENTS = {"image", "object", "embed"}
PAGES = ("text/html", "application/xhtml+xml", "application/json", "application/problem+json")
DEFAULT_SIZE = Size(640, 400)  # of an error picture: the figure's own size is not known


def lenient_view(given: Mapping[str, str]) -> View:
    """The view of a request that may be in error: what is not valid in it has its default."""
    view = View()
    for name in View.model_fields:
        try:
            asked = View.model_validate({name: given[name]})
        except (KeyError, ValidationError):
            continue
        view = view.model_copy(update={name: getattr(asked, name)})
    return view


def error_form(request: Request, view: View) -> Literal["image", "json", "text"]:
    """The form in which whoever sent `request` can show an error.

    An element that shows pictures gets one: browsers show it whatever the status. It is known by Sec-Fetch-Dest or,
    on insecure origins and before Safari 16.4, by an Accept header that prefers pictures to pages.
    """
    if view.errors != "auto":
        return view.errors
    if request.headers.get("sec-fetch-dest", "").lower() in PICTURE_ELEMENTS:
        return "image"
    accepted = _qualities(request.headers.get("accept", ""))
    pictures = max((quality for kind, quality in accepted.items() if kind.startswith("image/")), default=0.0)
    return "image" if pictures > max(accepted.get(page, 0.0) for page in PAGES) else "json"


def picture_form(request: Request) -> Literal["svg", "png"]:
    """The format of an error picture.

    SVG costs least, is sharp at any size, and browsers show it whatever the URL says. PNG is for whoever does not say
    that they show SVG, as mail clients and link previews, and for a URL that names a format of pixels.
    """
    named = request.query_params.get("format", "")
    if named in FORMATS and FORMATS[named].is_raster:
        return "png"
    if named == "svg" or request.headers.get("sec-fetch-dest", "").lower() in PICTURE_ELEMENTS:
        return "svg"
    return "svg" if _qualities(request.headers.get("accept", "")).get("image/svg+xml") else "png"


def error_size(view: View) -> Size:
    """The size of an error picture: as asked for, as far as that is known and can be had."""
    proportions = DEFAULT_SIZE.width / DEFAULT_SIZE.height
    width = view.width or (round(view.height * proportions) if view.height else DEFAULT_SIZE.width)
    height = view.height or round(width / proportions)
    width, height = (min(max(side, SHORTEST_SIDE), LONGEST_SIDE) for side in (width, height))
    # As of a plot, an SVG that was asked for has no device pixels.
    dpr = 1.0 if view.format == "svg" else max(1, min(view.dpr, sqrt(MOST_PIXELS / (width * height))))
    return Size(width, height, dpr)


def _qualities(accept: str) -> dict[str, float]:
    """The media types of an Accept header with their weights (RFC 9110, section 12.5.1); nonsense weighs nothing."""
    weights: dict[str, float] = {}
    for item in accept.lower().split(","):
        kind, *parameters = (part.strip() for part in item.split(";"))
        quality = next((text.removeprefix("q=") for text in parameters if text.startswith("q=")), "1")
        weights[kind] = _weight(quality)
    return weights


def _weight(text: str) -> float:
    try:
        weight = float(text)
    except ValueError:
        return 0
    return weight if 0 <= weight <= 1 else 0
