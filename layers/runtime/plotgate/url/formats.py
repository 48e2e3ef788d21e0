"""The formats of an answer, a row each: `FORMATS` is all that knows which there are."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

PNG, SVG = "image/png", "image/svg+xml"


@dataclass(frozen=True)
class Format:
    """How a plot can be answered with.

    Args:
        media_type: as HTTP names it.
        maker: the function that makes the bytes, as `module:name`; it is imported with the first picture.
        pillow: what Pillow's `Image.save` is told, where it makes the file.
        is_drawn: whether it shows the picture; else it says what is in the picture, which is then not laid out.
        is_text: whether the body is sent as text, and compressed for clients that accept it.
    """

    media_type: str
    maker: str
    pillow: Mapping[str, Any] = MappingProxyType({})
    is_drawn: bool = True
    is_text: bool = False

    @property
    def is_raster(self) -> bool:
        """Whether the picture is made of pixels."""
        return self.media_type.startswith("image/") and not self.is_text


FORMATS: Mapping[str, Format] = MappingProxyType(
    {
        "png": Format(PNG, "plotgate.figure.encoding:png"),
        "svg": Format(SVG, "plotgate.figure.encoding:svg", is_text=True),
        "webp": Format(
            "image/webp",
            "plotgate.figure.encoding:raster",
            {"format": "WEBP", "lossless": True, "method": 2, "quality": 50},
        ),
        "pdf": Format("application/pdf", "plotgate.figure.encoding:pdf"),
        "json": Format("application/json", "plotgate.figure.encoding:description", is_drawn=False, is_text=True),
        "csv": Format("text/csv; charset=utf-8", "plotgate.figure.encoding:table", is_drawn=False, is_text=True),
    }
)
