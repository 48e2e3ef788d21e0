"""Data at the edge of what a chart can show is told as truly as any other, in each kind of chart."""

import csv
import io
import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest
import seaborn as sns

from plotgate.figure.reading.alt_text import LONGEST, MOST_WORDS, alt_text
from plotgate.figure.reading.long_description import long_description
from plotgate.figure.reading.panels import read
from plotgate.figure.reading.table import as_csv
from tests.figure.reading.figures import one, said

pytestmark = pytest.mark.filterwarnings("ignore")  # of data that is missing, of glyphs, and of what seaborn does

Draw = Callable[[Any, Any, Any], Any]
"""Draws upon axes what stands at x with the values y."""


def doubled(axes: Any, x: Any, y: Any, method: str, **second: Any) -> None:
    getattr(axes, method)(x, y, label="first")
    getattr(axes, method)(x, y, label="second", **second)
    axes.legend()


def by_pandas(kind: Any, **options: Any) -> Draw:
    return lambda axes, x, y: pd.DataFrame({"value": y}, index=pd.Index(x)).plot(kind=kind, ax=axes, **options)


def by_seaborn(name: str, **options: Any) -> Draw:
    return lambda axes, x, y: getattr(sns, name)(x=x, y=y, ax=axes, **options)


def twins(axes: Any, x: Any, y: Any) -> None:
    axes.plot(x, y)
    axes.twinx().bar(x, y)


def grid(y: Any) -> Any:
    return np.ma.asarray(y, dtype=float)[:, None] * np.ones(3)


def in_space(axes: Any, x: Any, y: Any) -> None:
    figure = axes.figure
    axes.remove()
    space = figure.add_subplot(projection="3d")
    space.set_title("Penguins")
    space.scatter(x, y, y)
    space.plot(x, y, y)


def on_a_circle(axes: Any, x: Any, y: Any) -> None:
    figure = axes.figure
    axes.remove()
    circle = figure.add_subplot(projection="polar")
    circle.plot(x, y)
    circle.scatter(x, y)
    circle.bar(x, y)


CHARTS: dict[str, Draw] = {
    "line": lambda axes, x, y: axes.plot(x, y),
    "lines": lambda axes, x, y: doubled(axes, x, y, "plot"),
    "step": lambda axes, x, y: axes.step(x, y),
    "scatter": lambda axes, x, y: axes.scatter(x, y),
    "scatter of groups": lambda axes, x, y: doubled(axes, x, y, "scatter"),
    "bar": lambda axes, x, y: axes.bar(x, y),
    "barh": lambda axes, x, y: axes.barh(x, y),
    "stacked bar": lambda axes, x, y: doubled(axes, x, y, "bar", bottom=y),
    "hist": lambda axes, x, y: axes.hist(y, bins=4),
    "outline of a hist": lambda axes, x, y: axes.hist(y, bins=4, histtype="step"),
    "box": lambda axes, x, y: axes.boxplot(y),
    "violin": lambda axes, x, y: axes.violinplot(y),
    "pie": lambda axes, x, y: axes.pie(np.abs(y), labels=[str(place) for place in x]),
    "heatmap": lambda axes, x, y: axes.imshow(grid(y)),
    "mesh": lambda axes, x, y: axes.pcolormesh(grid(y)),
    "hexbin": lambda axes, x, y: axes.hexbin(x, y, gridsize=4),
    "contour": lambda axes, x, y: axes.contour(grid(y)),
    "filled contour": lambda axes, x, y: axes.contourf(grid(y)),
    "quiver": lambda axes, x, y: axes.quiver(x, y, y, y),
    "errorbar": lambda axes, x, y: axes.errorbar(x, y, yerr=1),
    "stem": lambda axes, x, y: axes.stem(x, y),
    "stairs": lambda axes, x, y: axes.stairs(y),
    "fill_between": lambda axes, x, y: axes.fill_between(x, y),
    "stackplot": lambda axes, x, y: axes.stackplot(x, y, y, labels=["first", "second"]),
    "eventplot": lambda axes, x, y: axes.eventplot(y),
    "vlines": lambda axes, x, y: axes.vlines(x, 0, y),
    "spans": lambda axes, x, y: axes.broken_barh([(value, 1) for value in y], (0, 1)),
    "space": in_space,
    "circle": on_a_circle,
    "twins": twins,
    "pandas line": by_pandas("line"),
    "pandas bar": by_pandas("bar"),
    "pandas area": by_pandas("area", stacked=False),
    "pandas hist": by_pandas("hist"),
    "pandas box": by_pandas("box"),
    "seaborn line": by_seaborn("lineplot"),
    "seaborn points": by_seaborn("scatterplot"),
    "seaborn strip": by_seaborn("stripplot"),
    "seaborn box": by_seaborn("boxplot"),
    "seaborn violin": by_seaborn("violinplot"),
    "seaborn bar": by_seaborn("barplot"),
    "seaborn count": lambda axes, x, y: sns.countplot(x=x, ax=axes),
    "seaborn hist": lambda axes, x, y: sns.histplot(x=y, ax=axes, bins=4),
}

