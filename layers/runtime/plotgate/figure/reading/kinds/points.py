"""Points: how two variables go together, or how one is spread over categories."""

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
from matplotlib.collections import PathCollection
from matplotlib.container import ErrorbarContainer
from matplotlib.lines import Line2D

from plotgate.figure.reading.artists import Artists, floats
from plotgate.figure.reading.kind import Kind
from plotgate.figure.reading.phrases import MOST_NAMED, listed, shortened
from plotgate.figure.reading.plotted import joins_points, plotted
from plotgate.figure.reading.scale import Numbers, Scale
from plotgate.figure.reading.series import Series
from plotgate.figure.reading.strewn import strewn_along

if TYPE_CHECKING:
    from plotgate.figure.reading.panels import Panel

HARDLY, CLEARLY = 0.2, 0.7  # Pearson's correlation below and above which that is said


class Points(Kind):
    """What `scatter` draws, and `plot` with markers alone."""

    name = "points"
    chart = "Scatter plot"
    rank = 1
    projections = ("rectilinear", "polar")

    def read(self, artists: Artists) -> Iterator[Series]:
        strewn = strewn_along(artists)
        for points in artists.of(PathCollection):
            if points.get_offset_transform().contains_branch(artists.axes.transData):
                artists.take([points])
                for one in self._scattered(artists, points):
                    columns = {name: column for name, column in one.columns.items() if name != strewn}
                    yield replace(one, columns=columns)
        lines = [line for line in artists.of(Line2D) if not joins_points(line)]
        with_bars = [one.lines[0] for one in artists.containers if isinstance(one, ErrorbarContainer)]
        marked = [line for line in lines if line.get_marker() not in ("None", "none", "", " ", None)]
        artists.take([line for line in lines if line not in marked and line not in with_bars])  # which show nothing
        yield from plotted(artists, self, [line for line in lines if artists.has(line)], "around")

    def _scattered(self, artists: Artists, points: PathCollection) -> Iterator[Series]:
        offsets = floats(points.get_offsets()).reshape(-1, 2)
        known = np.isfinite(offsets[:, 0]) & np.isfinite(offsets[:, 1])
        array = points.get_array()
        values = floats(array).ravel() if array is not None and np.size(array) == len(offsets) else None
        colours = np.atleast_2d(np.asarray(points.get_facecolor(), dtype=float))
        if not len(colours):
            colours = np.atleast_2d(np.asarray(points.get_edgecolor(), dtype=float))
        groups = {artists.name(points, None if values is not None else colours): known}
        if values is None and len(colours) == len(offsets) > 1:
            groups = _by_colour(artists, colours, known) or groups
        for name, chosen in groups.items():
            columns = {"x": artists.x(offsets[chosen, 0], "around"), "y": artists.y(offsets[chosen, 1], "around")}
            if values is not None:
                columns["value"] = artists.value(values[chosen], points)
            yield Series(self, name, artists.x_scale.name, artists.y_scale.name, columns)

    def say(self, series: list[Series]) -> Iterator[str]:
        yield _counts(series)
        yield _medians(series)
        if (correlation := _correlation(series)) is not None:
            x, y = shortened(series[0].x_name) or "x", shortened(series[0].y_name) or "y"
            if abs(correlation) < HARDLY:
                yield f"{y} and {x} are hardly correlated ({correlation:z.2f})."
                return
            how = f"{'rises' if correlation > 0 else 'falls'}{' clearly' if abs(correlation) > CLEARLY else ''}"
            yield f"{y} {how} with {x} (correlation {correlation:z.2f})."

    def compare(self, panels: "list[tuple[Panel, list[Series]]]") -> str:
        related = [
            (abs(correlation), correlation, panel)
            for panel, series in panels
            if panel.x_name != panel.y_name and (correlation := _correlation(series)) is not None
        ]
        if not related or max(strength for strength, _, _ in related) < HARDLY:
            return ""
        # Rounded: x against y and y against x differ in a last bit on one processor, not on the next; the first wins.
        _, correlation, panel = max(related, key=lambda triple: round(triple[0], 9))
        x, y = shortened(panel.x_name) or "x", shortened(panel.y_name) or "y"
        equal = [other for strength, _, other in related if round(strength - abs(correlation), 9) == 0]
        titles = {other.title for other in equal if (other.x_name, other.y_name) == (panel.x_name, panel.y_name)}
        where = f" in {shortened(panel.title)}" if panel.title and len(titles) == 1 else ""
        return f"Most closely related are {x} and {y}{where} (correlation {correlation:z.2f})."


