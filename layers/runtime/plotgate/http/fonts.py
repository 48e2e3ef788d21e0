"""Fonts of what is drawn without matplotlib: the error card, and the mark of a picture's age."""

from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.ImageFont import FreeTypeFont


def font(size: float, bold: bool) -> "FreeTypeFont":
    """DejaVu Sans, `size` in device pixels; where matplotlib is not installed, Pillow's own font, which knows ASCII.

    Nothing keeps it: a URL chooses the size, and a font takes 0.3 MB and a tenth of a millisecond.
    """
    from PIL import ImageFont

    if file := _file(bold):
        return ImageFont.truetype(file, size, layout_engine=ImageFont.Layout.BASIC)
    font = ImageFont.load_default(size)
    assert isinstance(font, ImageFont.FreeTypeFont)  # noqa: S101 - what a size brings
    return font


@cache
def _file(bold: bool) -> Path | None:
    # matplotlib ships the font; to find the file does not import it.
    spec = find_spec("matplotlib")
    name = "DejaVuSans-Bold.ttf" if bold else "DejaVuSans.ttf"
    files = (
        Path(folder, "mpl-data", "fonts", "ttf", name)
        for folder in (spec.submodule_search_locations or [] if spec else [])
    )
    return next((file for file in files if file.exists()), None)
