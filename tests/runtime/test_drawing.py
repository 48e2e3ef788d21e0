"""Drawing leaves nothing behind and repeats to the byte."""

import io
from collections.abc import Callable
from typing import Any

import matplotlib
import matplotlib.pyplot as plt
import pytest
import seaborn as sns
from matplotlib.figure import Figure
from PIL import Image

from plotgate.drawing import draw_png


def plain() -> Figure:
    figure = Figure(figsize=(4, 3))
    figure.subplots().plot([1, 3, 2])
    return figure


def through_pyplot() -> Figure:
    return plt.subplots(figsize=(4, 3))[0]


def themed() -> Figure:
    sns.set_theme(style="dark", font_scale=3)
    return plain()


def failing() -> Figure:
    plt.figure()
    raise ValueError("no data")


def no_figure() -> Any:
    return "figure"


@pytest.mark.parametrize("draw", [plain, through_pyplot, themed])
def test_picture_has_a_hundred_pixels_for_an_inch(draw: Callable[[], Figure]) -> None:
    assert Image.open(io.BytesIO(draw_png(draw, {}))).size == (400, 300)


def test_figures_of_pyplot_are_closed() -> None:
    draw_png(through_pyplot, {})
    assert plt.get_fignums() == []


def test_figures_are_closed_when_drawing_fails() -> None:
    with pytest.raises(ValueError, match="no data"):
        draw_png(failing, {})
    assert plt.get_fignums() == []


def test_settings_of_one_plot_do_not_reach_the_next() -> None:
    before = dict(matplotlib.rcParams)
    first = draw_png(plain, {})
    draw_png(themed, {})
    assert dict(matplotlib.rcParams) == before
    assert draw_png(plain, {}) == first


def test_what_is_no_figure_is_refused() -> None:
    with pytest.raises(TypeError, match="draw must return a matplotlib Figure, not str"):
        draw_png(no_figure, {})


def test_picture_holds_neither_date_nor_version() -> None:
    assert Image.open(io.BytesIO(draw_png(plain, {}))).info.keys() <= {"dpi"}