OF_ONE_VARIABLE = {
    "hist",
    "outline of a hist",
    "box",
    "violin",
    "heatmap",
    "mesh",
    "contour",
    "filled contour",
    "stairs",
}
OF_ONE_VARIABLE |= {"eventplot", "spans", "pandas hist", "pandas box", "seaborn hist"}

Y = np.array([3.0, 1.0, 4.0, 1.5, 5.0])
X = np.arange(5.0)
ALL: dict[str, tuple[Any, Any]] = {
    "plain": (X, Y),
    "empty": (X[:0], Y[:0]),
    "one row": (X[:1], Y[:1]),
    "all missing": (X, Y * np.nan),
    "some missing": (X, np.where(X == 2, np.nan, Y)),
    "masked": (X, np.ma.masked_where(X == 2, Y)),
    "all masked": (X, np.ma.masked_where(X >= 0, Y)),
    "constant": (X, np.full(5, 7.25)),
    "zero": (X, np.zeros(5)),
    "infinite": (X, np.array([1.0, np.inf, 2.0, -np.inf, 3.0])),
    "minus": (X, -Y),
    "large": (X, (Y * 2**53).astype(np.int64) + 1),
    "tiny": (X, Y * 1e-300),
    "whole": (X.astype(int), Y.astype(int)),
    "truth": (X, Y > 2),
    "names": (["a", "b", "c", "d", "e"], Y),
    "names with signs": (["$a$", "b_1", "c\nd", "<e>", "=f"], Y),
    "names from right to left": (["עברית", "العربية", "فارسی", "a", "b"], Y),
    "names of Asia": (["東京", "서울", "北京", "大阪", "台北"], Y),
    "long names": (["a long name " * 40 + letter for letter in "abcde"], Y),
    "equal names": (["a", "a", "b", "b", "b"], Y),
    "categories": (pd.Categorical(["a", "b", "c", "a", "b"]), Y),
    "dates": (pd.date_range("2024-03-29", periods=5), Y),
    "dates of a zone": (pd.date_range("2024-03-29", periods=5, tz=ZoneInfo("Europe/Berlin")), Y),
    "dates without one": (pd.DatetimeIndex(["2024-03-29", None, "2024-03-31", "2024-04-01", "2024-04-02"]), Y),
    "periods": (pd.period_range("2024-01", periods=5, freq="M"), Y),
    "spans of time": (pd.timedelta_range("1h", periods=5, freq="h"), Y),
    "spans of python": ([timedelta(hours=hour) for hour in range(5)], Y),
}
CASES = [(chart, data) for chart in CHARTS for data in ALL if chart not in OF_ONE_VARIABLE or ALL[data][0] is X]
NUMBERS = r"-?\d+(?:\.\d+)?(?:e[+-]?\d+)?(?: (?:million|billion|trillion))?"


def told(chart: str, data: str) -> tuple[str, str, list[list[str]]] | None:
    """The alt text, the long description and the table; None where such data cannot be drawn so."""
    figure, axes = one()
    try:
        CHARTS[chart](axes, *ALL[data])
    except Exception:  # noqa: BLE001 - matplotlib, pandas and seaborn raise all kinds of errors
        return None
    finally:
        plt.close("all")
    reading = read(figure)
    text = as_csv(reading)
    return alt_text(reading, "Penguins"), long_description(reading, "Penguins"), list(csv.reader(io.StringIO(text)))


@pytest.mark.parametrize("chart", CHARTS)
def test_each_chart_is_drawn_and_told_of_plain_data(chart: str) -> None:
    found = told(chart, "plain")
    assert found is not None
    assert len(found[2]) > 1


