"""Figures as pixels, and pixels as files that Pillow writes."""

import io
from collections.abc import Buffer, Mapping
from typing import Any

import numpy as np
from matplotlib.figure import Figure
from PIL import Image

from plotgate.figure.png import Pixels


class Canvas(io.BytesIO):
    """What matplotlib writes a canvas into; `pixels` are the renderer's own, for a copy takes time and memory."""

    pixels: Pixels

    def write(self, buffer: Buffer) -> int:
        self.pixels = np.asarray(memoryview(buffer), dtype=np.uint8)
        return self.pixels.nbytes


def pixels(figure: Figure, dpr: float) -> Pixels:
    """What `figure` looks like with `dpr` times its dots per inch, until it is drawn anew."""
    canvas = Canvas()
    figure.savefig(canvas, format="rgba", dpi=figure.dpi * dpr)
    return canvas.pixels


def saved(pixels: Pixels, pillow: Mapping[str, Any], xmp: bytes) -> bytes:
    """A file of `pixels` that says `xmp` of itself, as Pillow makes it when it is told `pillow`."""
    buffer = io.BytesIO()
    Image.fromarray(pixels).save(buffer, xmp=xmp, **pillow)  # WebP leaves an alpha out that is 255 everywhere
    return buffer.getvalue()
