"""On a dark page all is seen that is seen on a white one, and what means a number keeps its colour."""

import warnings
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from matplotlib import patheffects, rc_context
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.axis import Axis
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.collections import Collection
from matplotlib.colors import to_rgb, to_rgba
from matplotlib.figure import Figure
from matplotlib.image import AxesImage
from matplotlib.inset import InsetIndicator
from matplotlib.patches import Rectangle
from matplotlib.spines import Spine
from mpl_toolkits.axisartist.axislines import AxesZero  # type: ignore[import-untyped]
from numpy.typing import NDArray

from plotgate.colours import THEMES
from plotgate.figure import perception
from plotgate.figure.counterpart import counterpart
from plotgate.figure.dark import darken
from plotgate.figure.draw import drawn
from plotgate.figure.engine import remove_engine
from plotgate.url.view import Theme
from tests.drawing import laid_out
from tests.figure import figures
from tests.figure.figures import FIGURES
from tests.samples import SAMPLES

FEWEST = 20  # changed pixels of an artist that can be judged
SMALL = [draw for draw in FIGURES if draw not in (figures.many_panels, figures.clustermap)]

Pixels = NDArray[Any]


def test_contrast_is_that_of_wcag() -> None:
    assert perception.contrast((0, 0, 0), (1, 1, 1)) == pytest.approx(21)
    assert perception.contrast(to_rgb("#767676"), (1, 1, 1)) == pytest.approx(4.54, abs=0.01)


@given(st.tuples(*[st.integers(0, 255).map(lambda number: number / 255)] * 3))
def test_colour_that_is_seen_on_white_is_seen_on_dark_paper(colour: perception.RGB) -> None:
    on_white = perception.contrast(colour, (1, 1, 1))
    on_dark = perception.contrast(counterpart(colour), to_rgb(THEMES["dark"].paper))
    assert on_dark >= min(3, on_white) - 0.01


@pytest.mark.parametrize("colour", ["#03051a", "navy", "#550000", "#004400"])
def test_near_black_is_clear_on_dark_paper(colour: str) -> None:
    assert perception.contrast(counterpart(to_rgb(colour)), to_rgb(THEMES["dark"].paper)) > 4.5


def test_white_is_paper_and_black_is_ink() -> None:
    assert counterpart((1.0, 1.0, 1.0)) == pytest.approx(to_rgb(THEMES["dark"].paper))
    assert counterpart((0.0, 0.0, 0.0)) == pytest.approx(to_rgb(THEMES["dark"].ink))


def pixels(figure: Figure) -> Pixels:
    canvas: Any = FigureCanvasAgg(figure)
    canvas.draw()
    return np.asarray(canvas.buffer_rgba())[..., :3] / 255


def luminance(colours: Pixels) -> Pixels:
    linear = np.where(colours <= 0.04045, colours / 12.92, ((colours + 0.055) / 1.055) ** 2.4)
    found: Pixels = linear @ [0.2126, 0.7152, 0.0722]
    return found


def contrasts(first: Pixels, second: Pixels) -> Pixels:
    pair = np.sort([luminance(first), luminance(second)], axis=0) + 0.05
    found: Pixels = pair[1] / pair[0]
    return found


def judged(figure: Figure) -> Iterator[Artist]:
    for axes in figure.findobj(Axes):
        for artist in axes.get_children():
            frame = isinstance(artist, Axes | Axis | Spine) or artist is axes.patch
            if artist.get_visible() and not frame:
                yield artist


def seen(draw: Callable[[], Figure], theme: str) -> list[tuple[Artist, Pixels, Pixels]]:
    """Each artist of a figure, the figure with it, and the pixels that it changes, as a mask."""
    with drawn(draw, {}, theme) as figure:
        figure.set_dpi(60)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # that constrained layout does not know the axes of axes_grid1
            figure.draw_without_rendering()
        remove_engine(figure)
        if theme == "dark":
            darken(figure)
        whole, found = pixels(figure), []
        for artist in list(judged(figure))[:12]:
            artist.set_visible(False)
            without = pixels(figure)
            artist.set_visible(True)
            found.append((artist, whole, without))
        return found


