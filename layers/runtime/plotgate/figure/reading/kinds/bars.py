"""Bars: an amount for each category, or for each interval."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import numpy as np
from matplotlib.colors import to_rgba
from matplotlib.container import BarContainer
from matplotlib.patches import Polygon, StepPatch

from plotgate.figure.reading.artists import Artists, floats
from plotgate.figure.reading.kind import Kind
from plotgate.figure.reading.phrases import listed, shortened
from plotgate.figure.reading.plotted import error_bars_of
from plotgate.figure.reading.scale import Column, Numbers
from plotgate.figure.reading.series import Series

EXACT = 12  # digits of a height: sums of the same shares differ in the last of sixteen
MOST_EQUAL = 3  # bars of one height that are named


class Bars(Kind):
    """What `bar`, `barh`, `hist` and `stairs` draw: grouped, stacked or alone."""

    name = "bars"
    chart = "Bar chart"
    rank = 6
    projections = ("rectilinear", "polar")

    def read(self, artists: Artists) -> Iterator[Series]:
        found: list[Series] = []
        for container in artists.containers:
            if isinstance(container, BarContainer):
                shown = [bar for bar in container.patches if artists.has(bar)]
                artists.take(container.patches)
                if shown:
                    found.append(self._bars(artists, container))
        for steps in artists.of(StepPatch):
            artists.take([steps])
            values, edges, base = steps.get_data()
            ends, upright = np.asarray(edges, dtype=float), steps.orientation == "vertical"
            low = np.broadcast_to(np.asarray(0 if base is None else base, dtype=float), np.shape(values))
            values = floats(values)
            columns = _columns(artists, upright, ends[:-1], ends[1:], low, values - low)
            found.append(self._made(artists, artists.name(steps, steps.get_edgecolor()), columns, upright))
        for outline in artists.of(Polygon):
            if (bins := bins_of(outline)) is not None:
                artists.take([outline])
                edges, low, high, upright = bins
                columns = _columns(artists, upright, edges[:-1], edges[1:], low, high - low)
                found.append(self._made(artists, artists.name(outline, outline.get_edgecolor()), columns, upright))
        yield from _comparable(found)

    def _bars(self, artists: Artists, container: BarContainer) -> Series:
        upright = container.orientation != "horizontal"
        boxes: Any = np.array(
            [(bar.get_x(), bar.get_y(), bar.get_width(), bar.get_height()) for bar in container.patches]
        )
        at, along = (0, 1) if upright else (1, 0)
        start, base, width, amount = (boxes[:, index] for index in (at, along, at + 2, along + 2))
        columns = _columns(artists, upright, start, start + width, base, amount)
        middles, ends = (start + width / 2).astype(float), (base + amount).astype(float)
        columns |= error_bars_of(artists, container, *((middles, ends) if upright else (ends, middles)))
        colours = [bar.get_facecolor() for bar in container.patches]
        visible = [colour for colour in colours if to_rgba(colour)[3]]
        own = next((label for one in (container, container.patches[0]) if (label := artists.name(one))), "")
        name = own or artists.name_of(visible or [bar.get_edgecolor() for bar in container.patches])
        return self._made(artists, name, columns, upright)

    def _made(self, artists: Artists, name: str, columns: dict[str, Column], upright: bool) -> Series:
        places = ("x",) if upright else ("y",)
        return Series(self, name, artists.x_scale.name, artists.y_scale.name, columns, places)

    def called(self, series: list[Series]) -> str:
        return "Stacked bar chart" if _stacked(series) else self.chart

    def say(self, series: list[Series]) -> Iterator[str]:
        along = series[0].places[0]
        across = "y" if along == "x" else "x"
        if any(one.places[0] != along for one in series) or series[0].columns[along].scale.axis == "angle":
            return
        if _stacked(series):
            yield _totals(series, along, across)
        elif not any(f"{across}_low" in one.columns and one.columns[across].scale.axis == "" for one in series):
            yield _extremes(series, along, across)


def bins_of(outline: Polygon) -> tuple[Numbers, Numbers, Numbers, bool] | None:
    """The edges of bins, their lower and upper ends, and whether they stand upright, if this is how `hist` draws them.

    Such an outline goes up, along the ends of the bins and down again; one that is filled goes back along their bases.
    """
    corners = np.asarray(outline.get_xy(), dtype=float)
    count = (len(corners) + 3) // 4 if len(corners) % 4 == 1 else len(corners) // 2  # of edges
    for upright in (True, False):
        along, across = corners.T if upright else corners.T[::-1]
        edges, ends = along[: 2 * count : 2], across[1 : 2 * count - 1 : 2]
        back, bases = along[2 * count - 1 :][::-1], across[2 * count - 1 :][::-1]
        if (
            count < 2
            or not np.array_equal(along[: 2 * count], np.repeat(edges, 2))
            or not np.array_equal(across[1 : 2 * count - 1], np.repeat(ends, 2))
            or not (np.diff(edges) > 0).all()
        ):
            continue
        if len(corners) > 2 * count and np.array_equal(back, np.repeat(edges, 2)[1:-1]):
            return edges, bases[::2], ends, upright
        if len(corners) == 2 * count and not across[[0, -1]].any():
            return edges, np.zeros_like(ends), ends, upright
    return None


def _columns(
    artists: Artists, upright: bool, start: Numbers, end: Numbers, base: Numbers, amount: Numbers
) -> dict[str, Column]:
    place, size = (artists.x, artists.y) if upright else (artists.y, artists.x)
    along, across = ("x", "y") if upright else ("y", "x")
    start, end = np.minimum(start, end), np.maximum(start, end)
    middles = place((start + end) / 2, "beside")
    columns = {along: middles, across: size(amount)}
    if middles.names is None and _are_intervals(start, end):
        columns |= {f"{along}_low": place(start), f"{along}_high": place(end)}
    if base.any():  # upon others, or from somewhere to somewhere: the amount is no place on the axis
        columns[across] = Column(np.asarray(amount, dtype=float), size([]).scale.amount())
        ends = base + amount
        columns |= {f"{across}_low": size(np.minimum(base, ends)), f"{across}_high": size(np.maximum(base, ends))}
    return columns


def _comparable(series: list[Series]) -> list[Series]:
    """Bars of several series told in one way: those side by side at one place, all with ends where one is stacked."""
    if not series or any(one.places != series[0].places for one in series):
        return series
    along = series[0].places[0]
    across = "y" if along == "x" else "x"
    if any(f"{across}_low" in one.columns and not one.columns[across].scale.axis for one in series):
        series = [_with_ends(one, across) for one in series]
    places = [one.columns[along] for one in series]
    if (
        len(series) < 2
        or any(place.names is not None for place in places)
        or any(f"{along}_low" in one.columns or len(one) != len(series[0]) for one in series)
    ):
        return series
    numbers = np.array([place.numbers for place in places])
    middles = numbers.mean(axis=0)
    if len(np.unique(numbers)) < numbers.size or not np.allclose(middles, np.round(middles), rtol=0, atol=1e-6):
        return series
    together = Column(np.round(middles), places[0].scale)
    return [replace(one, columns={**one.columns, along: together}) for one in series]


def _with_ends(series: Series, across: str) -> Series:
    column = series.columns[across]
    if not column.scale.axis:
        return series
    amount, scale = column.numbers, column.scale
    ends = {f"{across}_low": Column(np.zeros_like(amount), scale), f"{across}_high": Column(amount, scale)}
    return replace(series, columns={**series.columns, across: Column(amount, scale.amount()), **ends})


def _are_intervals(start: Numbers, end: Numbers) -> bool:
    """Whether bars lie side by side as those of a histogram do, rather than around whole numbers or dates."""
    if len(start) < 2 or not np.allclose(end[:-1], start[1:], rtol=0, atol=1e-6 * float(np.abs(end - start).max())):
        return False
    middles = (start + end) / 2
    return not (np.allclose(middles, np.round(middles)) and np.allclose(end - start, 1))


def _stacked(series: list[Series]) -> bool:
    """Whether each bar that does not begin at zero begins where one of another series ends."""
    along = series[0].places[0]
    across = "y" if along == "x" else "x"
    if len(series) < 2 or not any(f"{across}_low" in one.columns for one in series):
        return False
    ends: set[tuple[float, float]] = set()
    for one in series:
        ends |= set(zip(*_rounded(one.columns[along].numbers, _spans(one, across)[1]), strict=True))
    begins = [
        pair
        for one in series
        for pair in zip(*_rounded(one.columns[along].numbers, _spans(one, across)[0]), strict=True)
        if pair[1]
    ]
    return bool(begins) and all(pair in ends for pair in begins)


def _rounded(*columns: Numbers) -> list[list[float]]:
    return [[float(f"{value:.9g}") for value in column.tolist()] for column in columns]


def _spans(series: Series, across: str) -> tuple[Numbers, Numbers]:
    """Where the bars of a series begin, and where they end."""
    amount = series.columns[across].numbers
    if series.columns[across].scale.axis:
        return np.zeros_like(amount), amount
    low, high = (series.columns[f"{across}_{end}"].numbers for end in ("low", "high"))
    return np.where(amount < 0, high, low), np.where(amount < 0, low, high)


def _totals(series: list[Series], along: str, across: str) -> str:
    totals: dict[str, float] = {}
    for one in series:
        for index, amount in enumerate(one.columns[across].numbers.tolist()):
            if np.isfinite(amount):
                where = _place(one, along, index)
                totals[where] = totals.get(where, 0) + amount
    mixed = any((one.columns[across].numbers < 0).any() for one in series)
    return "" if mixed else _said("total", series[0].columns[across], list(totals.values()), list(totals).__getitem__)


def _extremes(series: list[Series], along: str, across: str) -> str:
    amounts = [one.columns[across].numbers for one in series]
    bars = [(one, index) for one, own in enumerate(amounts) for index in np.flatnonzero(np.isfinite(own)).tolist()]

    def name(bar: int) -> str:
        one, index = bars[bar]
        place = _place(series[one], along, index)
        own = series[one].name if len(series) > 1 and series[one].name != place else ""
        return f"{place}, {shortened(own)}" if own else place

    for bar in {one: bar for bar, (one, _) in enumerate(bars)}.values():
        name(bar)  # which is an UntoldError where an axis calls its places otherwise
    unnamed = len(series) > 1 and not all(one.name for one in series)
    if unnamed and len({name(bar) for bar in range(len(bars))}) < len(bars):
        return ""
    values = [float(amounts[one][index]) for one, index in bars]
    return _said("bar", series[0].columns[across], values, name)


def _place(series: Series, along: str, index: int) -> str:
    if f"{along}_low" in series.columns:
        low, high = (series.columns[f"{along}_{end}"].said(index) for end in ("low", "high"))
        return f"from {low} to {high}"
    return shortened(series.columns[along].said(index))


def _said(what: str, column: Column, values: list[float], name: Callable[[int], str]) -> str:
    if not values:
        return ""
    if len(values) == 1:
        return f"The {what} is {column.told(values[0])} ({name(0)})."
    values = [float(f"{value:.{EXACT}g}") for value in values]
    if (least := column.told(min(values))) == column.told(max(values)):
        return f"All {len(values)} {what}s are {'' if min(values) == max(values) else 'near '}{least}."

    def at(value: float) -> str:
        bars = [bar for bar, one in enumerate(values) if one == value]
        where = listed(list(map(name, bars))) if len(bars) <= MOST_EQUAL else f"{len(bars)} {what}s"
        return f"{column.told(value)} ({where})"

    return f"The highest {what} is {at(max(values))}, the lowest {at(min(values))}."
