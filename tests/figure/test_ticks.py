"""Tick labels do not run into each other, and each stays at its own place."""

from collections.abc import Callable
from itertools import combinations
from typing import Any

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest
from matplotlib.axes import Axes
from matplotlib.axis import Axis
from matplotlib.figure import Figure
from matplotlib.text import Text
from matplotlib.ticker import FixedFormatter, FixedLocator, FuncFormatter, MaxNLocator, MultipleLocator

from tests.drawing import laid_out

NAMES = [f"station {number}" for number in range(30)]


def ticks(axis: Axis, *, minor: bool = False) -> dict[float, Text]:
    """The labels that are drawn, by their places."""
    axis.get_figure(root=True).draw_without_rendering()  # type: ignore[union-attr]
    low, high = sorted(axis.get_view_interval())
    found = axis.get_minor_ticks() if minor else axis.get_major_ticks()
    return {
        tick.get_loc(): tick.label1
        for tick in found
        if low <= tick.get_loc() <= high and tick.label1.get_visible() and tick.label1.get_text()
    }


def meeting(labels: list[Text]) -> list[tuple[str, str]]:
    """The labels whose boxes share more than 15 % of a font size, each way."""
    most = 0.15 * float(labels[0].get_fontsize()) * labels[0].get_figure(root=True).dpi / 72 + 0.1  # type: ignore[union-attr]

    def share(first: Text, second: Text) -> bool:
        a, b = first.get_window_extent(), second.get_window_extent()
        return bool(min(a.x1, b.x1) - max(a.x0, b.x0) > most and min(a.y1, b.y1) - max(a.y0, b.y0) > most)

    return [(one.get_text(), other.get_text()) for one, other in combinations(labels, 2) if share(one, other)]


def boxes_by_group() -> Figure:
    rng = np.random.default_rng(0)
    table = pd.DataFrame(rng.random((10, 4)), columns=list("abcd"))
    table["group"] = ["a long name", "another long name"] * 5
    table.boxplot(by="group")
    return plt.gcf()


@pytest.mark.parametrize("width", [640, 300])
def test_axes_that_share_their_ticks_have_each_once(width: int) -> None:
    with laid_out(boxes_by_group, width=width) as figure:
        lower = [axes for axes in figure.axes if axes.get_subplotspec().is_last_row()]  # type: ignore[union-attr]
        for axes in lower:
            names = {at: " ".join(label.get_text().split()) for at, label in ticks(axes.xaxis).items()}
            assert names == {1: "a long name", 2: "another long name"}


def counted(axes: Axes) -> None:
    axes.xaxis.set_major_locator(MaxNLocator(30))
    axes.xaxis.set_major_formatter(FuncFormatter(lambda _, number: NAMES[(number or 0) % 30]))


def counted_at_each_place(axes: Axes) -> None:
    axes.xaxis.set_major_locator(MultipleLocator(1))
    axes.xaxis.set_major_formatter(FuncFormatter(lambda _, number: NAMES[(number or 0) % 30]))


def numbers_as_names(axes: Axes) -> None:
    axes.xaxis.set_major_locator(FixedLocator(range(30)))
    axes.xaxis.set_major_formatter(FixedFormatter([str(number * 1000) for number in range(30)]))


def whole_numbers(axes: Axes) -> None:
    axes.xaxis.set_major_locator(MaxNLocator(30, integer=True))
    axes.xaxis.set_major_formatter(FuncFormatter(lambda at, _: NAMES[int(at) % 30]))


@pytest.mark.parametrize("name", [counted, counted_at_each_place, numbers_as_names, whole_numbers])
def test_tick_keeps_its_label_where_others_are_left_out(name: Callable[[Axes], None]) -> None:
    def draw() -> Figure:
        figure = Figure()
        axes = figure.subplots()
        axes.plot(range(30))
        axes.set_xlim(0, 29)
        name(axes)
        return figure

    own = {at: label.get_text() for at, label in ticks(draw().axes[0].xaxis).items()}
    with laid_out(draw, width=200) as figure:
        left = {at: label.get_text() for at, label in ticks(figure.axes[0].xaxis).items()}
    assert 2 <= len(left) < len(own)
    assert left.items() <= own.items()


def test_ticks_beyond_an_axis_do_not_widen_it() -> None:
    def draw() -> Figure:
        figure = Figure()
        axes = figure.subplots()
        axes.plot(range(30))
        axes.set_xticks(range(30), NAMES)
        axes.set_xlim(10, 25)
        return figure

    with laid_out(draw, width=200) as figure:
        assert figure.axes[0].get_xlim() == (10, 25)


def space(limits: tuple[float, float], **settings: Any) -> Callable[[], Figure]:
    def draw() -> Figure:
        figure = Figure(**settings)
        axes = figure.add_subplot(projection="3d")
        axes.plot(limits, limits, limits)
        return figure

    return draw


@pytest.mark.parametrize("width", [640, 440, 200])
@pytest.mark.parametrize("limits", [(-1, 1), (0, 0.001), (-40_000, 90_000)])
def test_labels_in_space_do_not_meet(limits: tuple[float, float], width: int) -> None:
    with laid_out(space(limits), width=width) as figure:
        (axes,) = figure.axes
        for axis in (axes.xaxis, axes.yaxis, axes.zaxis):  # type: ignore[attr-defined]
            labels = list(ticks(axis).values())
            assert len(labels) > 1
            assert not meeting(labels)


def months() -> Figure:
    figure, axes = plt.subplots()
    periods = pd.period_range("2020-01", periods=30, freq="M")
    pd.Series(np.arange(30), index=periods).plot(ax=axes)
    return figure


def two_decades() -> Figure:
    figure = Figure(figsize=(3, 4))
    axes = figure.subplots()
    axes.plot([1.2e-3, 9e-3], [1, 2])
    axes.set_xscale("log")
    return figure


@pytest.mark.parametrize("width", [640, 300, 200])
@pytest.mark.parametrize("draw", [months, two_decades])
def test_labels_of_minor_ticks_give_way(draw: Callable[[], Figure], width: int) -> None:
    with laid_out(draw, width=width) as figure:
        axis = figure.axes[0].xaxis
        labels = [*ticks(axis).values(), *ticks(axis, minor=True).values()]
        assert labels
        assert not meeting(labels)