@pytest.mark.parametrize("draw", [*SAMPLES, *SMALL])
def test_what_is_seen_on_white_is_seen_on_dark_paper(draw: Callable[[], Figure]) -> None:
    for (artist, light, light_without), (twin, dark, dark_without) in zip(
        seen(draw, "light"), seen(draw, "dark"), strict=True
    ):
        in_light, in_dark = (light != light_without).any(axis=-1), (dark != dark_without).any(axis=-1)
        if in_light.sum() < FEWEST:
            continue
        if isinstance(artist, AxesImage):
            assert (light == dark).all(axis=-1)[in_light & in_dark].mean() > 0.7
            continue
        if isinstance(artist, Collection) and isinstance(twin, Collection) and artist.get_array() is not None:
            assert np.array_equal(artist.get_facecolor(), twin.get_facecolor())
            assert np.array_equal(artist.get_edgecolor(), twin.get_edgecolor()) or len(artist.get_facecolor())
            continue
        was = np.percentile(contrasts(light, light_without)[in_light], 90)
        now = np.percentile(contrasts(dark, dark_without)[in_dark], 90) if in_dark.any() else 1
        # A translucent fill beneath it is a stronger ground on dark paper.
        assert now >= 0.75 * min(3, was), f"{artist} had a contrast of {was:.1f} and has {now:.1f}"


def test_what_is_not_filled_stays_so_whatever_its_alpha() -> None:
    def draw() -> Figure:
        figure = Figure()
        axes = figure.subplots()
        axes.add_patch(Rectangle((0, 0), 1, 1, facecolor="none", edgecolor="black", alpha=0.5))
        axes.indicate_inset_zoom(axes.inset_axes((0.5, 0.5, 0.4, 0.4)), edgecolor="black")
        return figure

    with laid_out(draw, theme="dark") as figure:
        (rectangle,), (indicator,) = figure.axes[0].patches, figure.findobj(InsetIndicator)
        assert isinstance(indicator, InsetIndicator)
        assert [to_rgba(patch.get_facecolor())[3] for patch in (rectangle, indicator.rectangle)] == [0, 0]


def test_axes_inside_of_others_turn_once() -> None:
    def draw() -> Figure:
        figure = Figure()
        axes = figure.subplots()
        inner = axes.inset_axes((0.5, 0.5, 0.4, 0.4))
        for each in (axes, inner):
            each.tick_params(color="#444444", labelcolor="#444444")
            each.set_xlabel("grey", color="#444444")
        return figure

    with laid_out(draw, theme="dark") as figure:
        (inner,) = figure.axes[0].child_axes
        for axes in (figure.axes[0], inner):
            words = [axes.xaxis.label, *axes.get_xticklabels(), *axes.get_yticklabels()]
            found = {perception.contrast(to_rgb(word.get_color()), to_rgb(THEMES["dark"].paper)) for word in words}
            assert min(found) > 4.5
            assert len(found) == 1


def faces_in_order(figure: Figure) -> Pixels:
    """Those of all collections in space, not by their depth."""
    found = [np.asarray(Collection.get_facecolor(part)) for part in figure.axes[0].collections]
    return np.concatenate(found)[:, :3]


def cubes() -> Figure:
    figure = Figure()
    axes: Any = figure.add_subplot(projection="3d")
    axes.voxels(np.ones((2, 2, 2)), facecolors="blue")
    return figure


def points_in_space() -> Figure:
    figure = Figure()
    axes: Any = figure.add_subplot(projection="3d")
    axes.scatter([0, 1, 2], [2, 1, 0], [1, 2, 0], c=["black", "red", "gold"])
    return figure


def test_a_shaded_surface_is_seen_and_keeps_the_order_of_its_shades() -> None:
    with laid_out(cubes) as figure:
        light = luminance(faces_in_order(figure))
    with laid_out(cubes, theme="dark") as figure:
        dark = luminance(faces_in_order(figure))
    assert (np.diff(dark[np.argsort(light, kind="stable")]) >= -0.01).all()  # a screen's blue ends somewhere
    paper = luminance(np.array(to_rgb(THEMES["dark"].paper)))
    assert (dark.min() + 0.05) / (paper + 0.05) >= 2.95


def test_points_in_space_keep_their_own_colours() -> None:
    with laid_out(points_in_space, theme="dark") as figure:
        black, red, gold = faces_in_order(figure)
        assert luminance(black) > 0.5
        assert [red.tolist(), gold.tolist()] == [list(to_rgb("red")), list(to_rgb("gold"))]


