"""How letters are drawn: each is rendered once, and those of a text are laid on the canvas together."""

import math
import os
from collections.abc import Callable, Hashable, Iterable, Sequence
from functools import lru_cache
from threading import get_ident
from typing import Any, NamedTuple

from plotgate.figure.acceleration.fonts import in_force, properties

MOST_RUNS = 1024  # texts with their glyphs
MOST_RENDERED = 4096  # glyphs, of some hundred bytes each
MOST_IMAGES = 512  # of texts, and
LARGEST_IMAGE = 0x8000  # pixels, which are bytes: larger ones are laid on the canvas glyph by glyph
FARTHEST = 0x1000000  # pixels from the canvas's corner: FreeType fails on what is still farther away
LAST_RESORT = "LastResortHE-Regular.ttf"  # the font of boxes for letters that no other has


class Image(NamedTuple):
    """How much of each pixel ink covers, and where: pixels to the right of and above an origin."""

    pixels: Any
    left: int
    top: int


def with_runs_kept(draw_text: Callable[..., None]) -> Callable[..., None]:
    """Look up the glyphs of a text and their places once."""
    from matplotlib.backends import backend_agg

    hinting_flag: Callable[[], Any] = backend_agg.get_hinting_flag
    fonts_in_force = in_force()
    runs: dict[tuple[Hashable, ...], Sequence[Any]] = {}
    os.register_at_fork(after_in_child=runs.clear)  # a font may not be used in another process, or thread

    def draw(
        self: Any, gc: Any, x: float, y: float, s: str, prop: Any, angle: float, ismath: Any = False, mtext: Any = None
    ) -> None:
        if ismath or (mtext is not None and (mtext.get_fontfeatures() or mtext.get_language())):
            draw_text(self, gc, x, y, s, prop, angle, ismath=ismath, mtext=mtext)
            return
        key = (get_ident(), fonts_in_force.number(), s, self.dpi, properties(prop))
        run = runs.get(key)
        if run is None:
            items = self._prepare_font(prop)._layout(s, flags=hinting_flag())
            size = prop.get_size_in_points()
            run = tuple((item.ft_object, size, item.glyph_index, 0, 1, item.x, item.y) for item in items)
            if not any(index == 0 or str(font.fname).endswith(LAST_RESORT) for font, _, index, *_ in run):
                if len(runs) >= MOST_RUNS:
                    runs.clear()
                runs[key] = run  # what has no glyph is said each time that it is drawn
        self._draw_text_glyphs_and_boxes(gc, x, y, angle, run, ())

    return draw


def with_glyphs_kept(draw_glyphs_and_boxes: Callable[..., None]) -> Callable[..., None]:
    """Render a glyph once, and lay those of a text on the canvas as one image."""
    import numpy as np
    from matplotlib.backends import backend_agg
    from matplotlib.ft2font import RenderMode

    hinting_flag: Callable[[], Any] = backend_agg.get_hinting_flag

    @lru_cache(64)
    def matrix(cos: float, sin: float, slant: float, extend: float) -> Any:
        turned = 0x10000 * np.array([[cos, -sin], [sin, cos]]) @ [[extend, extend * slant], [0, 1]]
        return turned.round().astype(int)

    @lru_cache(MOST_RENDERED)
    def rendered(glyph: tuple[Any, ...], turn: tuple[float, float], style: tuple[Any, ...], *origin: int) -> Image:
        font, size, index, slant, extend = glyph
        dpi, hinting, smooth = style
        font.set_size(size, dpi)
        font._set_transform(matrix(*turn, slant, extend), origin)
        bitmap = font._render_glyph(index, hinting, RenderMode.NORMAL if smooth else RenderMode.MONO)
        return Image(np.array(bitmap.buffer) * (1 if smooth else 0xFF), bitmap.left, bitmap.top)

    @lru_cache(MOST_IMAGES)
    def images(placed: tuple[Any, ...], turn: tuple[float, float], style: tuple[Any, ...]) -> list[Image]:
        glyphs = []
        for glyph, right, up in placed:
            pixels, left, top = rendered(glyph, turn, style, right % 0x40, up % 0x40)
            if pixels.size:
                glyphs.append(Image(pixels, left + right // 0x40, top + up // 0x40))
        return _together(glyphs)

    def draw(self: Any, gc: Any, x: float, y: float, angle: float, glyphs: Iterable[Any], boxes: Iterable[Any]) -> None:
        turn = cos, sin = math.cos(math.radians(angle)), math.sin(math.radians(angle))
        bottom, placed = self.height - y, []
        first_right, first_up = math.floor(x), math.floor(bottom)  # a whole pixel moves an image as it is
        for font, size, index, slant, extend, right, up in glyphs:
            # In FreeType's units, of which a pixel has 64.
            at_right = round(0x40 * (x + right * cos - up * sin)) - 0x40 * first_right
            at_up = round(0x40 * (bottom + right * sin + up * cos)) - 0x40 * first_up
            placed.append(((font, size, index, slant, extend), at_right, at_up))
        if placed and max(abs(first_right), abs(first_up)) < FARTHEST:
            style = (self.dpi, hinting_flag(), bool(gc.get_antialiased()))
            for pixels, left, top in images(tuple(placed), turn, style):
                low = int(self.height) - (first_up + top) + pixels.shape[0]
                self._renderer.draw_text_image(pixels, first_right + left, low, 0, gc)
        if boxes := list(boxes):
            draw_glyphs_and_boxes(self, gc, x, y, angle, (), boxes)

    return draw


def _together(glyphs: Sequence[Image]) -> list[Image]:
    """As few images as draw the same: ink that lies upon ink is in a later one, for it is blended with what is there.

    Glyph by glyph where they are few on a large area.
    """
    import numpy as np

    if not glyphs:
        return []
    left, top = min(glyph.left for glyph in glyphs), max(glyph.top for glyph in glyphs)
    width = max(glyph.left + glyph.pixels.shape[1] for glyph in glyphs) - left
    height = top - min(glyph.top - glyph.pixels.shape[0] for glyph in glyphs)
    if width * height > LARGEST_IMAGE:
        return list(glyphs)
    taken = np.zeros((height, width), int)  # by how many images, of each pixel
    layers: list[Any] = []
    for glyph in glyphs:
        rows, columns = glyph.pixels.shape
        part = slice(top - glyph.top, top - glyph.top + rows), slice(glyph.left - left, glyph.left - left + columns)
        ink = glyph.pixels != 0
        number = int(np.max(taken[part], where=ink, initial=0))
        if number == len(layers):
            layers.append(np.zeros((height, width), np.uint8))
        np.copyto(layers[number][part], glyph.pixels, where=ink)
        taken[part][ink] = number + 1
    return [Image(layer, left, top) for layer in layers]
