"""What a figure shows, read from the figure itself: the source of its CSV and of its alt text."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta

import numpy as np
from matplotlib import rcParams
from matplotlib.axes import Axes
from matplotlib.axis import Axis
from matplotlib.colors import to_rgba_array
from matplotlib.dates import AutoDateFormatter, ConciseDateFormatter, DateFormatter
from matplotlib.figure import Figure
from numpy.typing import NDArray

from plotgate.figure.reading.artists import Mark, marks
from plotgate.figure.ticks import tick_names

Value = float | str
"""A number, the name of a category, or a time as ISO 8601 has it."""


@dataclass(frozen=True)
class Series:
    """Marks that belong together: `x`, `y` and `value` are of one length, or empty where there is none."""

    kind: str  # "line", "points", "bars", "cells", "area", "segments", "wedges" or "contours"
    name: str  # as the legend has it; empty if there is only one
    x_name: str  # of the axes
    y_name: str
    x: list[Value]
    y: list[Value]
    value: list[float]


@dataclass(frozen=True)
class Panel:
    """One pair of axes, or two that lie upon each other."""

    number: int  # from 1, in reading order
    title: str
    value_name: str  # that of the colour bar
    series: list[Series] = field(default_factory=list)

    @property
    def x_name(self) -> str:
        """What is on the x axis, or on the first that has a name."""
        return next((series.x_name for series in self.series if series.x_name), "")

    @property
    def y_name(self) -> str:
        """What is on the y axis, or on the first that has a name."""
        return next((series.y_name for series in self.series if series.y_name), "")


def read_contents(figure: Figure) -> list[Panel]:
    """The panels of a figure with their data, as it was given to matplotlib: neither clipped nor rounded."""
    drawn = [axes for axes in figure.axes if axes.get_visible() and axes.get_label() != "<colorbar>"]
    bars = [axes for axes in figure.axes if axes.get_label() == "<colorbar>"]
    places = {axes: _place(axes) for axes in drawn}
    order = sorted(set(places.values()))
    panels: dict[int, Panel] = {}
    for axes in drawn:
        number = order.index(places[axes]) + 1
        panel = panels.setdefault(
            number,
            Panel(
                number,
                axes.get_title() or axes.get_title("left") or axes.get_title("right"),
                next((name for bar in bars if (name := bar.get_ylabel() or bar.get_xlabel())), ""),
            ),
        )
        names = _legend(figure, axes)
        for mark in marks(axes):
            panel.series.extend(_series(axes, mark, names))
    return [panels[number] for number in sorted(panels)]


def _place(axes: Axes) -> tuple[float, float]:
    box = axes.get_position(original=True)
    return round(-box.y1, 2), round(box.x0, 2)


def _name(axes: Axes, which: str) -> str:
    """The name of an axis; in a grid of panels that share it, one of the outer panels has it."""
    own = axes.get_xlabel() if which == "x" else axes.get_ylabel()
    if own:
        return own
    if which == "x":
        near = [other for other in axes.get_shared_x_axes().get_siblings(axes) if _place(other)[1] == _place(axes)[1]]
        return next((name for other in near if (name := other.get_xlabel())), "")
    near = [other for other in axes.get_shared_y_axes().get_siblings(axes) if _place(other)[0] == _place(axes)[0]]
    return next((name for other in near if (name := other.get_ylabel())), "")


def _legend(figure: Figure, axes: Axes) -> dict[tuple[float, ...], str]:
    """The names that the legends give to colours."""
    names: dict[tuple[float, ...], str] = {}
    for legend in [*figure.legends, *filter(None, [axes.get_legend()])]:
        for handle, text in zip(legend.legend_handles, legend.get_texts(), strict=False):
            for getter in ("get_facecolor", "get_markerfacecolor", "get_color"):
                colour = getattr(handle, getter, lambda: None)()
                if colour is not None and not (isinstance(colour, str) and colour == "none") and np.size(colour):
                    rgba = to_rgba_array(colour)
                    names.setdefault(_key(rgba[0]), text.get_text())
    return names


def _key(rgba: NDArray[np.float64]) -> tuple[float, ...]:
    return tuple(np.round(rgba[:3], 3).tolist())  # without the opacity, which legends may leave out


def _series(axes: Axes, mark: Mark, names: dict[tuple[float, ...], str]) -> Iterator[Series]:
    x_name, y_name = _name(axes, "x"), _name(axes, "y")

    def made(name: str, chosen: NDArray[np.bool_] | slice) -> Series:
        x = _values(axes.xaxis, mark.x[chosen]) if mark.x is not None else []
        y = _values(axes.yaxis, mark.y[chosen]) if mark.y is not None else []
        value = mark.value[chosen].astype(float).tolist() if mark.value is not None else []
        return Series(mark.kind, name, x_name, y_name, x, y, value)

    if mark.name:
        yield made(mark.name, slice(None))
    elif len(mark.colours) > 1 and mark.value is None and mark.x is not None and len(mark.colours) == len(mark.x):
        # Points of several series in one artist, as seaborn draws them: told apart by their colours.
        keys = [_key(colour) for colour in mark.colours]
        for key in dict.fromkeys(keys):
            yield made(names.get(key, ""), np.array([one == key for one in keys]))
    else:
        key = _key(mark.colours[0]) if len(mark.colours) and mark.value is None else ()
        yield made(names.get(key, ""), slice(None))


def _values(axis: Axis, numbers: NDArray[np.float64]) -> list[Value]:
    formatter = axis.get_major_formatter()
    if isinstance(formatter, AutoDateFormatter | ConciseDateFormatter | DateFormatter):
        # matplotlib counts days from an epoch of its own, 1970 unless an author set another.
        epoch = datetime.fromisoformat(rcParams["date.epoch"])
        times = [epoch + timedelta(days=number) for number in numbers.tolist()]
        whole_days = all(moment.time() == time() for moment in times)
        return [moment.date().isoformat() if whole_days else moment.isoformat() for moment in times]
    if names := tick_names(axis):
        found = [names.get(round(number, 6)) for number in numbers.tolist()]
        if all(found):
            return [name for name in found if name]
    return [float(number) for number in numbers]
