"""Of a figure is said what is true of its data, and nothing else."""

import re
import tracemalloc
from collections.abc import Callable
from typing import Any

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest
import seaborn as sns
from hypothesis import given, settings
from hypothesis import strategies as st
from matplotlib.figure import Figure
from mpl_toolkits.axes_grid1 import ImageGrid  # type: ignore[import-untyped]

from plotgate.figure.reading.alt_text import LONGEST, MOST_WORDS, alt_text
from plotgate.figure.reading.panels import read
from tests.drawing import picture
from tests.figure.reading.figures import SAMPLES, Sample, Table, one, said, table

pytestmark = pytest.mark.filterwarnings("ignore:vert. bool was deprecated")  # seaborn 0.13 under matplotlib 3.11


def alt(draw: Callable[[], Figure]) -> str:
    return picture(draw, format="json").alt


def drawn(sample: Sample, penguins: Table) -> Callable[[], Figure]:
    def draw() -> Figure:
        return sample.draw(penguins)

    return draw


@pytest.mark.parametrize("sample", [sample for sample in SAMPLES if sample.said], ids=lambda sample: sample.name)
@pytest.mark.parametrize("rows", [60, 49])
def test_every_number_and_name_is_that_of_the_data(sample: Sample, rows: int) -> None:
    assert sample.said is not None
    assert alt(drawn(sample, table(rows))) == sample.said(table(rows))


def changed(penguins: Table, how: str) -> Table:
    if how == "empty":
        return penguins[:0]
    if how == "one row":
        return penguins[:1]
    if how == "constant":
        return penguins.assign(mass=4000.0, flipper=200.0)
    return penguins.assign(mass=np.nan, flipper=np.nan)


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.name)
@pytest.mark.filterwarnings("ignore")  # numpy, seaborn and matplotlib warn of such data
def test_data_that_says_little_is_told_as_little(sample: Sample, caplog: pytest.LogCaptureFixture) -> None:
    told = []
    for how in ("empty", "one row", "constant", "all missing"):
        try:
            figure = sample.draw(changed(table(), how))
        except (ValueError, TypeError, IndexError, KeyError, UnboundLocalError, np.linalg.LinAlgError):
            continue  # it cannot be drawn of such data
        words = alt_text(read(figure), "Penguins")
        told.append(how)
        plt.close("all")
        assert not caplog.records
        assert "nan" not in words.lower().split() and "inf" not in words.lower()
        assert " from  " not in words and "  " not in words
        assert words.endswith((".", "”."))
        if how in ("empty", "all missing") and sample.name not in MADE_UP:
            assert not any(word in words for word in ("rises", "falls", "correlat", "highest", "median"))
        if how == "constant":
            assert "correlat" not in words
    assert "constant" in told


# These draw numbers that are not missing with the table's.
MADE_UP = {"precision_and_recall", "loop", "pie", "pie_without_names", "contours", "heatmap"}


@pytest.mark.parametrize(
    ("correlation", "says"),
    [
        (0.19, "flipper and mass are hardly correlated (0.19)."),
        (-0.19, "flipper and mass are hardly correlated (-0.19)."),
        (0.21, "flipper rises with mass (correlation 0.21)."),
        (-0.69, "flipper falls with mass (correlation -0.69)."),
        (0.71, "flipper rises clearly with mass (correlation 0.71)."),
        (-1, "flipper falls clearly with mass (correlation -1.00)."),
    ],
)
def test_correlation_is_said_as_strong_as_it_is(correlation: float, says: str) -> None:
    def draw() -> Figure:
        x, y = np.cos(np.arange(8) * np.pi / 4), np.sin(np.arange(8) * np.pi / 4)  # of which neither tells the other
        figure, axes = one()
        axes.scatter(x, correlation * x + np.sqrt(1 - correlation**2) * y)
        axes.set(xlabel="mass", ylabel="flipper")
        return figure

    assert alt(draw).endswith(says)


@pytest.mark.parametrize(
    ("y", "says"),
    [
        ([1, 2, 3, 4, 5, 6], "The line rises from 1 to 6."),
        ([6, 5, 5, 3, 2, 1], "The line falls from 6 to 1."),
        ([1, 3, 2, 4, 5, 6], "The line mostly rises from 1 to 6."),
        ([1, 9, 0, 4, 5, 6], "The line goes from 1 to 6, with its highest value 9 at 1 and its lowest value 0 at 2."),
        ([6, 7, 8, 7, 7, 6], "The line goes from 6 to 6, with its highest value 8 at 2."),
        ([5, 5, 5, 5, 5, 5], "The line is 5 throughout."),
        ([5, 5.001, 5, 5, 5, 5.002], "The line is near 5 throughout."),
        ([1, np.nan, 2, np.nan, 3, np.nan], "The line rises from 1 to 3."),
    ],
)
@pytest.mark.parametrize("step", [1, -1])
def test_course_is_that_along_the_axis(y: list[float], says: str, step: int) -> None:
    def draw() -> Figure:
        figure, axes = one()
        axes.plot(np.arange(6)[::step], y[::step])
        return figure

    assert alt(draw).endswith(says)


def test_categories_are_called_as_their_ticks_are() -> None:
    def renamed() -> Figure:
        figure, axes = one()
        axes.bar(["a", "b"], [1, 2])
        axes.set_xticks([0, 1], ["Biscoe", "Dream"])
        return figure

    def trimmed() -> Figure:
        figure, axes = one()
        axes.scatter(["a", "b", "c"], [1, 3, 2])
        axes.set_xticks([0, 2])  # fewer than there are categories
        return figure

    assert "The highest bar is 2 (Dream), the lowest 1 (Biscoe)." in alt(renamed)
    assert "The x axis shows a, b and c" in alt(trimmed)


