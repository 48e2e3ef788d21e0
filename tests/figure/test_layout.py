"""Pictures are laid out for the size asked for: nothing is cut off, nothing covers another."""

from collections.abc import Callable
from itertools import combinations, pairwise
from typing import Any, Literal
from unittest.mock import patch

import numpy as np
import pytest
from matplotlib.axis import Axis
from matplotlib.backend_bases import RendererBase
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.text import Text
from numpy.typing import NDArray
from PIL import Image

from plotgate.errors import ParameterError
from plotgate.figure.encoding import Drawing, Provenance, encode
from plotgate.figure.layout import lay_out
from plotgate.figure.reading.panels import Reading
from plotgate.url.formats import FORMATS
from plotgate.url.view import Size
from tests import samples
from tests.drawing import laid_out, opened, picture
from tests.figure import figures
from tests.samples import SAMPLES

SIZES = [(440, 330), (200, 150), (700, 300), (300, 500)]
ELBOW_ROOM = 1.0  # pixels by which a letter may reach over the edge, which is less than its own smoothing


def texts(figure: Figure) -> list[Text]:
    """The texts that are drawn: ticks beyond their axis are kept and not drawn."""
    figure.draw_without_rendering()
    hidden = [
        text
        for axes in figure.axes
        if not (axes.get_visible() and axes.axison)
        for text in axes.findobj(Text)
        if not axes.get_visible() or text not in axes.texts
    ]
    hidden += [label for axes in figure.axes for axis in (axes.xaxis, axes.yaxis) for label in beyond(axis)]
    found = [text for text in figure.findobj(Text) if isinstance(text, Text) and text not in hidden]
    return [text for text in found if text.get_text() and text.get_visible()]


def beyond(axis: Axis) -> list[Text]:
    low, high = sorted(axis.get_view_interval())
    ticks = [*axis.get_major_ticks(), *axis.get_minor_ticks()]
    return [label for tick in ticks if not low <= tick.get_loc() <= high for label in (tick.label1, tick.label2)]


def cut_off(figure: Figure) -> list[str]:
    """The texts and axes that reach over the edge of the figure."""
    edge = figure.bbox
    boxes = [(text.get_text(), text.get_window_extent()) for text in texts(figure)]
    boxes += [("axes", axes.get_window_extent()) for axes in figure.axes if axes.get_visible()]
    return [name for name, box in boxes if min(box.x0, box.y0, edge.x1 - box.x1, edge.y1 - box.y1) < -ELBOW_ROOM]


def overlapping_ticks(figure: Figure) -> list[tuple[str, str]]:
    """Labels of one axis whose boxes share more than 15 % of a font size, each way; slanted ones have no such box."""

    def share(first: Text, second: Text) -> bool:
        a, b = first.get_window_extent(), second.get_window_extent()
        most = 0.15 * float(first.get_fontsize()) * figure.dpi / 72 + 0.1
        across = min(a.x1, b.x1) - max(a.x0, b.x0)
        down = min(a.y1, b.y1) - max(a.y0, b.y0)
        return bool(across > most and down > most)

    def labels(axis: Axis) -> list[Text]:
        found = [label for label in axis.get_majorticklabels() if label.get_text() and label.get_rotation() % 90 == 0]
        return [label for label in found if label not in beyond(axis)]

    axes_ = [axes for axes in figure.axes if axes.name == "rectilinear" and axes.get_visible()]
    return [
        (first.get_text(), second.get_text())
        for axes in axes_
        for axis in (axes.xaxis, axes.yaxis)
        for first, second in combinations(labels(axis), 2)
        if share(first, second)
    ]


def test_what_is_cut_off_or_covered_is_found() -> None:
    figure = Figure(figsize=(4, 3))
    axes = figure.add_axes((0.2, 0.2, 0.9, 0.6))
    axes.set_xticks([0.1, 0.12, 0.5], ["first", "second", "third"])
    figure.text(0.5, 0.99, "above")
    figure.text(0.5, 0.5, "whole")
    assert cut_off(figure) == ["above", "axes"]
    assert overlapping_ticks(figure) == [("first", "second")]


@pytest.mark.parametrize(("width", "height"), SIZES)
@pytest.mark.parametrize("draw", SAMPLES)
def test_nothing_is_cut_off_or_covered(draw: Callable[[], Figure], width: int, height: int) -> None:
    with laid_out(draw, width=width, height=height) as figure:
        assert cut_off(figure) == []
        assert overlapping_ticks(figure) == []


