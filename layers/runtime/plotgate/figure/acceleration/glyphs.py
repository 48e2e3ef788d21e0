"""How letters are drawn."""

import functools
import math
from collections.abc import Callable, Iterable
from typing import Any


def with_one_matrix_a_text(draw_glyphs_and_boxes: Callable[..., None]) -> Callable[..., None]:
    import numpy as np
    from matplotlib.backends import backend_agg
    from matplotlib.ft2font import RenderMode

    hinting_flag: Callable[[], Any] = backend_agg.get_hinting_flag

    @functools.lru_cache(64)
    def matrix(cos: float, sin: float, slant: float, extend: float) -> Any:
        turned = 0x10000 * np.array([[cos, -sin], [sin, cos]]) @ [[extend, extend * slant], [0, 1]]
        return turned.round().astype(int)

    def draw(self: Any, gc: Any, x: float, y: float, angle: float, glyphs: Iterable[Any], boxes: Any) -> None:
        cos, sin = math.cos(math.radians(angle)), math.sin(math.radians(angle))
        bottom, smooth = self.height - y, gc.get_antialiased()
        hinting = hinting_flag()
        mode = RenderMode.NORMAL if smooth else RenderMode.MONO
        for font, size, index, slant, extend, right, up in glyphs:
            font.set_size(size, self.dpi)
            # In FreeType's units, of which a pixel has 64.
            origin = [round(0x40 * (x + right * cos - up * sin)), round(0x40 * (bottom + right * sin + up * cos))]
            font._set_transform(matrix(cos, sin, slant, extend), origin)
            glyph = font._render_glyph(index, hinting, mode)
            pixels = glyph.buffer if smooth else glyph.buffer * 0xFF
            self._renderer.draw_text_image(pixels, glyph.left, int(self.height) - glyph.top + pixels.shape[0], 0, gc)
        draw_glyphs_and_boxes(self, gc, x, y, angle, (), boxes)

    return draw
