"""Each theme is readable, whatever a plot sets by itself."""

import io
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any

import matplotlib as mpl
import matplotlib.pyplot as plt
import numpy as np
import pytest
import seaborn as sns
from matplotlib.axes import Axes
from matplotlib.collections import QuadMesh
from matplotlib.colors import same_color, to_rgb
from matplotlib.figure import Figure
from numpy.typing import NDArray
from PIL import Image

from plotgate.pictures.identity import identify
from plotgate.pictures.render import Picture, render
from plotgate.url.request import read_request
from tests import samples
from tests.drawing import laid_out, opened, picture
from tests.figure.figures import inset, own_darkness, twin_axes
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
        assert texts(figure) or draw is samples.empty
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


def marks() -> list[Callable[[Axes], object]]:
    rng = np.random.default_rng(6)
    bell = rng.normal(size=5000)
    return [
        lambda axes: axes.hist(bell, bins=300),
        lambda axes: axes.scatter(bell, bell[::-1], s=0.5),
        lambda axes: axes.scatter(bell[:9], bell[9:18]),
        lambda axes: axes.bar([1, 2, 3], [3, 1, 2]),
        lambda axes: axes.plot([1, 3, 2], "o-"),
        lambda axes: axes.fill_between([1, 2, 3], [3, 1, 2]),
        lambda axes: axes.pie([3, 1, 2]),
        lambda axes: axes.annotate("", (0.9, 0.9), (0.1, 0.1), arrowprops={"arrowstyle": "->"}, size=10),
        lambda axes: axes.boxplot([bell, bell**2]),
        lambda axes: axes.imshow(np.arange(12).reshape(3, 4)),
    ]


@pytest.mark.parametrize("draw_marks", marks())
def test_marks_cover_the_same_pixels_as_matplotlibs_own(draw_marks: Callable[[Axes], object]) -> None:
    def covered(style: Any) -> NDArray[np.bool_]:
        def draw() -> Figure:
            mpl.rcParams.update(style)
            figure = Figure(figsize=(4, 3))
            axes = figure.add_axes((0, 0, 1, 1))
            draw_marks(axes)
            axes.set_axis_off()
            return figure

        pixels = np.asarray(opened(picture(draw)).convert("RGB"))
        found: NDArray[np.bool_] = (pixels != pixels[0, 0]).any(axis=-1)
        return found

    assert (covered({}) == covered(mpl.rcParamsDefault)).all()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_all_words_are_readable_where_draw_chooses_a_dark_style(theme: str) -> None:
    with laid_out(own_darkness, theme=theme) as figure:
        assert same_color(figure.get_facecolor(), "black")
        for text in texts(figure):
            assert contrast(text.get_color(), "black") >= 4.5, text.get_text()


def test_ticks_of_twin_axes_have_their_line_and_insets_their_frame() -> None:
    with laid_out(twin_axes) as figure:
        assert figure.axes[1].spines["right"].get_visible()
    with laid_out(inset) as figure:
        (inner,) = figure.axes[0].child_axes
        assert all(spine.get_visible() for spine in inner.spines.values())


def shown(folder: Path, name: str, style: str) -> Picture:
    """The picture of a plot whose file begins with `style`."""
    (folder / f"{name}.py").write_text(
        "import matplotlib, matplotlib.pyplot as plt, seaborn as sns\n"
        "from plotgate import serve\n"
        f"{style}\n"
        "def draw() -> plt.Figure:\n"
        "    figure, axes = plt.subplots(figsize=(4, 3))\n"
        "    axes.plot([1, 3, 2])\n"
        "    return figure\n"
        "handler = serve(draw)\n"
    )
    spec = spec_from_file_location(name, folder / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = sys.modules[name] = module_from_spec(spec)
    spec.loader.exec_module(module)
    return render(identify(read_request(module.handler.plot, "/plots/some/plot", {}, [], datetime.now(UTC))))


def test_what_a_plots_file_sets_is_the_style_of_its_pictures_alone(tmp_path: Path) -> None:
    before = dict(mpl.rcParams)
    styled = shown(tmp_path, "styled", "sns.set_theme()\nmatplotlib.rcParams['lines.linewidth'] = 9")
    plain = shown(tmp_path, "unstyled", "")
    assert dict(mpl.rcParams) == before
    grey = [(np.asarray(opened(made)) == (234, 234, 242)).all(axis=-1).mean() for made in (styled, plain)]
    assert grey[0] > 0.2  # the paper of seaborn's axes
    assert grey[1] == 0


def test_plot_that_begins_with_matplotlibs_own_style_looks_as_matplotlib_does() -> None:
    def draw() -> Figure:
        plt.style.use("default")
        figure, axes = plt.subplots(figsize=(4, 3))
        axes.plot([1, 3, 2])
        return figure

    with mpl.rc_context(mpl.rcParamsDefault), io.BytesIO() as buffer:
        draw().savefig(buffer)
        plt.close("all")
        own = np.asarray(Image.open(buffer).convert("RGB"))
    assert (np.asarray(opened(picture(draw))) == own).all()
