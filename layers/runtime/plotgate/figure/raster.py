"""Pictures of pixels as files."""

import io
from collections.abc import Mapping

from PIL import Image
from PIL.PngImagePlugin import PngInfo

from plotgate.url.formats import Format


def saved(image: Image.Image, form: Format, texts: Mapping[str, str], xmp: bytes) -> bytes:
    """`image` in a format of pixels; PNG holds `texts`, by the keywords of its specification, all others XMP."""
    buffer = io.BytesIO()
    if form.pillow["format"] == "PNG":
        info = PngInfo()
        for key, text in texts.items():
            info.add_itxt(key, text)
        image.save(buffer, pnginfo=info, **form.pillow)
    else:
        image.save(buffer, xmp=xmp, **form.pillow)
    return buffer.getvalue()