@pytest.mark.parametrize("draw", SAMPLES)
def test_nothing_is_cut_off_at_a_figures_own_size(draw: Callable[[], Figure]) -> None:
    with laid_out(draw) as figure:
        assert cut_off(figure) == []
        assert overlapping_ticks(figure) == []


@pytest.mark.parametrize(
    ("query", "pixels"),
    [
        ({}, (640, 480)),
        ({"width": 320}, (320, 240)),
        ({"height": 960}, (1280, 960)),
        ({"width": 333, "height": 217}, (333, 217)),
        ({"width": 333, "dpr": 1.5}, (499, 375)),
        ({"width": 435, "height": 435, "dpr": 4}, (1740, 1740)),
    ],
)
def test_picture_has_the_size_asked_for(query: dict[str, Any], pixels: tuple[int, int]) -> None:
    assert opened(picture(samples.lines, **query)).size == pixels


def test_one_side_keeps_the_proportions_of_the_figure() -> None:
    made = picture(samples.bars, width=400)
    assert (made.width, made.height) == (400, 250)


@pytest.mark.parametrize("draw", [samples.lines, samples.grid, samples.annotated])
@pytest.mark.parametrize("dpr", [2, 3])
def test_dpr_changes_sharpness_only(draw: Callable[[], Figure], dpr: int) -> None:
    def grey(made: Image.Image) -> NDArray[Any]:
        return np.asarray(made.convert("L").resize((55, 42), Image.Resampling.BOX), dtype=float)

    once, sharp = (grey(opened(picture(draw, width=440, height=336, dpr=ratio))) for ratio in (1, dpr))
    assert np.abs(once - sharp).max() < 40  # of 255, where a line of a pixel lies otherwise upon the coarser grid
    assert np.abs(once - sharp).mean() < 1


def test_text_shrinks_less_than_the_picture() -> None:
    with laid_out(samples.lines) as figure:
        own = float(figure.axes[0].title.get_fontsize()) * figure.dpi
    with laid_out(samples.lines, width=160) as figure:
        assert float(figure.axes[0].title.get_fontsize()) * figure.dpi == pytest.approx(own / 2, rel=0.25)


def test_numbers_get_fewer_ticks_at_round_values() -> None:
    with laid_out(samples.lines, width=300) as figure:
        axis = figure.axes[0].xaxis
        years = [label.get_text() for label in axis.get_majorticklabels() if label not in beyond(axis)]
        assert years in (["2000", "2010", "2020"], ["2000", "2005", "2010", "2015", "2020"])


def test_names_of_bars_are_all_kept() -> None:
    with laid_out(samples.bars, width=300) as figure:
        assert len([label for label in figure.axes[0].get_xticklabels() if label.get_text()]) == 6


@pytest.mark.parametrize(
    ("query", "says"),
    [
        ({"width": 119}, "`width` must be greater than or equal to 120"),
        ({"width": 4001}, "`width` must be less than or equal to 4000"),
        ({"width": 4000, "height": 120}, None),
        ({"dpr": 4.1}, "`dpr` must be less than or equal to 4"),
        ({"dpr": "inf"}, "`dpr` must be"),
        ({"width": 4000, "height": 4000, "dpr": 2}, "must keep width x height x dpr^2 within 16000000 pixels"),
        ({"height": 4000}, "`width` must be at most 4000, also where it follows from the other"),
    ],
)
def test_size_is_bounded(query: dict[str, Any], says: str | None) -> None:
    if says is None:
        assert opened(picture(samples.empty, **query)).size == (4000, 120)
        return
    with pytest.raises(ParameterError) as caught:
        picture(samples.lines, **query)
    assert says in caught.value.detail


@pytest.mark.parametrize("engine", ["constrained", "tight", None])
def test_laid_out_figure_is_drawn_once(engine: Literal["constrained", "tight"] | None) -> None:
    drawn = []

    class Counted(Line2D):
        def draw(self, renderer: RendererBase) -> None:
            drawn.append(self)
            super().draw(renderer)

    figure = Figure(layout=engine)
    figure.subplots().add_line(Counted([0, 1], [0, 1]))
    lay_out(figure, Size(640, 480, 1))
    drawn.clear()
    drawing = Drawing(figure, Size(640, 480, 1), FORMATS["png"], Provenance("", "", "", "", ""), Reading(), dict)
    encode(drawing)
    assert len(drawn) == 1


