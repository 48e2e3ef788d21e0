"""Drawing leaves nothing behind and repeats to the byte."""

from collections.abc import Callable
from typing import Any

import matplotlib
import matplotlib.pyplot as plt
import pytest
import seaborn as sns
from matplotlib.figure import Figure

from plotgate.errors import DrawError
from tests.drawing import opened, picture


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
    assert opened(picture(draw)).size == (400, 300)


def test_figures_of_pyplot_are_closed() -> None:
    picture(through_pyplot)
    assert plt.get_fignums() == []


def test_figures_are_closed_when_drawing_fails() -> None:
    with pytest.raises(DrawError):
        picture(failing)
    assert plt.get_fignums() == []


def test_settings_of_one_plot_do_not_reach_the_next() -> None:
    before = dict(matplotlib.rcParams)
    first = picture(plain)
    picture(themed)
    assert dict(matplotlib.rcParams) == before
    assert picture(plain) == first


def test_what_is_no_figure_is_refused() -> None:
    with pytest.raises(DrawError) as caught:
        picture(no_figure)
    assert str(caught.value.__cause__) == "draw must return a matplotlib Figure, not str"


def test_picture_says_what_it_is_and_neither_date_nor_host() -> None:
    info = opened(picture(plain)).info
    assert info.keys() == {"Title", "Description", "Source", "Software"}
    assert info["Source"] == "/plots/some/plot"
