"""Drawing leaves nothing behind and repeats to the byte."""

from collections.abc import Callable
from functools import cache
from typing import Annotated, Any

import matplotlib
import matplotlib.pyplot as plt
import pytest
import seaborn as sns
from matplotlib import colormaps
from matplotlib.colors import ListedColormap
from matplotlib.figure import Figure

from plotgate import CommaSeparated
from plotgate.errors import DrawError
from tests.drawing import opened, picture
from tests.figure.figures import clustermap, flat, image_grid, integer_columns, scatter, tight_after_colour_bar


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


@pytest.mark.parametrize("query", [{}, {"theme": "dark"}, {"width": 440}, {"width": 880}], ids=str)
@pytest.mark.parametrize("draw", [scatter, clustermap, tight_after_colour_bar, image_grid, flat, integer_columns])
def test_figure_of_the_galleries_is_drawn(draw: Callable[[], Figure], query: dict[str, Any]) -> None:
    assert opened(picture(draw, **query)).width == query.get("width", opened(picture(draw)).width)


def kept_figure() -> Figure:
    return KEPT


KEPT = plain()


def test_figure_that_is_kept_between_calls_is_refused() -> None:
    cached = cache(plain)

    def again() -> Figure:
        return cached()

    picture(again)
    for draw in (kept_figure, again):
        with pytest.raises(DrawError) as caught:
            picture(draw)
        assert "must make a new Figure in each call" in str(caught.value.__cause__)
    assert KEPT.get_size_inches().tolist() == [4, 3]


def test_colour_map_can_be_registered_in_each_call() -> None:
    def draw() -> Figure:
        colormaps.register(ListedColormap(["red", "blue"], name="ours"))
        return plain()

    assert picture(draw).body == picture(draw).body
    assert "ours" not in colormaps


def test_default_that_draw_changes_is_new_in_each_call() -> None:
    given = []

    def draw(names: Annotated[list[str], CommaSeparated] = ["a"]) -> Figure:  # noqa: B006 - what an author may write
        given.append(list(names))
        names.append("b")
        return plain()

    picture(draw)
    picture(draw)
    assert given == [["a"], ["a"]]


def test_grid_of_seaborn_is_refused_with_what_to_return() -> None:
    def draw() -> Any:
        return sns.relplot(x=[1, 2], y=[1, 2])

    with pytest.raises(DrawError) as caught:
        picture(draw)
    assert str(caught.value.__cause__).endswith("not FacetGrid: return its `.figure`")
