"""Colours that mean something beside each other keep it on a dark page: which is the lighter, and which is which."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from matplotlib import colormaps
from matplotlib.collections import PathCollection
from matplotlib.colors import to_rgb
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from plotgate.colours import THEMES
from plotgate.figure.perception import RGB, contrast, luminance
from tests.drawing import laid_out

COUNT = 7
SCALES = ["Blues", "YlGnBu", "rocket_r", "coolwarm", "Reds", "viridis", "PuBuGn"]
PAPER = to_rgb(THEMES["dark"].paper)


def scale(name: str) -> list[RGB]:
    import seaborn  # noqa: F401 - which registers rocket

    return [to_rgb(colour) for colour in colormaps[name](np.linspace(0, 1, COUNT))]


def bars(colours: list[RGB]) -> Figure:
    figure = Figure()
    figure.subplots().bar(range(COUNT), range(1, COUNT + 1), color=colours)
    return figure


def wedges(colours: list[RGB]) -> Figure:
    figure = Figure()
    figure.subplots().pie([1] * COUNT, colors=colours)
    return figure


def points(colours: list[RGB]) -> Figure:
    figure = Figure()
    figure.subplots().scatter(range(COUNT), range(COUNT), s=100, c=colours)
    return figure


def lines(colours: list[RGB]) -> Figure:
    figure = Figure()
    axes = figure.subplots()
    for number, colour in enumerate(colours):
        axes.plot([0, 1], [number, number], color=colour, linewidth=4)
    return figure


def areas(colours: list[RGB]) -> Figure:
    figure = Figure()
    figure.subplots().stackplot([0, 1], np.ones((COUNT, 2)), colors=colours)
    return figure


def found(figure: Figure) -> list[RGB]:
    (axes,) = figure.axes
    parts: list[Any] = [*axes.lines] or [*axes.patches]
    if not parts:
        return [to_rgb(face) for each in axes.collections for face in np.asarray(each.get_facecolor())]
    return [to_rgb(part.get_color() if axes.lines else part.get_facecolor()) for part in parts]


@pytest.mark.parametrize("name", SCALES)
@pytest.mark.parametrize("draw", [bars, wedges, points, areas])
def test_scale_keeps_its_order(draw: Callable[[list[RGB]], Figure], name: str) -> None:
    was = scale(name)
    with laid_out(lambda: draw(was), theme="dark") as figure:
        now = found(figure)
    order = np.argsort([luminance(colour) for colour in was], kind="stable")
    in_order = np.array([luminance(colour) for colour in now])[order]
    steps = np.diff(np.array([luminance(colour) for colour in was])[order])
    assert (np.diff(in_order)[steps > 0.01] > 0).all()
    for before, after in zip(was, now, strict=True):
        if contrast(before, PAPER) >= 4.5:
            assert after == pytest.approx(before)
        assert contrast(after, PAPER) >= min(2.95, contrast(before, (1, 1, 1)))


@pytest.mark.parametrize("name", ["Blues", "rocket_r"])
def test_lines_of_a_scale_keep_its_order(name: str) -> None:
    was = scale(name)
    with laid_out(lambda: lines(was), theme="dark") as figure:
        in_order = [luminance(colour) for colour in found(figure)]
    assert (np.diff(in_order) < 0).all()


def test_key_shows_the_colours_of_a_scale() -> None:
    def draw() -> Figure:
        figure = Figure()
        axes = figure.subplots()
        for number, colour in enumerate(scale("Blues")):
            axes.bar(number, 1, color=colour, label=str(number))
        axes.legend(ncols=4)
        return figure

    with laid_out(draw, theme="dark") as figure:
        legend: Any = figure.axes[0].get_legend()
        keys = [to_rgb(key.get_facecolor()) for key in legend.legend_handles]
        assert keys == [to_rgb(bar.get_facecolor()) for bar in figure.axes[0].patches]


def test_paper_and_ink_are_no_part_of_a_scale() -> None:
    def draw() -> Figure:
        figure = wedges([*scale("viridis")[:-1], (1.0, 1.0, 1.0)])
        figure.axes[0].add_patch(Rectangle((1, 1), 0.2, 0.2, facecolor="black"))
        return figure

    with laid_out(draw, theme="dark") as figure:
        *_, page, ink = found(figure)
        assert page == pytest.approx(PAPER)
        assert luminance(ink) > 0.5


def test_grey_points_beside_one_colour_are_as_pale_as_before() -> None:
    with laid_out(lambda: points([*[(0.85, 0.85, 0.85)] * (COUNT - 1), (0.8, 0.1, 0.1)]), theme="dark") as figure:
        (collection,) = figure.axes[0].collections
        assert isinstance(collection, PathCollection)
        first, last = [to_rgb(face) for face in np.asarray(collection.get_facecolor())[[0, -1]]]
        assert contrast(first, PAPER) < 2
        assert contrast(last, PAPER) >= 3


def test_colour_does_not_give_way_to_what_lies_beneath_a_part_of_its_mark() -> None:
    yellow = to_rgb("#d2e21b")

    def draw() -> Figure:
        figure = Figure()
        axes = figure.subplots()
        axes.add_patch(Rectangle((0, 0), 4, 4, facecolor="#440154"))  # which is light on a dark page
        axes.add_patch(Rectangle((3, 0), 4, 4, facecolor=yellow))  # a quarter of it lies on the other
        axes.set(xlim=(0, 8), ylim=(0, 8))
        return figure

    with laid_out(draw, theme="dark") as figure:
        assert to_rgb(figure.axes[0].patches[1].get_facecolor()) == pytest.approx(yellow)


def test_colours_of_as_many_points_as_a_photograph_has_stay() -> None:
    colours = np.random.default_rng(1).random((20_000, 3))

    def draw() -> Figure:
        figure = Figure()
        x, y = np.mgrid[:200, :100].reshape(2, -1)
        figure.subplots().scatter(x, y, c=colours, s=100)
        return figure

    with laid_out(draw, theme="dark") as figure:
        (collection,) = figure.axes[0].collections
        assert np.array_equal(np.asarray(collection.get_facecolor())[:, :3], colours)


def test_pure_greys_among_colours_are_told_apart() -> None:
    greys = [(0.13, 0.13, 0.13), (0.47, 0.47, 0.47), (0.8, 0.8, 0.8)]
    colours = [*greys, *(to_rgb(name) for name in ("crimson", "gold", "navy"))]
    with laid_out(lambda: bars(colours), theme="dark") as figure:
        shades = [luminance(colour) for colour in found(figure)[: len(greys)]]
    assert (-np.diff(shades) > 0.02).all()  # the darkest on paper is the lightest


def test_three_colours_of_which_the_palest_is_nearly_grey_are_a_scale() -> None:
    colours = [to_rgb(colour) for colour in colormaps["PuBu"]([0.2, 0.55, 0.9])]
    with laid_out(lambda: wedges(colours), theme="dark") as figure:
        shades = [luminance(colour) for colour in found(figure)[:3]]
    assert shades == sorted(shades, reverse=True)


def layers() -> Figure:
    """Layers of a horizon chart: in each panel others lie upon others."""
    figure = Figure()
    shades = scale("Blues")[2::2]
    for axes, most in zip(figure.subplots(3), (1, 2, 3), strict=True):
        for number, shade in enumerate(shades):
            height = 1 if number < most else 0.1
            axes.fill_between([0, 1, 2], 0, [height, height, 0], color=shade, linewidth=0)
    return figure


def ridges() -> Figure:
    figure = Figure()
    for axes, shade in zip(figure.subplots(3), scale("magma")[1:6:2], strict=True):
        axes.fill_between([0, 1, 2], 0, [0, 1, 0], color=shade, linewidth=0)
    return figure


def faces(figure: Figure) -> list[list[RGB]]:
    return [[to_rgb(np.asarray(each.get_facecolor())[0]) for each in axes.collections] for axes in figure.axes]


def test_layer_of_a_scale_is_the_same_whatever_it_lies_upon() -> None:
    with laid_out(layers, theme="dark") as figure:
        first, *others = faces(figure)
    assert others == [first] * 2
    assert sorted(first, key=luminance, reverse=True) == first
    assert contrast(first[-1], PAPER) >= 2.9


def test_ridges_of_a_scale_keep_its_order() -> None:
    with laid_out(ridges, theme="dark") as figure:
        shades = [luminance(colour) for (colour,) in faces(figure)]
    assert sorted(shades) == shades