@pytest.mark.parametrize(("chart", "data"), CASES)
def test_edges_of_data_are_told_truly(chart: str, data: str, caplog: pytest.LogCaptureFixture) -> None:
    found = told(chart, data)
    if found is None:
        return  # what the libraries refuse to draw has nothing to tell
    words, description, rows = found
    assert not caplog.records  # nothing failed to be read
    assert 0 < len(words) <= LONGEST
    assert len(words.split()) <= MOST_WORDS
    for text in (words, *description.split("\n")):
        assert text.isprintable()
        assert not re.search(r"\b(nan|inf|None|NaN)\b|  | from [ ,.]| at [,.]", text)
    assert {len(row) for row in rows} == {len(rows[0])}
    assert not {"nan", "inf", "-inf", "None", "<NA>"} & {cell for row in rows for cell in row}
    if data in ("empty", "all missing") or (data == "all masked" and not ("hist" in chart or chart == "stairs")):
        assert not re.search(r"rises|falls|correlat|highest|median|There (is|are)", words)
    if data in ("constant", "zero", "one row"):
        assert not re.search(r"rises|falls|correlat", words)


@pytest.mark.parametrize("data", ALL)
@pytest.mark.parametrize("chart", ["line", "scatter", "bar", "stem", "fill_between", "errorbar", "twins", "heatmap"])
def test_no_number_is_said_that_is_not_in_the_data(chart: str, data: str) -> None:
    found = told(chart, data)
    if found is None:
        return  # what the libraries refuse to draw has nothing to tell
    x, y = ALL[data]
    places = [value for value in x if isinstance(value, int | float)]
    numbers = [float(value) for value in np.ma.filled(np.ma.asarray(y, dtype=float), np.nan)]
    facts = {said(value) for value in [*places, *numbers, *(n + 1 for n in numbers), *(n - 1 for n in numbers)]}
    facts |= {str(count) for count in range(3 * len(numbers) + 1)} | {"-0", *map(said, np.arange(-1, 5.5, 0.5))}
    words = re.sub(r"\d{4}-\d\d(-\d\dT?[\d:+]*)?|b_1|correlation -?\d\.\d\d|\(-?\d\.\d\d\)|The median.*", "", found[0])
    if data in ("spans of time", "spans of python", "dates", "dates of a zone", "dates without one", "periods"):
        words = re.sub(r"The x axis.*?, the| at [\d.]+ billion|\(at [\d.]+ billion", "", words)
    assert not set(re.findall(NUMBERS, words)) - facts, found[0]


def test_large_whole_numbers_are_written_as_they_were_drawn() -> None:
    figure, axes = one()
    axes.plot([0, 1], [2**53 + 2, 2**53 + 4])
    (_, *rows) = csv.reader(io.StringIO(as_csv(read(figure))))
    plt.close("all")
    assert [int(float(row[7])) for row in rows] == [2**53 + 2, 2**53 + 4]


def test_infinite_numbers_are_gaps() -> None:
    figure, axes = one()
    axes.plot([0, 1, 2], [1, -np.inf, 2])
    (_, *rows) = csv.reader(io.StringIO(as_csv(read(figure))))
    plt.close("all")
    assert [row[7] for row in rows] == ["1.0", "", "2.0"]


def described(draw: Callable[[Any], None]) -> str:
    figure, axes = one()
    draw(axes)
    return long_description(read(figure), "Penguins")


SHARES = [[0.1, 0.6, 0.2], [0.7, 0.3, 0.5], [0.2, 0.1, 0.3]]


def shares(axes: Any) -> None:
    bottom = np.zeros(3)
    for name, amounts in zip("abc", SHARES, strict=True):
        axes.bar(["Europe", "Asia", "Americas"], amounts, bottom=bottom, label=name)
        bottom += amounts
    assert len(set(bottom.tolist())) > 1  # in the last digit


def cells_alike(axes: Any) -> None:
    axes.pcolormesh([[1.0, 1.0 + 1e-14], [1.0, 1.0]])


def stems_alike(axes: Any) -> None:
    axes.stem([1, 2, 3], [1.0, 1.0 + 1e-14, 1.0])


def boxes_alike(axes: Any) -> None:
    axes.boxplot([[0, 1 + number * 1e-14, 2] for number in range(20)])


@pytest.mark.parametrize("draw", [shares, cells_alike, stems_alike, boxes_alike])
def test_what_looks_alike_has_neither_highest_nor_lowest(draw: Callable[[Any], None]) -> None:
    words = described(draw)
    assert "ighest" not in words
    assert "owest" not in words


def test_equal_sums_of_shares_are_equal() -> None:
    assert "All 3 totals are 1." in described(shares)
