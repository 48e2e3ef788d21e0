"""An error as a picture of the size asked for, drawn without matplotlib: a plot's own imports may be what failed."""

import io
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, partial
from html import escape
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from plotgate.errors import PlotgateError
from plotgate.url.formats import FORMATS, SVG
from plotgate.url.view import FormatName, Size, Theme

if TYPE_CHECKING:
    from PIL.ImageFont import FreeTypeFont

COLOURS: dict[Theme, dict[str, str]] = {
    "light": {"paper": "#fff6f5", "bar": "#c62828", "title": "#1f2430", "detail": "#3c4250", "code": "#646b7a"},
    "dark": {"paper": "#221a1c", "bar": "#ef6f6c", "title": "#f2f4f8", "detail": "#d0d4dc", "code": "#9aa1b0"},
}
LARGEST, SMALLEST = 16.0, 9.0  # font sizes in CSS pixels
LINE = 1.35  # a line's height, in font sizes


class Measure(Protocol):
    """The width in CSS pixels of a text."""

    def __call__(self, text: str, font_size: float, bold: bool) -> float: ...


@dataclass(frozen=True)
class Line:
    """A line of text in CSS pixels; `y` is its baseline."""

    text: str
    x: float
    y: float
    font_size: float
    role: str  # "title", "detail" or "code"


def error_picture(error: PlotgateError, form: FormatName, theme: Theme, size: Size) -> tuple[bytes, str]:
    """The picture of `error` and its media type.

    The format is the one asked for where an `<img>` shows it, and PNG where not. Where Pillow, which comes with the
    scientific layer, is missing or broken, it is SVG, which an `<img>` shows whatever the URL says.
    """
    try:
        import PIL.Image  # noqa: F401 - whether it can be
    except ImportError:
        return _svg(_lines(error, size, _guessed_width), theme, size), SVG
    lines = _lines(error, size, _measured_width)
    if form == "svg":
        return _svg(lines, theme, size), SVG
    raster: FormatName = "webp" if form == "webp" else "png"
    return _raster(lines, theme, size, raster), FORMATS[raster].media_type


def _lines(error: PlotgateError, size: Size, measure: Measure) -> list[Line]:
    """The text, in the largest font in which all of it fits, and cut where none does."""
    margin = max(10.0, min(size.width, size.height) / 16)
    width, height = size.width - 2 * margin, size.height - 2 * margin
    font_size = max(SMALLEST, min(LARGEST, size.width / 17, size.height / 8))
    while True:
        title = _wrapped(error.title, width, partial(measure, font_size=font_size, bold=True))
        detail = _wrapped(error.detail, width, partial(measure, font_size=font_size, bold=False))
        room = int(height / (font_size * LINE) - 1.6)  # the code below has a line and half of its own
        if len(title) + len(detail) <= room or font_size <= SMALLEST:
            break
        font_size = max(SMALLEST, font_size - 0.5)
    texts = [(text, "title") for text in title] + [(text, "detail") for text in detail]
    if len(texts) > room:
        last, role = texts[room - 1]
        while last and measure(f"{last}…", font_size, role == "title") > width:
            last = last[:-1]
        texts = [*texts[: room - 1], (f"{last}…", role)]
    block = (len(texts) + 1.6) * font_size * LINE
    y = margin + max(0, (height - block) / 2.4) + font_size
    lines = [
        Line(text, margin, y + index * font_size * LINE, font_size, role) for index, (text, role) in enumerate(texts)
    ]
    code = f"{int(error.status)} {error.code}"
    small = max(SMALLEST, 0.85 * font_size)
    small = min(small, small * width / measure(code, small, False))
    return [*lines, Line(code, margin, lines[-1].y + 1.6 * font_size * LINE, small, "code")]


def _wrapped(text: str, width: float, measure: Callable[[str], float]) -> list[str]:
    lines, line = [], ""
    for word in text.split():
        while measure(word) > width:  # a value without blanks: broken where the line ends
            head = next(cut for cut in range(len(word), 0, -1) if cut == 1 or measure(word[:cut]) <= width)
            lines += [line, word[:head]] if line else [word[:head]]
            line, word = "", word[head:]
        longer = f"{line} {word}".strip()
        if measure(longer) > width:
            lines, line = [*lines, line], word
        else:
            line = longer
    return [*lines, line] if line else lines


def _guessed_width(text: str, font_size: float, bold: bool) -> float:
    return len(text) * font_size * (0.68 if bold else 0.62)


def _measured_width(text: str, font_size: float, bold: bool) -> float:
    # Hinting rounds each letter to whole pixels: text is widest where pixels are largest, that is at dpr 1.
    return max(font(font_size, bold).getlength(text), font(64, bold).getlength(text) * font_size / 64)


@cache
def font(size: float, bold: bool) -> "FreeTypeFont":
    """The font of what is drawn without matplotlib, `size` in device pixels."""
    from PIL import ImageFont

    # matplotlib ships DejaVu Sans; to find the file does not import it. Pillow's own font knows ASCII only.
    spec = find_spec("matplotlib")
    name = "DejaVuSans-Bold.ttf" if bold else "DejaVuSans.ttf"
    for folder in (spec.submodule_search_locations or []) if spec else []:
        file = Path(folder) / "mpl-data" / "fonts" / "ttf" / name
        if file.exists():
            return ImageFont.truetype(file, size, layout_engine=ImageFont.Layout.BASIC)
    font = ImageFont.load_default(size)
    assert isinstance(font, ImageFont.FreeTypeFont)  # noqa: S101 - what a size brings
    return font


def _raster(lines: list[Line], theme: Theme, size: Size, form: FormatName) -> bytes:
    from PIL import Image, ImageDraw

    colours = COLOURS[theme]
    image = Image.new("RGB", size.device_pixels, colours["paper"])
    canvas = ImageDraw.Draw(image)
    canvas.rectangle((0, 0, round(4 * size.dpr) - 1, image.height), fill=colours["bar"])
    for line in lines:
        place = (line.x * size.dpr, line.y * size.dpr)
        face = font(line.font_size * size.dpr, line.role == "title")
        canvas.text(place, line.text, fill=colours[line.role], font=face, anchor="ls")
    buffer = io.BytesIO()
    image.save(buffer, form.upper(), **({"lossless": True} if form == "webp" else {}))
    return buffer.getvalue()


def _svg(lines: list[Line], theme: Theme, size: Size) -> bytes:
    colours = COLOURS[theme]
    texts = "".join(
        f'<text x="{line.x:g}" y="{line.y:g}" font-size="{line.font_size:g}" fill="{colours[line.role]}"'
        f"{' font-weight="bold"' if line.role == 'title' else ''}>{escape(line.text, quote=False)}</text>"
        for line in lines
    )
    said = escape(" ".join(line.text for line in lines), quote=False)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{size.width}" height="{size.height}"'
        f' viewBox="0 0 {size.width} {size.height}" role="img" font-family="DejaVu Sans, Verdana, sans-serif">'
        f'<title>{said}</title><rect width="100%" height="100%" fill="{colours["paper"]}"/>'
        f'<rect width="4" height="100%" fill="{colours["bar"]}"/>{texts}</svg>'
    ).encode()