def test_points_with_a_line_through_them_are_a_scatter_plot_and_a_line_with_a_remark_is_none() -> None:
    def fitted() -> Figure:
        figure, axes = one()
        axes.scatter(range(20), range(20))
        axes.plot(np.linspace(0, 19, 100), np.linspace(0, 19, 100))
        return figure

    def marked() -> Figure:
        figure, axes = one()
        axes.plot(range(20), range(20))
        axes.scatter([19], [19])
        return figure

    assert alt(fitted).startswith("Scatter plot: ")
    assert alt(marked).startswith("Line chart: ")


def test_colours_that_stand_for_no_numbers_are_not_compared() -> None:
    numbers = pd.DataFrame([[0.1, 0.4, 0.2], [0.3, 0.2, 0.1], [0.6, 0.5, 0.9]])
    grid = sns.clustermap(numbers, row_colors=["red", "green", "blue"])
    words = alt_text(read(grid.figure), "Penguins")
    plt.close("all")
    assert words == "Penguins, in 2 dendrograms and 1 heatmap. The highest value is 0.9."


def test_each_of_three_axes_upon_each_other_has_its_own_range() -> None:
    def draw() -> Figure:
        figure, axes = one()
        for index, name in enumerate(["mass", "flipper", "depth"]):
            own = axes.twinx() if index else axes
            own.plot([1, 2], [index, 10**index])
            own.set(xlabel="year", ylabel=name)
        return figure

    assert (
        "The x axis shows year from 1 to 2, the left y axis shows mass from 0 to 1, the right y axis shows flipper "
        "from 1 to 10, the second right y axis shows depth from 2 to 100."
    ) in alt(draw)


def test_parts_of_a_figure_are_panels_beside_each_other() -> None:
    def draw() -> Figure:
        figure = Figure(layout="constrained")
        parts: Any = figure.subfigures(1, 2)
        for part in parts:
            part.subplots().plot([1, 2], [2, 3])
        return figure

    assert alt(draw).endswith(", in 2 line charts.")


def test_axes_of_a_grid_of_images_are_panels_beside_each_other() -> None:
    def draw() -> Figure:
        figure = Figure()
        for axes in ImageGrid(figure, (1, 1, 1), (2, 2)):
            axes.imshow([[1, 2], [3, 4]])
        return figure

    assert ", in 4 heatmaps. " in alt_text(read(draw()), "Penguins")


def test_image_is_described_without_a_copy_of_its_numbers() -> None:
    numbers = np.arange(1e6).reshape(1000, 1000)
    figure = Figure()
    figure.subplots().imshow(numbers)
    tracemalloc.start()
    try:
        words = alt_text(read(figure), "Penguins")
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert words.endswith("The highest value is 999999 (999 and 999), the lowest 0 (0 and 0).")
    assert most < numbers.nbytes / 4


LONG = "a word and " * 900


@pytest.mark.parametrize(
    "name", [LONG, LONG.replace(" ", "_"), "\x00\x0b\ufffe=1\n2\u202e", "<script>$", "$\\alpha_{1}$", "٣٤ متر"]
)
def test_no_name_is_too_long_or_breaks_a_line(name: str) -> None:
    def draw() -> Figure:
        figure, axes = one()
        axes.set(title=name, xlabel=name, ylabel=name)
        for index in range(3):
            axes.plot([f"{name}{i}" for i in range(3)], [index, 2, 3], label=f"{index}{name}")
        axes.annotate(name, (1, 1))
        return figure

    words = alt(draw)
    assert len(words) <= LONGEST
    assert len(words.split()) <= MOST_WORDS
    assert words.isprintable()


def test_formulas_are_read_without_their_marks() -> None:
    def draw() -> Figure:
        figure, axes = one()
        axes.plot([1, 2], [3, 4])
        axes.set(xlabel=r"$\mathrm{Dose}$ ($\mu$g)", ylabel="price ($)", title=r"$T_{max}$ in $^\circ$C")
        return figure

    words = alt(draw)
    assert words.startswith(
        "Line chart: T_max in °C. The x axis shows Dose (μg) from 1 to 2, the y axis shows price ($)"
    )


@given(
    st.lists(st.tuples(st.floats(width=32), st.floats(width=32)), max_size=30),
    st.sampled_from(["plot", "scatter", "bar", "stem", "fill_between", "step", "barh"]),
)
@settings(max_examples=100, deadline=None)
@pytest.mark.filterwarnings("ignore")  # of infinite numbers
def test_no_number_is_said_that_is_none_of_the_data(pairs: list[tuple[float, float]], method: str) -> None:
    x, y = np.array([pair[0] for pair in pairs], dtype=float), np.array([pair[1] for pair in pairs], dtype=float)
    figure = Figure()
    try:
        getattr(figure.subplots(), method)(x, y)
    except (ValueError, OverflowError):
        return
    words = alt_text(read(figure), "Penguins")
    facts = {said(abs(value)) for value in [*x, *y] if np.isfinite(value)} | {str(n) for n in range(len(x) + 1)}
    words = re.sub(r"\(-?\d\.\d\d\)|correlation -?\d\.\d\d|All \d+ ", "", words)
    numbers = re.findall(r"\d+(?:\.\d+)?(?:e[+-]?\d+)?(?: (?:million|billion|trillion))?", words)
    assert not set(numbers) - facts


def test_error_bars_without_marks_are_listed_alone() -> None:
    figure, axes = one()
    axes.errorbar([1, 2], [3, 4], yerr=[[1, 1], [2, 3]], fmt="none")
    columns = read(figure).panels[0].series[0].columns
    plt.close("all")
    assert {name: column.values() for name, column in columns.items()} == {
        "x": [1, 2],
        "y_low": [2, 3],
        "y_high": [5, 7],
    }
