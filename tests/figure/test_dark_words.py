"""On a dark page words are read, and marks seen, upon whatever lies beneath them."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from matplotlib import patheffects
from matplotlib.colors import to_rgb, to_rgba
from matplotlib.figure import Figure
from matplotlib.offsetbox import AnchoredText, AnnotationBbox, TextArea
from matplotlib.patches import Rectangle
from matplotlib.text import Text

from plotgate.colours import THEMES
from plotgate.figure.dark import darken
from plotgate.figure.perception import RGB, blended, contrast
from tests.drawing import laid_out

WHITE, PAPER = (1.0, 1.0, 1.0), to_rgb(THEMES["dark"].paper)
ROUNDED = 0.98  # colours of pixels have 8 bits

channels = st.integers(0, 255).map(lambda number: number / 255)
colours = st.one_of(channels.map(lambda grey: (grey, grey, grey)), st.tuples(channels, channels, channels))
backgrounds = st.one_of(st.none(), st.tuples(colours, st.sampled_from([1, 0.85, 0.5])))
Background = tuple[RGB, float] | None


def upon(page: RGB, background: Background) -> RGB:
    return page if background is None else blended(background[0], background[1], page)


@given(colours, backgrounds, st.one_of(st.just(WHITE), colours))
def test_words_are_read_upon_their_box_and_their_page(colour: RGB, box: Background, page: RGB) -> None:
    assume(contrast(colour, upon(page, box)) >= 4.5)
    figure = Figure(figsize=(2, 2))
    axes = figure.add_axes((0, 0, 1, 1), facecolor=page)
    dress = {"facecolor": (*box[0], box[1]), "edgecolor": "none"} if box else None
    text = axes.text(0.5, 0.5, "words", color=colour, bbox=dress)
    darken(figure)
    ground = to_rgb(axes.get_facecolor())
    if (patch := text.get_bbox_patch()) is not None:
        ground = blended(to_rgb(patch.get_facecolor()), to_rgba(patch.get_facecolor())[3], ground)
    assert contrast(to_rgb(text.get_color()), ground) >= 4.5 * ROUNDED


@given(colours, backgrounds, st.one_of(st.just(WHITE), colours), st.sampled_from([1, 0.7]))
def test_marks_are_seen_upon_an_area_and_their_page(colour: RGB, area: Background, page: RGB, alpha: float) -> None:
    beneath = upon(page, area)
    assume(contrast(blended(colour, alpha, beneath), beneath) >= 3 / ROUNDED)
    figure = Figure(figsize=(2, 2))
    axes = figure.add_axes((0, 0, 1, 1), facecolor=page, xlim=(0, 1), ylim=(0, 1))
    if area is not None:
        axes.add_patch(Rectangle((0, 0), 1, 1, facecolor=area[0], alpha=area[1], edgecolor="none"))
    (line,) = axes.plot([0.2, 0.8], [0.5, 0.5], color=colour, alpha=alpha)
    darken(figure)
    ground = to_rgb(axes.get_facecolor())
    for patch in axes.patches:
        ground = blended(to_rgb(patch.get_facecolor()), to_rgba(patch.get_facecolor())[3], ground)
    assert contrast(blended(to_rgb(line.get_color()), alpha, ground), ground) >= 3 * ROUNDED


def upon_image(figure: Figure) -> Text:
    axes = figure.add_axes((0, 0, 1, 1))
    axes.imshow(np.full((4, 4), 0.95), cmap="gray", vmin=0, vmax=1, aspect="auto")
    return figure.text(0.5, 0.5, "upon an image", color="black")


def upon_another_axes(figure: Figure) -> Text:
    figure.add_axes((0, 0, 1, 1)).bar([0, 1], [1, 1], 1, color="lightyellow")
    above = figure.add_axes((0, 0, 1, 1), frame_on=False)
    return above.text(0.5, 0.5, "bars", color="black", ha="center")


def upon_image_in_inset(figure: Figure) -> Text:
    axes = figure.add_axes((0, 0, 1, 1))
    axes.imshow(np.full((4, 4), 0.95), cmap="gray", vmin=0, vmax=1, aspect="auto")
    inner = axes.inset_axes((0.2, 0.2, 0.6, 0.6), facecolor="none")
    return inner.text(0.5, 0.5, "in an inset", color="black")


def upon_large_marker(figure: Figure) -> Text:
    axes = figure.add_axes((0, 0, 1, 1), xlim=(0, 1), ylim=(0, 1))
    axes.scatter([0.5], [0.5], s=50000, color="wheat")
    return axes.text(0.5, 0.5, "bubble", color="black", ha="center")


def upon_own_series(figure: Figure) -> Text:
    axes = figure.add_axes((0, 0, 1, 1), xlim=(0, 1), ylim=(0, 1))
    axes.add_patch(Rectangle((0, 0), 1, 1))
    return axes.text(0.5, 0.5, "upon a bar", color="white")


UPON = [upon_image, upon_another_axes, upon_image_in_inset, upon_large_marker, upon_own_series]


@pytest.mark.parametrize("draw_text", UPON)
def test_words_are_read_upon_what_was_drawn_before_them(draw_text: Callable[[Figure], Text]) -> None:
    said: list[Text] = []

    def draw() -> Figure:
        figure = Figure(figsize=(4, 3))
        said[:] = [draw_text(figure)]
        return figure

    with laid_out(draw, theme="dark") as figure:
        canvas: Any = figure.canvas
        box = said[0].get_window_extent()
        said[0].set_visible(False)
        canvas.draw()
        pixels = np.asarray(canvas.buffer_rgba())[..., :3] / 255
        beneath = pixels[int(figure.bbox.height - (box.y0 + box.y1) / 2), int((box.x0 + box.x1) / 2)]
        assert contrast(to_rgb(said[0].get_color()), tuple(beneath.tolist())) >= 4.5


def test_frames_that_are_no_children_turn_with_their_words() -> None:
    def draw() -> Figure:
        figure = Figure(figsize=(4, 3))
        axes = figure.subplots()
        axes.add_artist(AnchoredText("in a frame", loc="upper left"))
        axes.add_artist(AnnotationBbox(TextArea("in a box"), (0.5, 0.5)))
        axes.text(0.5, 0.2, "in a stroke", path_effects=[patheffects.withStroke(linewidth=3, foreground="white")])
        return figure

    with laid_out(draw, theme="dark") as figure:
        frames: list[Any] = [artist for artist in figure.axes[0].artists if hasattr(artist, "patch")]
        assert [contrast(to_rgb(frame.patch.get_facecolor()), PAPER) < 1.1 for frame in frames] == [True, True]
        (text,) = figure.axes[0].texts
        stroke: Any = text.get_path_effects()[0]
        assert contrast(to_rgb(text.get_color()), to_rgb(stroke._gc["foreground"])) >= 4.5


def test_the_key_of_a_line_has_its_colour() -> None:
    def draw() -> Figure:
        figure = Figure(figsize=(4, 3))
        axes = figure.subplots()
        axes.axhspan(0, 4, color="#303030")
        axes.plot([1, 3, 2], color="#0000cc", label="blue")
        axes.plot([3, 1, 2], color="#550000", label="red")
        axes.legend(loc="upper left", framealpha=1)
        return figure

    with laid_out(draw, theme="dark") as figure:
        axes = figure.axes[0]
        legend = axes.get_legend()
        assert legend is not None
        keys: list[Any] = legend.legend_handles
        assert [key.get_color() for key in keys] == [line.get_color() for line in axes.lines]
