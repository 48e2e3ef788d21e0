"""An error as a picture of the size asked for, drawn without matplotlib: a plot's own imports may be what failed."""

import io
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from html import escape
from typing import TYPE_CHECKING, Literal

from plotgate.colours import THEMES, Colours
from plotgate.errors import PlotgateError
from plotgate.http.fonts import font
from plotgate.url.formats import PNG, SVG
from plotgate.url.view import Size, Theme

if TYPE_CHECKING:
    from PIL.ImageDraw import ImageDraw

LARGEST, SMALLEST = 16, 9  # font sizes in CSS pixels
LINE = 1.35  # a line's height, in font sizes
BAR = 4  # the width in CSS pixels of the bar on the left
ROLES = ("title", "detail", "code")
SHADES = 64  # from the paper's colour to a role's: they smooth its letters

# Widths of bold letters of DejaVu Sans and Verdana, in font sizes, rounded up; any other letter has the last.
WIDTHS = (
    ("abcdefghknopqsuvxyz0123456789$_`*?", 0.73),
    ("ijlrtf IJ.,:;!'|/\\-()[]\"", 0.5),
    ("ABCDEFGHKLNOPQRSTUVXYZ&{}", 0.87),
)
WIDEST = 1.25

Advance = Callable[[str], float]  # the width in CSS pixels of a letter
Measure = Callable[[int, bool], Advance]  # of the letters of a font size, bold or not


@dataclass(frozen=True)
class Line:
    """A line of text in CSS pixels; `y` is its baseline."""

    text: str
    x: float
    y: float
    font_size: float
    role: Literal["title", "detail", "code"]


def error_picture(error: PlotgateError, form: Literal["svg", "png"], theme: Theme, size: Size) -> tuple[bytes, str]:
    """The picture of `error` and its media type.

    It is SVG, too, where Pillow is missing or broken, which comes with the scientific layer.
    """
    if form == "png":
        try:
            import PIL.Image
            import PIL.ImageFont  # noqa: F401 - whether they can be
        except ImportError:
            form = "svg"
    if form == "png":
        return _png(_lines(error, size, _measured), THEMES[theme], size), PNG
    return _svg(_lines(error, size, _guessed), THEMES[theme], size), SVG


def _lines(error: PlotgateError, size: Size, measure: Measure) -> list[Line]:
    """The text, in the largest font in which all of it fits, and cut where none does."""
    margin = max(10.0, min(size.width, size.height) / 16)
    width, height = size.width - 2 * margin, size.height - 2 * margin
    largest = int(max(SMALLEST, min(LARGEST, size.width / 17, size.height / 8)))
    for font_size in range(largest, SMALLEST - 1, -1):
        title = _wrapped(error.title, width, measure(font_size, True))
        detail = _wrapped(error.detail, width, measure(font_size, False))
        room = int(height / (font_size * LINE) - 1.6)  # the code below has a line and half of its own
        if len(title) + len(detail) <= room:
            break
    texts: list[tuple[str, Literal["title", "detail"]]] = [(text, "title") for text in title]
    texts += [(text, "detail") for text in detail]
    if len(texts) > room:
        last, role = texts[room - 1]
        advance = measure(font_size, role == "title")
        while last and _width(f"{last}…", advance) > width:
            last = last[:-1]
        texts = [*texts[: room - 1], (f"{last}…", role)]
    block = (len(texts) + 1.6) * font_size * LINE
    y = margin + max(0, (height - block) / 2.4) + font_size
    lines = [
        Line(text, margin, y + index * font_size * LINE, font_size, role) for index, (text, role) in enumerate(texts)
    ]
    code = f"{int(error.status)} {error.code}"
    small = max(SMALLEST, 0.85 * font_size)
    small *= min(1, width / (_width(code, measure(SMALLEST, False)) * small / SMALLEST))
    return [*lines, Line(code, margin, lines[-1].y + 1.6 * font_size * LINE, small, "code")]