def _by_colour(artists: Artists, colours: Any, known: Any) -> dict[str, Any]:
    """The points of several series in one artist, as seaborn draws them, if the legend has a name for each colour."""
    shades = np.rint(colours[:, :3] * 1000).astype(np.int64) @ (1001**2, 1001, 1)
    _, firsts, which = np.unique(shades, return_index=True, return_inverse=True)
    names = [artists.name_of(colours[first]) for first in firsts] if len(firsts) <= 50 else []
    if not names or not all(names):
        return {}
    groups: dict[str, Any] = {}
    for index in dict.fromkeys(which.ravel().tolist()):
        groups[names[index]] = groups.get(names[index], False) | (known & (which.ravel() == index))
    return groups


def _counts(series: list[Series]) -> str:
    total = sum(map(len, series))
    names = [one.name for one in series]
    if total == 1:
        return "There is one point."
    if 1 < len(series) <= MOST_NAMED and all(names) and len(set(names)) == len(names):
        return f"There are {total} points: {listed([f'{len(one)} of {one.name}' for one in series])}."
    return f"There are {total} points."


def _medians(series: list[Series]) -> str:
    """Of points that stand at categories: the median in each."""
    if not all({"x", "y"} <= one.columns.keys() for one in series):
        return ""
    for along, across in (("x", "y"), ("y", "x")):
        columns = [one.columns[along].names for one in series]
        values = [one.columns[across] for one in series]
        if any(names is None for names in columns) or any(v.names is not None or v.scale.times for v in values):
            continue
        names, numbers = np.concatenate([*filter(lambda n: n is not None, columns)]), _joined(series, across)
        categories = list(dict.fromkeys(names.tolist()))
        if not 1 <= len(categories) <= MOST_NAMED or len(numbers) <= len(categories):
            return ""
        if len(series) > 1 and any(len(one) == len(set(one.columns[along].names.flat)) for one in series):  # type: ignore[union-attr]
            return ""  # some may be means of the others
        medians = [(float(np.median(numbers[names == one])), one) for one in categories]
        said = [f"{values[0].told(median)} for {shortened(one)}" for median, one in medians]
        return f"The median of {shortened(values[0].scale.name) or across} is {listed(said)}."
    return ""


def _correlation(series: list[Series]) -> float | None:
    """Pearson's, over all points of a panel; None where it has no meaning."""
    if not all({"x", "y"} <= one.columns.keys() for one in series):
        return None
    columns = [one.columns[which] for one in series for which in ("x", "y")]
    if not columns or any(column.names is not None or not _is_measured(column.scale) for column in columns):
        return None
    pairs = np.array([_joined(series, "x"), _joined(series, "y")])
    known = np.isfinite(pairs[0]) & np.isfinite(pairs[1])
    pairs = pairs if known.all() else pairs[:, known]
    if pairs.shape[1] < 3:
        return None
    low, high = pairs.min(axis=1), pairs.max(axis=1)
    if (high - low <= 1e-12 * np.maximum(np.abs(low), np.abs(high))).any():
        return None
    return float(np.corrcoef(pairs)[0, 1])


def _is_measured(scale: Scale) -> bool:
    """Whether points lie upon an axis as far from each other as their numbers do, and these are no groups' places."""
    return (
        scale.linear
        and scale.numeric
        and not scale.names
        and not scale.grouped
        and scale.axis not in ("angle", "radius")
    )


def _joined(series: list[Series], which: str) -> Numbers:
    return np.concatenate([one.columns[which].numbers for one in series])