OWN_AND_SMALL: list[dict[str, Any]] = [{}, {"width": 440}]


def font_pixels(figure: Figure) -> float:
    return min(float(text.get_fontsize()) * figure.dpi / 72 for text in texts(figure))


@pytest.mark.parametrize("query", OWN_AND_SMALL, ids=str)
def test_what_joins_two_axes_takes_no_room(query: dict[str, Any]) -> None:
    with laid_out(figures.bar_of_pie, **query) as figure:
        assert all(axes.get_position().width > 0.15 for axes in figure.axes)
        assert font_pixels(figure) > 7


@pytest.mark.parametrize("query", OWN_AND_SMALL, ids=str)
def test_panels_that_touch_stay_together(query: dict[str, Any]) -> None:
    with laid_out(figures.stacked_panels, **query) as figure:
        upper, middle, _ = (axes.get_position() for axes in figure.axes)
        assert upper.y0 == pytest.approx(middle.y1)


@pytest.mark.parametrize("query", OWN_AND_SMALL, ids=str)
def test_text_of_the_figure_and_names_of_axes_are_apart(query: dict[str, Any]) -> None:
    with laid_out(figures.footnote, **query) as figure:
        (note,) = figure.texts
        assert note.get_window_extent().y1 < figure.axes[0].xaxis.label.get_window_extent().y0
        assert figure.axes[0].get_position().width > 0.7


@pytest.mark.parametrize("query", OWN_AND_SMALL, ids=str)
@pytest.mark.parametrize(
    "draw", [figures.clustermap, figures.bars_beside_images, figures.image_grid, figures.tight_after_colour_bar]
)
def test_text_stays_large_beside_axes_of_fixed_places(draw: Callable[[], Figure], query: dict[str, Any]) -> None:
    with laid_out(draw, **query) as figure:
        assert font_pixels(figure) > 7
        assert cut_off(figure) == []


def test_colour_bar_stands_beside_its_image_after_tight_layout() -> None:
    with laid_out(figures.tight_after_colour_bar) as figure:
        picture_, _, bar = (axes.get_window_extent() for axes in figure.axes)
        assert picture_.x1 < bar.x0


def test_many_panels_are_drawn_whatever_room_they_have() -> None:
    with laid_out(figures.many_panels, width=440) as figure:
        assert len(figure.axes) == 36


def test_text_along_a_line_stays_along_it() -> None:
    def draw() -> Figure:
        figure = Figure(figsize=(6, 4))
        axes = figure.subplots()
        axes.plot([0, 8], [0, 4])
        axes.text(1, 0.5, "along the line", rotation=26.565, rotation_mode="anchor", transform_rotates_text=True)
        return figure

    with laid_out(draw, width=440) as figure:
        axes = figure.axes[0]
        (x0, y0), (x1, y1) = axes.transData.transform([(0, 0), (8, 4)])
        assert axes.texts[0].get_rotation() == pytest.approx(np.degrees(np.arctan2(y1 - y0, x1 - x0)), abs=0.1)


def test_text_in_space_is_not_cut_off() -> None:
    def draw() -> Figure:
        figure = Figure(figsize=(5, 4))
        axes: Any = figure.add_subplot(projection="3d")
        axes.text(1, 1, 1, "a rather long name upwards", zdir="z")
        return figure

    with laid_out(draw) as figure:
        boxes = []
        with patch.object(Text, "draw", lambda text, _: boxes.append((text.get_text(), text.get_window_extent()))):
            figure.draw_without_rendering()
        (box,) = [box for said, box in boxes if said.startswith("a rather")]
        assert min(box.x0, box.y0, figure.bbox.x1 - box.x1, figure.bbox.y1 - box.y1) >= -ELBOW_ROOM


def test_axes_that_shall_lie_upon_each_other_do() -> None:
    def draw() -> Figure:
        figure = Figure(figsize=(5, 4))
        grid = figure.add_gridspec(4, 1, hspace=-0.5)
        for row in range(4):
            axes = figure.add_subplot(grid[row], facecolor="none", xticks=[], yticks=[])
            axes.plot([0, 1, 0])
        return figure

    for width in (500, 440):
        with laid_out(draw, width=width) as figure:
            frames = [axes.get_position() for axes in figure.axes]
            assert all(above.y0 < below.y1 - 0.2 * below.height for above, below in pairwise(frames))
