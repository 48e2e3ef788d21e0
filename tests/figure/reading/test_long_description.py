"""Where there is room, all is said of a figure that is understood."""

import json
from typing import Any

import matplotlib.pyplot as plt
import numpy as np
import pytest
from matplotlib.figure import Figure

from plotgate.figure.reading.long_description import LONGEST, long_description
from plotgate.figure.reading.panels import read
from tests.drawing import picture
from tests.figure.reading.figures import SAMPLES, Sample, letter_values, one, said, table

pytestmark = pytest.mark.filterwarnings("ignore:vert. bool was deprecated")  # seaborn 0.13 under matplotlib 3.11


def described(figure: Figure) -> list[str]:
    found = long_description(read(figure), "Penguins").split("\n")
    plt.close("all")
    return found


def test_json_has_it_beside_the_alt_text() -> None:
    def draw() -> Figure:
        figure, axes = one()
        for index in range(7):
            axes.plot([2000, 2001], [index, index + 1], label=f"site {index}")
        axes.legend()
        return figure

    told = json.loads(picture(draw, format="json").body)
    assert "site 5" not in told["alt"]
    assert "site 5 (line, 2 in the table): x from 2000 to 2001, y from 5 to 6." in told["long_description"]


def test_each_panel_is_described_with_its_series() -> None:
    figure, (left, right) = plt.subplots(1, 2)
    left.plot([1, 2], [3, 4])
    left.set_title("left")
    right.bar(["a, b", "c"], [1, 2], label="Female")
    right.bar(["a, b", "c"], [3, 4], bottom=[1, 2], label="Male")
    assert described(figure) == [
        "Penguins.",
        "Panel 1 of 2. Line chart: left. The x axis shows values from 1 to 2, the y axis shows values from 3 to 4. "
        "The line rises from 3 to 4.",
        "Panel 2 of 2. Stacked bar chart. The x axis shows “a, b” and c, the y axis shows values from 0 to 6, for "
        "Female and Male. The highest total is 6 (c), the lowest 4 (a, b). "
        "Female (bars, 2 in the table): x “a, b” and c, y from 1 to 2, y low 0, y high from 1 to 2. "
        "Male (bars, 2 in the table): x “a, b” and c, y from 3 to 4, y low from 1 to 2, y high from 4 to 6.",
    ]


def test_all_categories_are_named() -> None:
    figure, axes = one()
    axes.bar([f"state {index}" for index in range(30)], range(30))
    assert "state 28 and state 29" in described(figure)[1]


def test_what_is_not_understood_is_not_described() -> None:
    assert described(letter_values(table())) == [
        "Penguins.",
        "Penguins. The x axis shows island, the y axis shows mass.",
    ]


@pytest.mark.parametrize("sample", [sample for sample in SAMPLES if sample.said], ids=lambda sample: sample.name)
def test_it_says_what_the_alt_text_says(sample: Sample) -> None:
    assert sample.said is not None
    expected = sample.said(table()).removesuffix(" It says “a cold winter”.")
    assert expected in described(sample.draw(table()))[1]


def test_it_is_bounded() -> None:
    figure, axes = one()
    rng = np.random.default_rng(0)
    for index in range(500):
        axes.plot(rng.random(3), label=f"{index} is a series with a long name, which takes much room")
    (first, second) = described(figure)
    assert len(first) + len(second) < LONGEST
    assert second.endswith(".")


def test_ranges_are_of_what_is_seen() -> None:
    figure, axes = one()
    penguins: Any = table()
    for which in ("mass", "flipper"):
        axes.plot(penguins["year"], penguins[which], label=which)
    axes.set_xlim(1910, 1920)
    mass = penguins["mass"][10:21]
    expected = f"mass (line, 11 in the table): x from 1910 to 1920, y from {said(mass.min())} to {said(mass.max())}."
    assert expected in described(figure)[1]
