"""What `Axes.plot` and `Axes.errorbar` draw: marks at places, and the intervals around them."""

from collections.abc import Iterator

import numpy as np
from matplotlib.collections import LineCollection
from matplotlib.container import BarContainer, ErrorbarContainer
from matplotlib.lines import Line2D
from numpy.typing import NDArray

from plotgate.figure.reading.artists import Artists, floats
from plotgate.figure.reading.kind import Kind
from plotgate.figure.reading.scale import Column, Near, Numbers
from plotgate.figure.reading.series import Series

Interval = tuple[Line2D, float, float, float]  # a line, where it stands, and from where to where it goes


def has_line(line: Line2D) -> bool:
    return line.get_linestyle() not in ("None", "none", "", " ") and line.get_linewidth() > 0


def joins_points(line: Line2D) -> bool:
    """Whether a line has at least two points to be drawn between."""
    x, y = data(line)
    return has_line(line) and bool(np.count_nonzero(np.isfinite(x) & np.isfinite(y)) > 1)


def data(line: Line2D) -> tuple[Numbers, Numbers]:
    x, y = (floats(values) for values in line.get_data(orig=False))
    return x, y


def plotted(artists: Artists, kind: Kind, lines: list[Line2D], near: Near) -> list[Series]:
    """The data of lines as they were plotted, with their error bars, which may be others of these lines."""
    short = standing(artists)
    found: dict[int, Series] = {}
    for place, line in sorted(enumerate(lines), key=lambda pair: _may_be_interval(pair[1])):
        if not artists.has(line):
            continue
        artists.take([line])
        x, y = data(line)
        columns = {"x": artists.x(x, near), "y": artists.y(y, near)}
        containers = [one for one in artists.containers if isinstance(one, ErrorbarContainer)]
        container = next((one for one in containers if one.lines[0] is line), None)
        columns |= error_bars(artists, container, x, y) if container else intervals(artists, x, y, short)
        name = artists.name(container, line.get_color()) if container else artists.name(line, line.get_color())
        found[place] = Series(kind, name, artists.x_scale.name, artists.y_scale.name, columns)
    return [found[place] for place in sorted(found)]


def error_bars(artists: Artists, container: ErrorbarContainer, x: Numbers, y: Numbers) -> dict[str, Column]:
    """The ends of a container's error bars, for each of the marks at `x` and `y`."""
    line, caps, bars = container
    artists.take([line, *caps, *bars])
    columns: dict[str, Column] = {}
    for bar in bars:
        upright, spans = bar_ends(bar)
        place, value, column, name = (x, y, artists.y, "y") if upright else (y, x, artists.x, "x")
        low, high = _matched(place, value, spans)
        columns |= {f"{name}_low": column(low), f"{name}_high": column(high)}
    return columns


def bar_ends(bars: LineCollection) -> tuple[bool, Numbers]:
    """Whether error bars stand upright, and of each: where it stands, its lower and its upper end."""
    ends = np.array([end for end in bars.get_segments() if len(end) == 2], dtype=float).reshape(-1, 2, 2)
    upright = bool((ends[:, 0, 0] == ends[:, 1, 0]).all())
    at, along = (0, 1) if upright else (1, 0)
    return upright, np.column_stack([ends[:, 0, at], np.sort(ends[:, :, along], axis=1)])


def standing(artists: Artists) -> dict[str, list[Interval]]:
    """The short lines that stand upright, by "y", and those that lie, by "x"."""
    lines = [line for line in artists.of(Line2D) if _is_plain(line)]
    return {name: [found for line in lines if (found := _interval(line, upright=name == "y"))] for name in ("y", "x")}


def intervals(artists: Artists, x: Numbers, y: Numbers, short: dict[str, list[Interval]]) -> dict[str, Column]:
    """The ends of the `short` lines that stand at each of the marks, as seaborn draws confidence intervals."""
    for name, place, value, column in (("y", x, y, artists.y), ("x", y, x, artists.x)):
        own = [one for one in _standing_at(short[name], place, value) if artists.has(one[0])]
        if not own or len({one[1] for one in own}) < np.isfinite(value).sum():
            continue
        low, high = _matched(place, value, np.array([one[1:] for one in own]))
        if _end_at(value, low, high):
            continue
        artists.take([one[0] for one in own])
        return {f"{name}_low": column(low), f"{name}_high": column(high)}
    return {}


def _is_plain(line: Line2D) -> bool:
    is_short = np.size(line.get_xdata(orig=False)) in (2, 8)
    bare = line.get_marker() in ("None", "", None) and str(line.get_label()).startswith("_")
    return is_short and bare and has_line(line)


def _may_be_interval(line: Line2D) -> bool:
    return _is_plain(line) and any(_interval(line, upright=upright) for upright in (True, False))


def _interval(line: Line2D, *, upright: bool) -> Interval | None:
    place, value = data(line) if upright else data(line)[::-1]
    if len(place) == 8:  # with caps at both ends, parted by gaps
        place, value = place[3:5], value[3:5]
    if len(place) != 2 or place[0] != place[1]:
        return None
    return line, float(place[0]), float(value.min()), float(value.max())


def _standing_at(short: list[Interval], place: Numbers, value: Numbers) -> Iterator[Interval]:
    """Those that have one of the marks between their ends."""
    if not short:
        return
    spans = np.array([one[1:] for one in short])
    for index, marks in _beside(place, spans[:, 0]):
        _, low, high = spans[index].tolist()
        if np.isnan(low) or ((value[marks] >= low) & (value[marks] <= high)).any():
            yield short[index]


def _end_at(marks: Numbers, low: Numbers, high: Numbers) -> bool:
    """Whether each interval ends at its mark: then they lead from there to something else, such as residuals do."""
    long = high - low > 1e-9 * np.abs(high)
    near = 1e-6 * (high - low)
    return bool(long.any() and ((marks - low <= near) | (high - marks <= near))[long].all())


def _matched(place: Numbers, value: Numbers, spans: Numbers) -> tuple[Numbers, Numbers]:
    low, high = np.full(place.shape, np.nan), np.full(place.shape, np.nan)
    for index, marks in _beside(place, spans[:, 0]):
        _, least, most = spans[index].tolist()
        here = marks[(value[marks] >= least) & (value[marks] <= most)]
        low[here], high[here] = least, most
    return low, high


def _beside(place: Numbers, at: Numbers) -> Iterator[tuple[int, NDArray[np.intp]]]:
    """Of those of `at` where there are marks, the index, and the indices of the marks."""
    order = np.argsort(place, kind="stable")
    reach = 1e-9 + 1e-9 * np.abs(at)
    first = np.searchsorted(place, at - reach, sorter=order)
    last = np.searchsorted(place, at + reach, side="right", sorter=order)
    for index in np.flatnonzero(np.isfinite(at) & (first < last)).tolist():
        yield index, order[first[index] : last[index]]


def error_bars_of(artists: Artists, bars: BarContainer, x: Numbers, y: Numbers) -> dict[str, Column]:
    """The intervals at the ends of bars."""
    container = bars.errorbar
    if container:
        return error_bars(artists, container, x, y)
    return intervals(artists, x, y, standing(artists))
