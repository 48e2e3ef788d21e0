"""What is apart in an author's own picture is apart at each size."""

from collections.abc import Callable
from io import BytesIO
from itertools import combinations
from typing import Any

import matplotlib.pyplot as plt
import numpy as np
import pytest
from matplotlib.figure import Figure
from matplotlib.text import Text
from mpl_toolkits import axisartist  # type: ignore[import-untyped]

from tests.drawing import laid_out
from tests.gallery.observing import watched


def share(first: Text, second: Text) -> bool:
    a, b = Text.get_window_extent(first), Text.get_window_extent(second)
    return bool(min(a.x1, b.x1) - max(a.x0, b.x0) > 1 and min(a.y1, b.y1) - max(a.y0, b.y0) > 1)


def panels_under_a_title() -> Figure:
    figure, panels = plt.subplots(2, 2, layout="none")
    for axes in panels.flat:
        axes.plot([1, 3, 2])
        axes.set_title("A panel")
    figure.subplots_adjust(left=0.1, bottom=0.08, top=0.88, hspace=0.35)
    figure.suptitle("Linear discriminant analysis")
    return figure


def panels_with_titles_between() -> Figure:
    figure, panels = plt.subplots(2, 1, layout="none")
    for axes in panels:
        axes.plot([1, 3, 2])
        axes.set(title="A panel", xlabel="Time (s)")
    figure.subplots_adjust(hspace=0.5, top=0.92)
    return figure


@pytest.mark.parametrize("width", [640, 440, 300, 1320])
@pytest.mark.parametrize("draw", [panels_under_a_title, panels_with_titles_between])
def test_titles_of_an_arrangement_by_hand_stay_apart(draw: Callable[[], Figure], width: int) -> None:
    with laid_out(draw, width=width) as figure:
        figure.draw_without_rendering()
        titles = [*figure.texts, *(axes.title for axes in figure.axes), *(axes.xaxis.label for axes in figure.axes)]
        said = [text for text in titles if text.get_text()]
        assert not [(a.get_text(), b.get_text()) for a, b in combinations(said, 2) if share(a, b)]


def cells_with_numbers() -> Figure:
    figure, axes = plt.subplots()
    axes.imshow(np.zeros((6, 6)))
    for row in range(6):
        for column in range(6):
            axes.text(column, row, "0.1234", ha="center", va="center")
    return figure


def remarks() -> Figure:
    figure, axes = plt.subplots()
    axes.set(xlim=(0, 10), ylim=(0, 10))
    for number in range(10):
        axes.text(0.2, number + 0.5, f"A remark on what is to be seen in row {number}")
        axes.annotate("and another", (7, number + 0.5), (6.6, number + 0.5))
    return figure


@pytest.mark.parametrize("width", [640, 440, 300])
@pytest.mark.parametrize("draw", [cells_with_numbers, remarks])
def test_texts_in_axes_stay_apart(draw: Callable[[], Figure], width: int) -> None:
    with laid_out(draw, width=width) as figure:
        figure.draw_without_rendering()
        texts = list(figure.axes[0].texts)
        assert not [(a.get_text(), b.get_text()) for a, b in combinations(texts, 2) if share(a, b)]


def names_in_space() -> Figure:
    figure = plt.figure()
    axes = figure.add_subplot(projection="3d")
    angles = np.linspace(0, 2 * np.pi, 40)
    axes.plot(np.cos(angles), np.cos(3 * angles), np.sin(angles))
    axes.set(xlabel="X label", ylabel="Y label", zlabel="Z label")
    return figure


def slanted_remarks() -> Figure:
    figure, axes = plt.subplots()
    axes.set(xlim=(0, 10), ylim=(0, 10))
    for number in range(10):
        axes.text(number, 5, "A remark", rotation=50)
        axes.text(number + 0.32, 6.3, "and another", rotation=50)
    return figure


@pytest.mark.parametrize("width", [640, 440, 300])
@pytest.mark.parametrize("draw", [names_in_space, slanted_remarks])
def test_slanted_texts_stay_apart(draw: Callable[[], Figure], width: int) -> None:
    with watched("#ffffff") as seen, laid_out(draw, width=width) as figure:
        figure.savefig(BytesIO())
        found = seen()
    assert found is not None
    assert found.overlaps == []


