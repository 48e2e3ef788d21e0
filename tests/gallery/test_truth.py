"""The judgement of words: what a script has drawn is true of it, and nothing else is."""

from typing import Any

import matplotlib.pyplot as plt
import numpy as np
import pytest
from matplotlib.axes import Axes

from plotgate.figure.reading.alt_text import alt_text
from plotgate.figure.reading.panels import read
from tests.gallery.recording import recorded
from tests.gallery.truth import untrue

TEXTS = ["Rain", "mass", "flipper", "Biscoe", "Dream"]


def scattered(axes: Axes) -> None:
    rng = np.random.default_rng(1)
    x = rng.normal(4200, 600, 90)
    axes.scatter(x, 0.01 * x + rng.normal(0, 3, 90))


def barred(axes: Axes) -> None:
    axes.bar(["Biscoe", "Dream"], [1234.5, 0.06789])


def binned(axes: Axes) -> None:
    axes.hist(np.random.default_rng(2).normal(size=500), bins=12)


def boxed(axes: Axes) -> None:
    axes.boxplot([np.random.default_rng(3).normal(size=80)], tick_labels=["Biscoe"])


def imaged(axes: Axes) -> None:
    axes.imshow(np.random.default_rng(4).normal(size=(9, 12)), extent=(0, 6, 1, 3))


def scattered_in_part(axes: Axes) -> None:
    for row in range(3):
        numbers = [0.2 if place < 7 + row else np.nan for place in range(12)]
        axes.scatter(range(12), [row + 0.5] * 12, c=numbers)


@pytest.mark.parametrize("draw", [scattered, scattered_in_part, barred, binned, boxed, imaged])
def test_what_was_drawn_is_true(draw: Any) -> None:
    with recorded() as record:
        figure, axes = plt.subplots()
        axes.set_title("Rain")
        draw(axes)
    said = alt_text(read(figure), "Rain")
    plt.close("all")
    assert list(untrue(said, record.as_json() | {"texts": TEXTS})) == []


@pytest.mark.parametrize(
    ("said", "false"),
    [
        ("Bar chart: Rain. The highest bar is 1234 (Dream), the lowest 0.0679 (Biscoe).", []),
        ("Bar chart: Rain. The highest bar is 1243 (Dream), the lowest 0.068 (Biscoe).", ["1243", "0.068"]),
        ("Bar chart: Rain. The highest bar is 1234 (Torgersen), the lowest 0.0679 (Biscoe).", ["Torgersen"]),
        ("mass and flipper are hardly correlated (0.31).", ["0.31"]),
        ("Bar chart: Rain. The x axis shows Dream, Biscoe and 7 more.", []),
        ("Bar chart: Rain. The x axis shows Dream since 2020-01-01.", ["since"]),
    ],
)
def test_what_was_not_drawn_is_untrue(said: str, false: list[str]) -> None:
    with recorded() as record:
        _, axes = plt.subplots()
        axes.bar(["Dream", "Biscoe"], [1234.49, 0.0679])
    plt.close("all")
    found = list(untrue(said, record.as_json() | {"texts": TEXTS}))
    assert [finding.split(" in “")[0].rpartition(" ")[2] for finding in found] == false
