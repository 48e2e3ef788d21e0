"""Boxes: the median, the quartiles and the whiskers of each group, and what lies beyond them."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

import numpy as np
from matplotlib.lines import Line2D
from matplotlib.patches import PathPatch

from plotgate.figure.reading.artists import Artists
from plotgate.figure.reading.kind import Kind
from plotgate.figure.reading.phrases import MOST_NAMED, listed, shortened
from plotgate.figure.reading.plotted import data, has_line
from plotgate.figure.reading.scale import Column, Numbers, Scale
from plotgate.figure.reading.series import Series

MOST_TOLD = 3  # boxes of which all statistics are told
STATISTICS = ("low", "q1", "median", "q3", "high")
Frame = tuple[Any, float, Numbers]  # an artist, the place of its middle, and its corners' values


@dataclass
class Box:
    """One box, as it was recognised among the artists."""

    place: float
    statistics: tuple[float, ...]  # in the order of `STATISTICS`
    outliers: Numbers
    colour: object
    artists: list[object] = field(default_factory=list)


class Boxes(Kind):
    """What `Axes.boxplot`, pandas' and seaborn's draw: matplotlib keeps lines, so boxes are found by their shape."""

    name = "box"
    chart = "Box plot"
    rank = 9

    def read(self, artists: Artists) -> Iterator[Series]:
        for upright in (True, False):
            boxes = _find(artists, upright)
            artists.take([one for box in boxes for one in box.artists])  # type: ignore[misc]
            if boxes:
                artists.stand_in_groups("x" if upright else "y")
            groups: dict[str, list[Box]] = {}
            for box in boxes:
                groups.setdefault(artists.name_of(box.colour) if box.colour is not None else "", []).append(box)
            for name, group in groups.items():
                known = [box for box in group if np.isfinite(box.statistics).all()]
                if known:
                    yield from _series(self, artists, name, known, upright)

    def say(self, series: list[Series]) -> Iterator[str]:
        along = series[0].places[0]
        boxes = [(one, index) for one in series for index in range(len(one))]
        if any(one.places[0] != along for one in series) or (len(series) > 1 and not all(one.name for one in series)):
            return

        def called(one: Series, index: int) -> str:
            place = shortened(one.columns[along].said(index))
            place = place if one.columns[along].names is not None else f"At {place}"
            return f"{place}, {shortened(one.name)}" if len(series) > 1 and one.name != place else place

        def at(statistic: str, one: Series, index: int) -> str:
            return one.columns[statistic].said(index)

        if len(boxes) <= MOST_TOLD:
            for one, index in boxes:
                count = int(one.columns["outliers"].numbers[index])
                beyond = f", {count} outlier{'s' if count > 1 else ''}" if count else ""
                quartiles = f"quartiles {at('q1', one, index)} and {at('q3', one, index)}"
                yield f"{called(one, index)}: median {at('median', one, index)}, {quartiles}{beyond}."
        elif len(boxes) <= MOST_NAMED:
            yield f"The medians are {listed([f'{at("median", *box)} ({called(*box)})' for box in boxes])}."
        else:
            ordered = sorted(boxes, key=lambda box: float(box[0].columns["median"].numbers[box[1]]))
            if (least := at("median", *ordered[0])) == at("median", *ordered[-1]):
                is_one = len({float(one.columns["median"].numbers[index]) for one, index in boxes}) == 1
                yield f"All {len(boxes)} medians are {'' if is_one else 'near '}{least}."
                return
            highest, lowest = (f"{at('median', *box)} ({called(*box)})" for box in (ordered[-1], ordered[0]))
            yield f"The highest median is {highest}, the lowest {lowest}."


class Outliers(Kind):
    """What lies beyond the whiskers of boxes: read with them."""

    name = "outlier"
    chart = "Chart"
    rank = -2

    def read(self, artists: Artists) -> Iterator[Series]:
        yield from ()


OUTLIERS = Outliers()


def _series(kind: Kind, artists: Artists, name: str, boxes: list[Box], upright: bool) -> Iterator[Series]:
    place, value = (artists.x, artists.y) if upright else (artists.y, artists.x)
    along, across = ("x", "y") if upright else ("y", "x")
    x_name, y_name = artists.x_scale.name, artists.y_scale.name
    columns = {along: place([box.place for box in boxes], "beside")}
    for index, statistic in enumerate(STATISTICS):
        columns[statistic] = value([box.statistics[index] for box in boxes])
    columns["outliers"] = Column(np.array([len(box.outliers) for box in boxes]), Scale(""))
    yield Series(kind, name, x_name, y_name, columns, (along,))
    beyond = np.concatenate([box.outliers for box in boxes])
    if len(beyond):
        # As the boxes are called, whose places have a category each; an outlier stands where its box does.
        places = np.repeat([box.place for box in boxes], [len(box.outliers) for box in boxes])
        outliers = {along: place(places, "beside"), across: value(beyond)}
        yield Series(OUTLIERS, name, x_name, y_name, outliers, (along,))


def _find(artists: Artists, upright: bool) -> list[Box]:
    lines = [(line, *(data(line) if upright else data(line)[::-1])) for line in artists.of(Line2D)]
    found: list[Box] = []
    frames: list[Frame] = []
    for index in range(len(lines) - 2):
        (first, at, down), (second, other, up) = lines[index : index + 2]
        if not (_is_standing(at) and _is_standing(other) and at[0] == other[0]) or not _in_order(*down[::-1], *up):
            continue
        box = Box(float(at[0]), (), np.empty(0), None, [first, second])
        levels = _levels(box, lines[index + 2 : index + 9])
        if not levels:
            continue
        median = levels[2] if len(levels) > 2 else levels[0]
        if _in_order(down[0], median, up[0]):
            box.statistics = tuple(map(float, (down[1], down[0], median, up[0], up[1])))
            frames = frames or _frames(artists, upright)
            _add_frame(frames, box)
            found.append(box)
    return found


def _is_standing(places: Numbers) -> bool:
    return len(places) == 2 and places[0] == places[1]


def _in_order(*values: float) -> bool:
    return all(not first > second for first, second in pairwise(values))  # NaN is in any order: a box of no data


def _levels(box: Box, after: list[tuple[Line2D, Numbers, Numbers]]) -> list[float]:
    """The values of a box's caps, median and mean, drawn across it; its outliers are kept on the way."""
    levels: list[float] = []
    for line, places, values in after:
        if not has_line(line) and (places == box.place).all():
            if len(levels) in (1, 3) or len(values) > 1:  # after the median: its mean as a point, or the outliers
                is_mean = line.get_marker() == "^" and len(values) == 1
                box.outliers = box.outliers if is_mean else values[np.isfinite(values)]
            box.artists.append(line)
        elif len(places) == 2 and _same(*values) and np.isclose((places[0] + places[1]) / 2, box.place):
            levels.append(float(values[0]))
            box.artists.append(line)
        else:
            break
    return levels


def _same(first: float, second: float) -> bool:
    return first == second or (np.isnan(first) and np.isnan(second))


def _frames(artists: Artists, upright: bool) -> list[Frame]:
    """What may be the rectangles of boxes."""
    found = []
    for artist in artists.of(PathPatch, Line2D):
        outline = artist.get_path().vertices if isinstance(artist, PathPatch) else artist.get_xydata()
        places, values = np.asarray(outline, dtype=float).T[:: 1 if upright else -1]
        if len(places) >= 4:
            found.append((artist, float(places.min() + places.max()) / 2, values))
    return found


def _add_frame(frames: list[Frame], box: Box) -> None:
    """The rectangle from quartile to quartile, whose colour is the series'."""
    _, q1, _, q3, _ = box.statistics
    middles = np.array([middle for _, middle, _ in frames])
    for index in np.flatnonzero(np.isclose(middles, box.place)).tolist():
        artist, _, values = frames[index]
        if artist not in box.artists and (np.isnan(q1) or {q1, q3} <= set(values.tolist())):
            box.artists.append(artist)
            box.colour = artist.get_facecolor() if isinstance(artist, PathPatch) else artist.get_color()
            return