def test_many_surfaces_that_show_numbers_by_colour_keep_their_colours() -> None:
    shares = np.moveaxis(np.indices((8, 8, 8)), 0, -1) / 7

    def draw() -> Figure:
        figure = Figure()
        axes: Any = figure.add_subplot(projection="3d")
        axes.voxels(np.ones((8, 8, 8)), facecolors=shares, edgecolors=shares, shade=False)
        return figure

    with laid_out(draw) as figure:
        light = faces_in_order(figure)
    with laid_out(draw, theme="dark") as figure:
        assert np.array_equal(light, faces_in_order(figure))


def test_marks_in_space_are_seen_upon_the_walls() -> None:
    def draw() -> Figure:
        figure = Figure()
        axes: Any = figure.add_subplot(projection="3d")
        for axis in (axes.xaxis, axes.yaxis, axes.zaxis):
            axis.set_pane_color("#d0d0d0")
        axes.bar([0, 1, 2], [3, 1, 2], zs=1, zdir="y", color="#b03030", alpha=0.9)
        return figure

    with laid_out(draw, theme="dark") as figure:
        axes: Any = figure.axes[0]
        face = axes.xaxis.pane.get_facecolor()
        wall = perception.blended(to_rgb(face), to_rgba(face)[3], to_rgb(THEMES["dark"].paper))
        assert luminance(np.array(wall)) < 0.1
        for bar in axes.patches:
            seen_colour = perception.blended(to_rgb(bar.get_facecolor()), to_rgba(bar.get_facecolor())[3], wall)
            assert perception.contrast(seen_colour, wall) >= 2.9


def test_lines_of_a_contour_in_colours_of_the_author_are_seen() -> None:
    def draw() -> Figure:
        figure = Figure()
        axes = figure.subplots()
        height = np.hypot(*np.meshgrid(np.linspace(-1, 1, 20), np.linspace(-1, 1, 20)))
        axes.contour(height, levels=[0.3, 0.6, 0.9], colors=["black", "midnightblue", "gold"])
        axes.contour(height, levels=[0.5, 0.7], colors="black", linestyles="dotted", alpha=0.9)
        return figure

    with laid_out(draw, theme="dark") as figure:
        pixels(figure)  # drawing takes colours from a map once more
        paper = to_rgb(THEMES["dark"].paper)
        for lines in figure.axes[0].collections:
            for colour in np.asarray(lines.get_edgecolor()).tolist():
                assert perception.contrast(perception.blended(to_rgb(colour), colour[3], paper), paper) >= 3


def test_what_hardly_misses_3_to_1_hardly_loses_any() -> None:
    def draw() -> Figure:
        figure = Figure()
        figure.subplots().bar([0, 1], [2, 1], color=["red", "green"], alpha=0.6)
        return figure

    def found(theme: Theme) -> list[float]:
        paper = to_rgb(THEMES[theme].paper)
        with laid_out(draw, theme=theme) as figure:
            colours = [to_rgb(bar.get_facecolor()) for bar in figure.axes[0].patches]
        return [perception.contrast(perception.blended(colour, 0.6, paper), paper) for colour in colours]

    for was, now in zip(found("light"), found("dark"), strict=True):
        assert now >= 0.9 * min(3, was)


def test_halos_around_axes_are_dark_on_a_dark_page() -> None:
    def draw() -> Figure:
        with rc_context({"path.effects": [patheffects.withStroke(linewidth=4, foreground="white")]}):
            figure = Figure(figsize=(4, 3))
            figure.subplots().bar([0, 1], [1, 2])
        return figure

    with laid_out(draw, theme="dark") as figure:
        axes = figure.axes[0]
        ticks = [line for axis in (axes.xaxis, axes.yaxis) for line in axis.get_ticklines()]
        for artist in (figure.patch, axes.patch, *axes.spines.values(), *ticks):
            for effect in artist.get_path_effects():
                halo: Any = effect
                assert to_rgb(halo._gc["foreground"]) == pytest.approx(to_rgb(THEMES["dark"].paper), abs=0.01)


def test_axes_with_arrows_are_seen_on_a_dark_page() -> None:
    def draw() -> Figure:
        figure = Figure(figsize=(4, 3))
        axes: Any = figure.add_subplot(axes_class=AxesZero)
        axes.axis["xzero"].set_axisline_style("-|>")
        axes.axis["xzero"].set_visible(True)
        axes.plot([-1, 1])
        return figure

    with laid_out(draw, theme="dark") as figure:
        axes: Any = figure.axes[0]
        line = axes.axis["xzero"].line
        paper = to_rgb(THEMES["dark"].paper)
        assert perception.contrast(to_rgb(line.get_edgecolor()), paper) >= 3