def table_below_bars() -> Figure:
    figure, axes = plt.subplots()
    axes.bar(range(5), [66, 58, 89, 78, 139])
    axes.set(xticks=[], ylabel="Loss ($1000s)", title="Loss by disaster")
    rows = [[f"{row * column:.1f}" for column in range(17, 22)] for row in range(1, 6)]
    years = [f"{row} years" for row in range(1, 6)]
    axes.table(rows, rowLabels=years, colLabels=["Freeze", "Wind", "Flood", "Quake", "Hail"])
    return figure


def table_by_hand() -> Figure:
    figure = table_below_bars()
    figure.subplots_adjust(left=0.2, bottom=0.3)
    return figure


def table_alone() -> Figure:
    figure, axes = plt.subplots()
    axes.axis("off")
    axes.table([[f"{row * column:.3f}" for column in range(6)] for row in range(14)], loc="center")
    return figure


@pytest.mark.parametrize("width", [640, 440, 300])
@pytest.mark.parametrize("draw", [table_below_bars, table_by_hand, table_alone])
def test_rows_of_tables_stay_apart(draw: Callable[[], Figure], width: int) -> None:
    with watched("#ffffff") as seen, laid_out(draw, width=width) as figure:
        figure.savefig(BytesIO())
        found = seen()
    assert found is not None
    assert found.overlaps == []
    assert found.cut == []


def axes_of_axisartist() -> Figure:
    figure = plt.figure()
    axes = figure.add_subplot(axes_class=axisartist.Axes)
    axes.plot([0, 1e6], [0, 1])
    axes.xaxis.set_major_formatter("{x:.0f}")
    return figure


@pytest.mark.parametrize("width", [640, 300, 200])
def test_labels_of_axisartist_stay_apart(width: int) -> None:
    with watched("#ffffff") as seen, laid_out(axes_of_axisartist, width=width) as figure:
        figure.savefig(BytesIO())
        found = seen()
    assert found is not None
    assert found.overlaps == []


def labels_inside() -> Figure:
    figure = plt.figure(figsize=(5, 2))
    figure.subplots_adjust(wspace=0.4, bottom=0.3)
    for place in (121, 122):
        axes: Any = figure.add_subplot(place, axes_class=axisartist.Axes)
        axes.set(xticks=[0.2, 0.8], yticks=[0.2, 0.8], xlabel="A name", ylabel="A name")
        axes.axis[:].invert_ticklabel_direction()
    return figure


@pytest.mark.parametrize("width", [500, 440, 300])
def test_arrangement_in_which_labels_lie_upon_each_other_is_kept(width: int) -> None:
    with laid_out(labels_inside, width=width) as figure:
        assert [axes.get_position().y0 for axes in figure.axes] == pytest.approx([0.3, 0.3])


def texts_that_lie_upon_each_other() -> Figure:
    figure, axes = plt.subplots()
    axes.text(0.5, 0.5, "one thing")
    axes.text(0.5, 0.5, "another thing")
    axes.set_title("Two things")
    return figure


def test_texts_that_their_author_laid_upon_each_other_make_nothing_smaller() -> None:
    with laid_out(texts_that_lie_upon_each_other) as figure:
        assert float(figure.axes[0].title.get_fontsize()) * figure.dpi == 1400


def long_legend() -> Figure:
    figure, axes = plt.subplots()
    for number in range(12):
        axes.plot([1, 3, number], label=f"Observations of station {number}")
    axes.legend(loc="upper left")
    return figure


def test_legend_leaves_room_for_data() -> None:
    def covered(figure: Figure) -> float:
        (axes,) = figure.axes
        legend, frame = axes.get_legend().get_window_extent(), axes.get_window_extent()  # type: ignore[union-attr]
        return float(legend.width * legend.height / (frame.width * frame.height))

    with laid_out(long_legend) as figure:
        own = covered(figure)
    with laid_out(long_legend, width=300) as figure:
        assert covered(figure) < max(0.5, 1.05 * own)
