"""Each theme is readable, whatever a plot sets by itself."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
import seaborn as sns
from matplotlib.collections import QuadMesh
from matplotlib.colors import same_color, to_rgb
from matplotlib.figure import Figure

from tests import samples
from tests.drawing import laid_out, opened, picture
from tests.figure.test_layout import texts
from tests.samples import SAMPLES


def contrast(first: Any, second: Any) -> float:
    """WCAG 2.2, contrast ratio."""

    def luminance(colour: Any) -> float:
        channels = np.array(to_rgb(colour))
        linear = np.where(channels <= 0.04045, channels / 12.92, ((channels + 0.055) / 1.055) ** 2.4)
        return float(linear @ [0.2126, 0.7152, 0.0722])

    darker, lighter = sorted((luminance(first), luminance(second)))
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("draw", SAMPLES)
def test_text_is_readable(draw: Callable[[], Figure], theme: str) -> None:
    with laid_out(draw, theme=theme) as figure:
        for text in texts(figure):
            upon_cells = text.axes is not None and text in text.axes.texts and text.axes.findobj(QuadMesh)
            if not upon_cells:
                assert contrast(text.get_color(), figure.get_facecolor()) >= 4.5, text.get_text()


def test_palette_of_a_plot_is_the_same_in_both_themes() -> None:
    def draw() -> Figure:
        figure = Figure()
        figure.subplots().plot([1, 2], color="#875FDB")
        return figure

    for theme in ("light", "dark"):
        with laid_out(draw, theme=theme) as figure:
            assert same_color(figure.axes[0].lines[0].get_color(), "#875FDB")


@pytest.mark.parametrize("style", ["white", "darkgrid", "whitegrid", "ticks"])
def test_seaborns_own_theme_is_dark_on_a_dark_page(style: str) -> None:
    def draw() -> Figure:
        sns.set_theme(style=style)
        return samples.lines()

    with laid_out(draw, theme="dark") as figure:
        for text in texts(figure):
            assert contrast(text.get_color(), figure.axes[0].get_facecolor()) >= 4.5
    background = opened(picture(draw, theme="dark")).convert("RGB").getpixel((0, 0))
    assert background == (22, 25, 31)


def test_black_line_is_light_on_a_dark_page() -> None:
    with laid_out(samples.by_hand, theme="dark") as figure:
        assert contrast(figure.axes[0].lines[0].get_color(), figure.get_facecolor()) > 10
    with laid_out(samples.by_hand, theme="light") as figure:
        assert same_color(figure.axes[0].lines[0].get_color(), "black")


def test_numbers_upon_cells_keep_the_colours_that_were_chosen_against_the_cells() -> None:
    shown = []
    for theme in ("light", "dark"):
        with laid_out(samples.annotated, theme=theme) as figure:
            shown.append([text.get_color() for text in figure.axes[0].texts])
    assert shown[0] == shown[1]
