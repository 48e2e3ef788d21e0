"""The drawing of matplotlib and seaborn with less work for the same pixels, on a laptop and in the layer alike.

Each of ACCELERATIONS stands for a function of theirs, in the versions that it was compared with: there both draw the
same bytes, which tests/figure/test_acceleration.py holds. In another version the package draws as it is.
"""

import functools
import logging
import math
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from matplotlib.figure import Figure, SubFigure

logger = logging.getLogger("plotgate")


@dataclass(frozen=True)
class Acceleration:
    """A function that does the work of another one sooner."""

    package: str
    series: str
    """Of the package's versions, the one that it is right for: "3.11" is 3.11.0, 3.11.1 and so on."""
    replaces: tuple[str, ...]
    """Where the other function is found, as "module:name" or "module:class.name"."""
    by: Callable[[Any], Any]
    """Makes what stands for the function from the function."""
    reason: str


def apply() -> None:
    """Put each acceleration in its place, once; those of seaborn wait until a plot has imported it."""
    import matplotlib.backends.backend_agg  # noqa: F401 - whatever a plot imported, this draws its figure

    for acceleration in list(_waiting):
        modules = [place.partition(":")[0] for place in acceleration.replaces]
        if all(module in sys.modules for module in modules):
            _waiting.remove(acceleration)
            _put(acceleration)


def _put(acceleration: Acceleration) -> None:
    version = sys.modules[acceleration.package].__version__
    if not f"{version}.".startswith(f"{acceleration.series}."):
        logger.warning(
            "%s %s draws %s as it is: it is sped up in %s alone",
            acceleration.package,
            version,
            ", ".join(acceleration.replaces),
            acceleration.series,
        )
        return
    for place in acceleration.replaces:
        owner, name = find(place)
        original = getattr(owner, name)
        setattr(owner, name, functools.update_wrapper(acceleration.by(original), original))


def find(place: str) -> tuple[Any, str]:
    """What holds the function at `place`, a module or a class of it, and the function's name there."""
    module, _, names = place.partition(":")
    *classes, name = names.split(".")
    return functools.reduce(getattr, classes, sys.modules[module]), name


class _FontTables:
    """The tables of a font file, each a dictionary that is made once."""

    def __init__(self, font: Any) -> None:
        self.get_sfnt_table = functools.cache(font.get_sfnt_table)


def _with_tables_made_once(get_font: Callable[[Any], Any]) -> Callable[[Any], _FontTables]:
    tables = functools.lru_cache(64)(_FontTables)  # as many as matplotlib keeps fonts

    def get_tables(paths: Any) -> _FontTables:
        return tables(get_font(paths))

    return get_tables


def _with_one_matrix_a_text(draw_glyphs_and_boxes: Callable[..., None]) -> Callable[..., None]:
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


def _without_pixels(draw_figure: Callable[["Figure | SubFigure"], None]) -> Callable[["Figure | SubFigure"], None]:
    def measure(figure: "Figure | SubFigure") -> None:
        root = figure.get_figure(root=True)
        assert root is not None  # noqa: S101 - it is in one
        root.draw_without_rendering()

    return measure


def _not_at_all(draw_figure: Callable[["Figure"], None]) -> Callable[["Figure"], None]:
    return lambda figure: None


ACCELERATIONS = (
    Acceleration(
        "matplotlib",
        "3.11",
        ("matplotlib.text:get_font",),
        _with_tables_made_once,
        "Each text is measured half a dozen times, and each time FreeType would make a font's tables anew.",
    ),
    Acceleration(
        "matplotlib",
        "3.11",
        ("matplotlib.backends.backend_agg:RendererAgg._draw_text_glyphs_and_boxes",),
        _with_one_matrix_a_text,
        "The matrix that turns a glyph is the same for all of a text, and numpy would make it for each.",
    ),
    Acceleration(
        "seaborn",
        "0.13",
        ("seaborn.matrix:_draw_figure", "seaborn.categorical:_draw_figure"),
        _without_pixels,
        "Heatmaps and swarms draw the figure to measure labels and distances; nobody sees the pixels.",
    ),
    Acceleration(
        "seaborn",
        "0.13",
        ("seaborn.axisgrid:_draw_figure",),
        _not_at_all,
        "Grids draw the figure twice to learn the width of a legend, which is measured without.",
    ),
)

_waiting = list(ACCELERATIONS)
