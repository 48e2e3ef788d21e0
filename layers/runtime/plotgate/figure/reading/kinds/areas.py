"""Areas: what lies between two courses, or parts that add up to a whole."""

from collections.abc import Iterator
from typing import Any

import numpy as np
from matplotlib.collections import FillBetweenPolyCollection
from matplotlib.lines import Line2D

from plotgate.figure.reading.artists import Artists
from plotgate.figure.reading.course import course
from plotgate.figure.reading.kind import Kind
from plotgate.figure.reading.phrases import MOST_NAMED, shortened
from plotgate.figure.reading.plotted import data
from plotgate.figure.reading.scale import Column, Numbers
from plotgate.figure.reading.series import Series

Area = tuple[Numbers, Numbers, Numbers]  # along the axis, from where, to where


class Areas(Kind):
    """What `fill_between`, `stackplot` and filled densities draw."""

    name = "area"
    chart = "Area chart"

    def read(self, artists: Artists) -> Iterator[Series]:
        fills = artists.of(FillBetweenPolyCollection)
        artists.take([fill for fill in fills if not fill.get_paths()])  # which have no data
        read = [(fill, area) for fill in fills if (area := area_of(fill)) is not None]
        upon = _stack([area for fill, area in read if fill.t_direction == "x"])
        for fill, area in read:
            artists.take([fill])
            along, low, high = area
            across = "y" if fill.t_direction == "x" else "x"
            place, size = (artists.x, artists.y) if across == "y" else (artists.y, artists.x)
            name = artists.name(fill, fill.get_facecolor(), around=True)
            columns = {fill.t_direction: place(along, "own")}
            scale = size([]).scale
            if _is_from_zero(area):
                columns[across] = Column(low + high, scale)  # one of which is zero
            elif any(area is one for one in upon):
                columns[across] = Column(high - low, scale.amount())  # a part, which is no place on the axis
            if across in columns:
                name = _edge(artists, across, along, high) or name
            columns |= {f"{across}_low": size(low), f"{across}_high": size(high)}
            yield Series(self, name, artists.x_scale.name, artists.y_scale.name, columns, (fill.t_direction,))

    def called(self, series: list[Series]) -> str:
        return "Stacked area chart" if any(_is_part(one) for one in series) else self.chart

    def say(self, series: list[Series]) -> Iterator[str]:
        parts = [one for one in series if {"x", "y"} <= one.columns.keys()]
        if len(parts) != len(series) or len(parts) > MOST_NAMED or (len(parts) > 1 and not all(p.name for p in parts)):
            return
        for one in parts:
            yield course(shortened(one.name) or "The area", one.columns["x"], one.columns["y"])


def area_of(fill: Any) -> Area | None:
    """The courses between which an area was filled, from the outline that matplotlib made of them."""
    parts = []
    for path in fill.get_paths():
        outline = np.asarray(path.vertices, dtype=float)
        outline = outline[:, ::-1] if fill.t_direction == "y" else outline
        count = (len(outline) - 2) // 2  # without the first and the last, which close it
        there, back = outline[1 : count + 1], outline[count + 2 : 2 * count + 2][::-1]
        if count < 1 or len(there) != len(back) or not np.array_equal(there[:, 0], back[:, 0]):
            return None
        every = slice(None, None, 2) if fill._step in ("pre", "post") else slice(None)
        parts.append((there[every, 0], there[every, 1], back[every, 1]))
    if not parts or fill._step == "mid":
        return None
    along, first, second = (np.concatenate(columns) for columns in zip(*parts, strict=True))
    return along, np.minimum(first, second), np.maximum(first, second)


def _stack(areas: list[Area]) -> list[Area]:
    """Those that lie upon each other from zero; none unless there are two."""
    stack: list[Area] = [area for area in areas if _is_from_zero(area)][:1]
    while stack and (above := next((area for area in areas if _lies_on(area, stack[-1])), None)):
        if any(above is one for one in stack):
            break
        stack.append(above)
    return stack if len(stack) > 1 else []


def _is_from_zero(area: Area) -> bool:
    return not (area[1] * area[2]).any()


def _lies_on(area: Area, below: Area) -> bool:
    return (
        area is not below
        and np.array_equal(area[0], below[0])
        and bool(np.allclose(area[1], below[2], rtol=1e-9, atol=1e-12))
    )


def _is_part(series: Series) -> bool:
    across = "y" if series.places == ("x",) else "x"
    return across in series.columns and series.columns[across].scale.axis == ""


def _edge(artists: Artists, across: str, along: Numbers, high: Numbers) -> str:
    """Take the line that runs along the upper edge of an area, as pandas draws it, for it says the same; its name."""
    for line in artists.of(Line2D):
        place, value = data(line) if across == "y" else data(line)[::-1]
        if np.array_equal(place, along) and np.allclose(value, high, rtol=1e-9, atol=1e-12):
            artists.take([line])
            return artists.name(line, line.get_color())
    return ""
