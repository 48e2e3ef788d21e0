"""A mark on a stale picture, whose data is unavailable: how old it may be."""

import io
import re
from dataclasses import replace

from plotgate.http.fonts import font
from plotgate.pictures.render import Picture
from plotgate.url.formats import PNG, SVG
from plotgate.url.view import View

PAPER, INK = "#ffefc2", "#5c3d00"  # contrast 9:1, on light and dark pictures alike
FONT_SIZE, PADDING = 11, 3  # CSS pixels


def with_age(picture: Picture, view: View, age: int) -> Picture:
    """`picture` with "14 min old" in the upper right corner, which most plots leave empty; a PDF stays as it is."""
    text = f"{duration(age)} old"
    if picture.form.media_type == SVG:
        return replace(picture, body=_on_svg(picture, text))
    if picture.form.is_raster:
        return replace(picture, body=_on_raster(picture, text, view.dpr))
    return picture


def duration(seconds: int) -> str:
    """`seconds` in the largest unit of which there is at least one: "14 min"."""
    for unit, length in (("days", 2 * 86400), ("h", 3600), ("min", 60)):
        if seconds >= length:
            return f"{seconds // (86400 if unit == 'days' else length)} {unit}"
    return f"{seconds} s"


def _on_raster(picture: Picture, text: str, dpr: float) -> bytes:
    import numpy as np
    from PIL import Image, ImageDraw

    from plotgate.figure.png import encoded

    with Image.open(io.BytesIO(picture.body)) as opened:
        image = opened.convert("RGBA")
        texts = getattr(opened, "text", {})
    canvas = ImageDraw.Draw(image)
    face = font(FONT_SIZE * dpr, False)
    width, height = face.getlength(text) + 2 * PADDING * dpr, (FONT_SIZE + 2 * PADDING) * dpr
    left = image.width - width
    canvas.rectangle((left, 0, image.width, height), fill=PAPER)
    canvas.text((left + width / 2, height / 2), text, fill=INK, font=face, anchor="mm")
    if picture.form.media_type == PNG:
        return encoded(np.asarray(image), texts)
    buffer = io.BytesIO()
    image.save(buffer, **picture.form.pillow)
    return buffer.getvalue()


def _on_svg(picture: Picture, text: str) -> bytes:
    svg = picture.body.decode()
    box = re.search(r'viewBox="([-\d.]+) ([-\d.]+) ([\d.]+) ', svg)
    if box is None:
        return picture.body
    x, y, across = map(float, box.groups())
    scale = across / picture.width  # from CSS pixels to the SVG's own units
    width, height = 6.6 * len(text) + 2 * PADDING, FONT_SIZE + 2 * PADDING
    mark = (
        f'<g transform="translate({x + across - width * scale:g} {y:g}) scale({scale:g})">'
        f'<rect width="{width:g}" height="{height:g}" fill="{PAPER}"/>'
        f'<text x="{width / 2:g}" y="{height / 2 + 4:g}" text-anchor="middle" textLength="{width - 2 * PADDING:g}"'
        f' font-family="DejaVu Sans, Verdana, sans-serif" font-size="{FONT_SIZE}" fill="{INK}">{text}</text></g>'
    )
    head, _, tail = svg.rpartition("</svg>")
    return f"{head}{mark}</svg>{tail}".encode()
