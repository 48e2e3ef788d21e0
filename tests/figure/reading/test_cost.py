"""Reading a figure takes steps in proportion to its artists, and as many for a long array as for a short one."""

import sys
import tracemalloc
from collections.abc import Callable
from types import FrameType

import numpy as np
import pytest
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from plotgate.figure.reading import panels
from plotgate.figure.reading.alt_text import alt_text

Draw = Callable[[Axes, int], object]


def steps(draw: Draw, count: int) -> int:
    """How many functions of Python are called to put a figure of `count` into words."""
    figure = Figure()
    draw(figure.subplots(), count)
    calls = 0

    def called(frame: FrameType, event: str, argument: object) -> None:
        nonlocal calls
        calls += event == "call"

    sys.setprofile(called)
    try:
        alt_text(panels.read(figure), "A title")
    finally:
        sys.setprofile(None)
    return calls


def numbers(*shape: int) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
    return np.random.default_rng(0).normal(size=shape)


def image(axes: Axes, count: int) -> object:
    return axes.imshow(numbers(count, 10))


def mesh(axes: Axes, count: int) -> object:
    return axes.pcolormesh(numbers(count, 10))


def colours_of_mesh(axes: Axes, count: int) -> object:
    return axes.pcolormesh(np.abs(np.sin(numbers(count, 10, 3))))


def points(axes: Axes, count: int) -> object:
    x, y, colours = numbers(3, count)
    return axes.scatter(x, y, c=colours)


def line(axes: Axes, count: int) -> object:
    return axes.plot(numbers(count).cumsum())


def stairs(axes: Axes, count: int) -> object:
    return axes.stairs(numbers(count))


def area(axes: Axes, count: int) -> object:
    return axes.fill_between(np.arange(count), numbers(count))


def arrows(axes: Axes, count: int) -> object:
    return axes.quiver(*numbers(4, count))


@pytest.mark.parametrize("draw", [image, mesh, colours_of_mesh, points, line, stairs, area, arrows])
def test_an_array_takes_the_same_steps_however_long_it_is(draw: Draw) -> None:
    assert steps(draw, 800) < 1.5 * steps(draw, 100)  # some are for ticks


def bars(axes: Axes, count: int) -> object:
    return axes.bar(np.arange(count), np.abs(numbers(count)))


def error_bars(axes: Axes, count: int) -> object:
    return axes.errorbar(np.arange(count), numbers(count), np.abs(numbers(count)))


def boxes(axes: Axes, count: int) -> object:
    return axes.boxplot(numbers(20, count))


def lines(axes: Axes, count: int) -> object:
    return [axes.plot(numbers(9)) for _ in range(count)]


def short_lines(axes: Axes, count: int) -> object:
    return [axes.plot([index, index], pair) for index, pair in enumerate(numbers(count, 2))]


@pytest.mark.parametrize("draw", [bars, error_bars, boxes, lines, short_lines])
def test_artists_take_steps_in_proportion(draw: Draw) -> None:
    assert steps(draw, 240) < 2.4 * steps(draw, 120)


@pytest.mark.parametrize("draw", [image, mesh, points, line])
def test_words_take_a_few_times_the_memory_of_the_numbers(draw: Draw) -> None:
    figure, count = Figure(), 20_000
    draw(figure.subplots(), count)
    held = count * 8 * (10 if draw in (image, mesh) else 2)
    tracemalloc.start()
    try:
        alt_text(panels.read(figure), "A title")
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 6 * held