def _wrapped(text: str, width: float, advance: Advance) -> list[str]:
    lines, line, used = [], "", 0.0
    for word in text.split():
        length = _width(f" {word}", advance)
        if line and used + length <= width:
            line, used = f"{line} {word}", used + length
            continue
        if line:
            lines.append(line)
        line, used = "", 0.0
        for letter in word:  # a value without blanks is broken where the line ends
            if line and used + advance(letter) > width:
                lines.append(line)
                line, used = "", 0.0
            line, used = line + letter, used + advance(letter)
    return [*lines, line] if line else lines


def _width(text: str, advance: Advance) -> float:
    return sum(map(advance, text))


def _guessed(font_size: int, bold: bool) -> Advance:
    """Needs no font: whoever shows an SVG takes one of their own."""
    scale = font_size * (1 if bold else 0.92)
    return cache(lambda letter: scale * next((width for letters, width in WIDTHS if letter in letters), WIDEST))


def _measured(font_size: int, bold: bool) -> Advance:
    # Hinting rounds each letter to whole pixels: text is widest where pixels are largest, that is at dpr 1.
    hinted, large = font(font_size, bold), font(64, bold)
    return cache(lambda letter: max(hinted.getlength(letter), large.getlength(letter) * font_size / 64))


def _png(lines: list[Line], colours: Colours, size: Size) -> bytes:
    """With a palette: a byte for each pixel is drawn and packed in a quarter of the time of three."""
    from PIL import Image, ImageDraw

    # Each role has its own shades, of which the first is the paper's.
    image = Image.new("L", size.device_pixels)
    canvas = ImageDraw.Draw(image)
    for line in lines:
        top, bottom = line.y - line.font_size, line.y + (LINE - 1) * line.font_size
        canvas.rectangle((0, top * size.dpr, image.width, bottom * size.dpr), fill=SHADES * ROLES.index(line.role))
    for line in lines:
        _write(canvas, line, size)
    canvas.rectangle((0, 0, round(BAR * size.dpr) - 1, image.height), fill=SHADES * len(ROLES))
    image.putpalette(_palette(colours))
    buffer = io.BytesIO()
    image.save(buffer, "PNG")
    return buffer.getvalue()


def _write(canvas: "ImageDraw", line: Line, size: Size) -> None:
    font_size, bold = line.font_size * size.dpr, line.role == "title"
    face = font(font_size, bold)
    # At a dpr between two whole ones hinting may widen the letters.
    width, room = face.getlength(line.text), (size.width - 2 * line.x) * size.dpr
    if width > room:
        face = font(font_size * room / width, bold)
    fill = SHADES * (ROLES.index(line.role) + 1) - 1
    canvas.text((line.x * size.dpr, line.y * size.dpr), line.text, fill=fill, font=face, anchor="ls")


def _inks(colours: Colours) -> dict[str, str]:
    return dict(zip(ROLES, (colours.error_ink, colours.error_soft_ink, colours.error_faint_ink), strict=True))


def _palette(colours: Colours) -> list[int]:
    from PIL.ImageColor import getrgb

    paper = getrgb(colours.error_paper)
    palette = [
        round(low + (high - low) * shade / (SHADES - 1))
        for ink in _inks(colours).values()
        for shade in range(SHADES)
        for low, high in zip(paper, getrgb(ink), strict=True)
    ]
    return [*palette, *getrgb(colours.error)]


def _svg(lines: list[Line], colours: Colours, size: Size) -> bytes:
    inks = _inks(colours)
    texts = "".join(
        f'<text x="{line.x:g}" y="{line.y:g}" font-size="{line.font_size:g}" fill="{inks[line.role]}"'
        f"{' font-weight="bold"' if line.role == 'title' else ''}>{escape(line.text, quote=False)}</text>"
        for line in lines
    )
    said = escape(" ".join(line.text for line in lines), quote=False)
    # As large as the PNG in whose place it is: a `srcset` divides that by its own density.
    width, height = size.device_pixels
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}"'
        f' viewBox="0 0 {size.width} {size.height}" role="img" font-family="DejaVu Sans, Verdana, sans-serif">'
        f'<title>{said}</title><rect width="100%" height="100%" fill="{colours.error_paper}"/>'
        f'<rect width="{BAR}" height="100%" fill="{colours.error}"/>{texts}</svg>'
    ).encode()
