"""Series that some readers cannot tell apart: by their colours, where nothing else tells them apart.

Series are what a legend names, and lines of one pair of axes without a legend, unless a text stands at each.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import Collection
from matplotlib.colors import to_rgba, to_rgba_array
from matplotlib.legend import Legend
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from plotgate.figure.painting import rgb
from plotgate.figure.perception import RGB, RGBA, blended
from plotgate.figure.reading.phrases import is_number, plain
from plotgate.local.linter.finding import Finding
from plotgate.local.linter.marks import is_mark
from plotgate.local.linter.naming import colour_name, legends_of, mark_name, page_of, quoted
from plotgate.local.linter.vision import LEAST, VISIONS, difference
from plotgate.local.linter.watching import Sight, all_axes

MOST_LINES = 10  # without a legend: of more, nobody tells which is which
MARKERS = "give each a marker (`marker=`), a dash (`linestyle=`) or a label of its own, or take colours further apart"
HATCHES = "give each a hatch (`hatch=`) or a label of its own, or take colours further apart"


@dataclass(frozen=True)
class _Series:
    name: str
    colours: tuple[RGB, RGB]  # of its face and of its edge, as they are seen upon the page
    form: tuple[object, ...]  # all that tells it apart besides

    @property
    def remedy(self) -> str:
        return HATCHES if self.form[0] == "area" else MARKERS


def series(sight: Sight) -> Iterator[Finding]:
    """The pairs of series in a figure that are told apart by colours which some readers confuse."""
    legends = legends_of(sight.figure)
    for legend in legends:
        yield from _alike(_keys(legend))
    if not sight.figure.legends:
        for axes in all_axes(sight.figure):
            if axes.get_visible() and axes.get_legend() is None:
                yield from _alike(_lines(axes))


def _alike(found: list[_Series]) -> Iterator[Finding]:
    if (
        len(found) > 2
        and all(is_number(one.name.strip("“”")) for one in found)
        and _is_scale([one.colours[0] for one in found])
    ):
        return
    for one, other in combinations(found, 2):
        if one.form == other.form and (who := _confused(one, other)):
            colours = f"{colour_name(one.colours[0])} and {colour_name(other.colours[0])}"
            detail = f"{colours} differ by less than {LEAST:g} (CIEDE2000) {who}"
            yield Finding("series alike", f"{one.name} and {other.name}", detail, one.remedy)


def _confused(one: _Series, other: _Series) -> str:
    """To whom neither the faces nor the edges of two series differ; empty if to nobody."""
    pairs = list(zip(one.colours, other.colours, strict=True))
    if all(difference(*pair) < LEAST for pair in pairs):
        return "to everyone"
    who = [name for vision, name in VISIONS.items() if all(difference(*pair, vision) < LEAST for pair in pairs)]
    return f"with {' or '.join(who)}" if who else ""


def _is_scale(colours: list[RGB]) -> bool:
    """Whether colours follow each other as those of a scale do: each is nearer to the next than to the one after."""
    return all(
        max(difference(first, second), difference(second, third)) < difference(first, third)
        for first, second, third in zip(colours, colours[1:], colours[2:], strict=False)
    )


def _keys(legend: Legend) -> list[_Series]:
    page = rgb(legend.get_frame().get_facecolor()) if legend.get_frame_on() else page_of(legend)
    found = []
    for handle, text in zip(legend.legend_handles, legend.get_texts(), strict=False):
        name = plain(text.get_text())
        if handle is not None and name and handle.get_visible() and (one := _series(handle, quoted(name), page)):
            found.append(one)
    return found


def _lines(axes: Axes) -> list[_Series]:
    """The lines of axes without a legend, if they are few, each of a colour of its own, and no texts stand at them."""
    lines = [line for line in axes.lines if is_mark(line) and np.size(line.get_xdata()) > 1]
    names = [f"{mark_name(line)} (number {number})" for number, line in enumerate(lines, 1)]
    found = [one for line, name in zip(lines, names, strict=True) if (one := _series(line, name, page_of(axes)))]
    written = [text for text in axes.texts if text.get_visible() and text.get_text().strip()]
    has_own = len({one.colours for one in found}) == len(found)
    return found if 1 < len(found) <= MOST_LINES and has_own and len(written) < len(found) else []


def _series(artist: Any, name: str, page: RGB) -> _Series | None:
    """What tells the marks of `artist` apart; None for what has no colour of its own."""
    match artist:
        case Line2D():
            colours, form = _of_line(artist)
        case Patch():
            colours = to_rgba(artist.get_facecolor()), to_rgba(artist.get_edgecolor())
            form = ("area", artist.get_hatch(), colours[0][3] > 0, artist.get_linestyle())
            if not colours[1][3] or not artist.get_linewidth():
                colours = (colours[0], colours[0])
        case Collection():
            colours, form = _of_collection(artist)
        case _:
            return None
    if not any(alpha for *_, alpha in colours):
        return None
    face, edge = (blended(colour[:3], colour[3], page) for colour in colours)
    return _Series(name, (face if colours[0][3] else edge, edge if colours[1][3] else face), form)


def _of_line(line: Line2D) -> tuple[tuple[RGBA, RGBA], tuple[object, ...]]:
    alpha, marker = line.get_alpha(), line.get_marker()
    colour, clear = to_rgba(line.get_color(), alpha), (0.0, 0.0, 0.0, 0.0)
    has_line = line.get_linestyle() not in ("None", "", " ")
    dashes = str(getattr(line, "_unscaled_dash_pattern", line.get_linestyle()))
    form = ("line", str(marker), dashes, has_line, _step(line.get_linewidth()))
    if marker in ("None", None, "", " "):
        return ((colour, colour) if has_line else (clear, clear)), form
    face, edge = to_rgba(line.get_markerfacecolor(), alpha), to_rgba(line.get_markeredgecolor(), alpha)
    return ((colour, face) if has_line else (face, edge)), (*form, face[3] > 0, _step(line.get_markersize()))


def _of_collection(collection: Collection) -> tuple[tuple[RGBA, RGBA], tuple[object, ...]]:
    clear = (0.0, 0.0, 0.0, 0.0)
    face, edge = (
        tuple(colours[0].tolist()) if len(colours) else clear
        for colours in (to_rgba_array(collection.get_facecolor()), to_rgba_array(collection.get_edgecolor()))
    )
    paths: Any = collection.get_paths()
    outline = np.round(paths[0].vertices, 2).tobytes() if len(paths) else b""
    sizes: Any = getattr(collection, "get_sizes", lambda: [1])()
    size = _step(float(np.max(sizes))) if len(sizes) else 0
    form = (type(collection).__name__, outline, str(collection.get_linestyle()), size, collection.get_hatch())
    return (face, edge), (*form, face[3] > 0)


def _step(size: float) -> int:
    """Sizes that are told apart: each twice as large as the one before."""
    return round(float(np.log2(max(size, 0.1))))
