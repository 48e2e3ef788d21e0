"""The linter of figures: silent about what is good, and one finding for each fault."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from plotgate.colours import THEMES
from plotgate.local.linter.finding import Finding
from plotgate.local.linter.linting import lint
from plotgate.local.linter.watching import watched
from tests.drawing import picture
from tests.local.linter.figures import GOOD

X = np.linspace(0, 6, 50)


def findings(draw: Callable[[], Figure], theme: str = "light", **query: Any) -> list[Finding]:
    with watched(THEMES[theme].paper, lint) as found:
        picture(draw, theme=theme, **query)
    return found[-1]


def found_in(fill: Callable[[Axes], object], theme: str = "light") -> list[tuple[str, str]]:
    """The rules that are broken by what `fill` draws into axes, and by which artists."""

    def draw() -> Figure:
        figure = Figure(figsize=(6, 4))
        fill(figure.subplots())
        return figure

    return [(finding.rule, finding.artist) for finding in findings(draw, theme)]


@pytest.mark.filterwarnings("ignore:vert. bool was deprecated")  # seaborn 0.13 under matplotlib 3.11
@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("draw", GOOD, ids=lambda draw: draw.__name__)
def test_nothing_is_said_of_what_is_good(draw: Callable[[], Figure], theme: str) -> None:
    assert findings(draw, theme, width=440) == []


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_pale_text_is_found(theme: str) -> None:
    found = found_in(lambda axes: axes.set_title("Hello", color="#bbbbbb"), theme)
    assert found == [("pale text", "text “Hello”")]


def test_a_text_is_held_against_what_lies_beneath_it() -> None:
    def fill(axes: Axes) -> None:
        axes.axvspan(0, 1, color="#202020")
        axes.text(0.5, 0.5, "upon a dark ground", ha="center")

    assert found_in(fill) == [("pale text", "text “upon a dark ground”")]


def test_a_text_upon_its_own_box_is_read() -> None:
    box = {"facecolor": "white", "edgecolor": "black"}

    def fill(axes: Axes) -> None:
        axes.axvspan(0, 1, color="#202020")
        axes.text(0.5, 0.5, "upon its own box", ha="center", bbox=box)

    assert found_in(fill) == []


def test_a_text_of_the_page_s_colour_is_found() -> None:
    assert found_in(lambda axes: axes.set_xlabel("white", color="white")) == [("pale text", "text “white”")]


def test_a_pale_label_of_a_tick_is_called_by_its_axis() -> None:
    def fill(axes: Axes) -> None:
        axes.set_xticks([0.5], ["half"])
        axes.tick_params(axis="x", labelcolor="#cccccc")

    assert found_in(fill) == [("pale text", "tick label “half” of the x axis")]


@pytest.mark.parametrize(
    ("fill", "artist"),
    [
        (lambda axes: axes.plot(X, X, color="#dddddd", label="a line"), "line “a line”"),
        (lambda axes: axes.plot(X, X, color="white"), "line"),
        (lambda axes: axes.scatter(X, X, color="#eeee88"), "points"),
        (lambda axes: axes.bar(["a", "b"], [1, 2], color="lightyellow", label="bars"), "2 of bar “bars”"),
        (lambda axes: axes.hist(np.sin(X), bins=4, histtype="step", color="#dddddd"), "Polygon"),
        (lambda axes: axes.fill_between(X, X, color="C0", alpha=0.2), "area"),
        (lambda axes: axes.scatter([1, 2, 3], [1, 2, 3], color=["black", "red", "#ffff99"]), "points"),
    ],
    ids=["line", "white", "points", "bars", "step", "translucent", "one_of_three"],
)
def test_a_pale_mark_is_found(fill: Callable[[Axes], object], artist: str) -> None:
    assert found_in(fill) == [("pale mark", artist)]


def red_and_green(axes: Axes, *formats: dict[str, Any]) -> None:
    for colour, name, more in zip(("tab:red", "tab:green"), ("up", "down"), formats or ({}, {}), strict=True):
        axes.plot(X, X if name == "up" else -X, color=colour, label=name, **more)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_two_series_that_a_deuteranope_cannot_tell_apart_are_found(theme: str) -> None:
    def draw() -> Figure:
        figure = Figure(figsize=(6, 4))
        axes = figure.subplots()
        red_and_green(axes)
        axes.legend()
        return figure

    (finding,) = findings(draw, theme)
    assert (finding.rule, finding.artist) == ("series alike", "“up” and “down”")
    assert "with deuteranopia" in finding.detail
    assert "marker" in finding.remedy


def test_without_a_legend_they_are_found_too() -> None:
    assert found_in(red_and_green) == [("series alike", "line “up” (number 1) and line “down” (number 2)")]


@pytest.mark.parametrize(
    "formats",
    [
        ({"marker": "o"}, {"marker": "s"}),
        ({"linestyle": "-"}, {"linestyle": "--"}),
        ({"linewidth": 1}, {"linewidth": 4}),
    ],
    ids=["marker", "dash", "width"],
)
def test_series_that_more_than_colour_tells_apart_are_good(formats: tuple[dict[str, Any], ...]) -> None:
    def fill(axes: Axes) -> None:
        red_and_green(axes, *formats)
        axes.legend()

    assert found_in(fill) == []


def bars_of_red_and_green(axes: Axes, *hatches: str) -> None:
    for colour, name, hatch in zip(("tab:red", "tab:green"), ("up", "down"), hatches or ("", ""), strict=True):
        axes.bar([f"{name} 1", f"{name} 2"], [2, 3], color=colour, label=name, hatch=hatch)
    axes.legend()


def test_bars_are_told_apart_by_hatches() -> None:
    assert found_in(bars_of_red_and_green) == [("series alike", "“up” and “down”")]
    assert found_in(lambda axes: bars_of_red_and_green(axes, "//", "..")) == []


def test_series_of_one_colour_are_found() -> None:
    def fill(axes: Axes) -> None:
        for name in ("one", "other"):
            axes.plot(X, X * len(name), color="C0", label=name)
        axes.legend()

    assert found_in(fill) == [("series alike", "“one” and “other”")]


def test_a_text_beyond_the_edge_is_cut_off() -> None:
    def fill(axes: Axes) -> None:
        axes.text(0.9, 0.5, "far too long for what is left", transform=axes.transAxes).set_in_layout(False)

    assert found_in(fill) == [("cut off", "text “far too long for what is left”")]


def test_a_text_that_its_axes_clip_is_cut_off() -> None:
    def fill(axes: Axes) -> None:
        axes.text(0.9, 0.5, "far too long for what is left", clip_on=True)

    assert found_in(fill) == [("cut off", "text “far too long for what is left”")]


def test_texts_upon_each_other_are_found() -> None:
    def fill(axes: Axes) -> None:
        axes.text(0.5, 0.5, "one text")
        axes.text(0.5, 0.5, "another one")

    assert found_in(fill) == [("text over text", "text “one text” and text “another one”")]


def test_a_panel_is_named() -> None:
    def draw() -> Figure:
        figure = Figure(figsize=(8, 4))
        first, second = figure.subplots(1, 2)
        first.plot(X, X)
        second.set_title("Second")
        second.plot(X, X, color="#dddddd")
        return figure

    assert [finding.artist for finding in findings(draw)] == ["line in “Second”"]
