"""Violins: where the values of each group are dense."""

from collections.abc import Callable, Iterator

import numpy as np
from matplotlib.collections import FillBetweenPolyCollection, LineCollection, PathCollection
from matplotlib.lines import Line2D
from numpy.typing import ArrayLike

from plotgate.figure.reading.artists import Artists, floats
from plotgate.figure.reading.kind import Kind
from plotgate.figure.reading.kinds.areas import Area, area_of
from plotgate.figure.reading.phrases import MOST_NAMED, listed, shortened
from plotgate.figure.reading.plotted import data
from plotgate.figure.reading.scale import Column, Numbers
from plotgate.figure.reading.series import Series


class Violins(Kind):
    """What `Axes.violinplot` and seaborn's draw: a density's outline, which says from where to where it was drawn and
    where it is widest. What lies inside it belongs to it.
    """

    name = "violin"
    chart = "Violin plot"
    rank = 9

    def read(self, artists: Artists) -> Iterator[Series]:
        for direction in ("y", "x"):
            fills = [fill for fill in artists.of(FillBetweenPolyCollection) if fill.t_direction == direction]
            areas = [(fill, area) for fill in fills if (area := area_of(fill)) is not None]
            upright = direction == "y"
            along = "x" if upright else "y"
            halves = (artists.x_scale if upright else artists.y_scale).jitter or _have_several_sides(areas)
            violins = [(fill, area, middle) for fill, area in areas if (middle := _middle(area, halves)) is not None]
            if len(violins) != len(areas) or not violins:  # other areas
                continue
            artists.take([fill for fill, _, _ in violins])
            artists.stand_in_groups(along)
            _take_inner(artists, np.array([middle for _, _, middle in violins]), upright)
            place, value = (artists.x, artists.y) if upright else (artists.y, artists.x)
            groups: dict[str, list[tuple[Area, float]]] = {}
            for fill, area, middle in violins:
                groups.setdefault(artists.name_of(fill.get_facecolor(), around=True), []).append((area, middle))
            for name, group in groups.items():
                columns = {
                    along: place([middle for _, middle in group], "beside"),
                    "low": _unbounded(value, [area[0].min() for area, _ in group]),
                    "widest": _unbounded(value, [area[0][(area[2] - area[1]).argmax()] for area, _ in group]),
                    "high": _unbounded(value, [area[0].max() for area, _ in group]),
                }
                yield Series(self, name, artists.x_scale.name, artists.y_scale.name, columns, (along,))

    def say(self, series: list[Series]) -> Iterator[str]:
        along = series[0].places[0]
        if any(one.places[0] != along for one in series) or (len(series) > 1 and not all(one.name for one in series)):
            return
        said = []
        for one in series:
            for index in range(len(one)):
                place = shortened(one.columns[along].said(index))
                own = f", {shortened(one.name)}" if len(series) > 1 and one.name != place else ""
                said.append(f"{one.columns['widest'].said(index)} ({place}{own})")
        if len(said) <= MOST_NAMED:
            yield f"The violin{'s are' if len(said) > 1 else ' is'} widest near {listed(said)}."


def _middle(area: Area, halves: bool) -> float | None:
    """The place around which an area is symmetrical, or at which half a violin stands; None if there is none."""
    _, low, high = area
    width = float((high - low).max())
    if len(low) < 3 or not np.ptp(high - low):
        return None
    sides = [(low + high) / 2, *([low, high] if halves else [])]
    return next((float(np.median(side)) for side in sides if np.ptp(side) <= 1e-6 * width), None)


def _have_several_sides(areas: list[tuple[FillBetweenPolyCollection, Area]]) -> bool:
    """Whether areas stand at several places, as halves of violins do, rather than on one base."""
    sides = {float(side[0]) for _, (_, *both) in areas for side in both if not np.ptp(side)}
    return len(sides) > 1


def _unbounded(value: Callable[[ArrayLike], Column], numbers: ArrayLike) -> Column:
    """Numbers that do not say from where to where the axis shows values: a density reaches beyond them."""
    column = value(numbers)
    return Column(column.numbers, column.scale.amount())


def _take_inner(artists: Artists, middles: Numbers, upright: bool) -> None:
    def inside(places: Numbers) -> bool:
        low, high = float(np.min(places)), float(np.max(places))
        return bool((np.abs((low + high) / 2 - middles) < 0.5 * (high - low) + 1e-6).any()) and high - low <= 1

    at = 0 if upright else 1
    for line in artists.of(Line2D):
        if inside(data(line)[at]):
            artists.take([line])
    for lines in artists.of(LineCollection):
        if all(inside(np.asarray(segment)[:, at]) for segment in lines.get_segments()):
            artists.take([lines])
    for points in artists.of(PathCollection):
        places = floats(points.get_offsets())
        if len(places) and inside(places[:, at]) and np.ptp(places[:, at]) == 0:
            artists.take([points])
