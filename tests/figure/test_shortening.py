"""A text that no picture has room for has an ellipsis, and leaves room for others; the table keeps it whole."""

import csv
import io
from collections.abc import Callable

import pytest
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.text import Text
from matplotlib.ticker import FixedFormatter

from plotgate.figure.room import fits
from tests.drawing import laid_out, picture

NAMES = ["north", "east", "south", "west"]
LONG = {"letters": "m" * 10_000, "words": "word " * 2000, "lines": "a\nb\n" * 2500}


def of_category(axes: Axes, said: str) -> None:
    axes.bar([said, *NAMES[1:]], [1, 2, 3, 4])


def of_tick(axes: Axes, said: str) -> None:
    axes.barh(range(4), [1, 2, 3, 4])
    axes.set_yticks(range(4), [said, *NAMES[1:]])


def as_title(axes: Axes, said: str) -> None:
    of_category(axes, NAMES[0])
    axes.set_title(said)


def as_name(axes: Axes, said: str) -> None:
    of_category(axes, NAMES[0])
    axes.set_ylabel(said)


def as_key(axes: Axes, said: str) -> None:
    axes.bar(NAMES, [1, 2, 3, 4], label=said)
    axes.legend()


def with_text(add: Callable[[Axes, str], None], said: str) -> Callable[[], Figure]:
    def draw() -> Figure:
        figure = Figure(figsize=(6, 4), layout="constrained")
        add(figure.subplots(), said)
        return figure

    return draw


def texts(figure: Figure) -> list[str]:
    figure.draw_without_rendering()
    return [found.get_text() for found in figure.findobj(Text) if isinstance(found, Text) and found.get_visible()]


@pytest.mark.parametrize("said", LONG.values(), ids=LONG)
@pytest.mark.parametrize("add", [of_category, of_tick, as_title, as_name, as_key])
def test_text_without_end_leaves_room_for_the_others(add: Callable[[Axes, str], None], said: str) -> None:
    with laid_out(with_text(add, said)) as figure:
        assert fits(figure)
        shown = texts(figure)
        assert {*NAMES[1:]} <= {*shown}
        (cut,) = [one for one in shown if "…" in one]
        assert cut[:3] == said[:3] or cut[:3] == said.replace("\n", " ")[:3]
        assert len(cut) < 1000


def test_shortened_names_are_told_apart_by_their_ends() -> None:
    names = [f"{'n' * 300} {end}" for end in ("first", "last")]

    def draw() -> Figure:
        figure = Figure(figsize=(6, 4), layout="constrained")
        figure.subplots().barh(names, [1, 2])
        return figure

    with laid_out(draw) as figure:
        shown = [said for said in texts(figure) if "…" in said]
    assert [said[-5:].strip() for said in shown] == ["first", "last"]


def test_long_names_that_fit_are_whole() -> None:
    name = "a name of which somebody may want to read each and every word"
    with laid_out(with_text(of_tick, name)) as figure:
        assert name in texts(figure)


def test_the_authors_own_formatter_keeps_its_names() -> None:
    formatter = FixedFormatter(["m" * 10_000, *NAMES])

    def draw() -> Figure:
        figure = Figure()
        axes = figure.subplots()
        axes.set_xticks(range(5))
        axes.xaxis.set_major_formatter(formatter)
        return figure

    first = picture(draw).body
    assert formatter.format_ticks([0])[0] == "m" * 10_000
    assert picture(draw).body == first


def test_the_table_has_the_whole_name() -> None:
    body = picture(with_text(of_category, LONG["letters"]), format="csv").body.decode()
    assert LONG["letters"] in {cell for row in csv.reader(io.StringIO(body)) for cell in row}
