"""The gallery refuses what a plot refuses, and nothing that it takes."""

from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from enum import Enum
from typing import Annotated, Literal
from uuid import UUID

import pytest
from matplotlib.figure import Figure
from pydantic import AfterValidator, BeforeValidator, Field

from plotgate import CommaSeparated, Distinct, OneOf, TimeRange
from plotgate.errors import ParameterError
from plotgate.pages.asked import read_asked
from plotgate.pages.entries import Entry, read_entries
from plotgate.url.plot import Plot
from plotgate.url.signature import read_parameters
from tests.found import PLOTS, gallery, plot_handler
from tests.pages.serving import entry_of

RANGE = TimeRange("Europe/Berlin", step=timedelta(hours=1), longest=timedelta(days=366))
DAYS = TimeRange("America/Los_Angeles", longest=timedelta(days=31))


class Colour(Enum):
    RED = "red"
    BLUE = "blue"


def odd(number: int) -> int:
    if number % 2 == 0:
        raise ValueError("must be odd")
    return number


def numbers(
    count: Annotated[int, Field(ge=1, le=365)] = 30,
    share: Annotated[float, Field(gt=0, lt=1)] = 0.3,
    even: Annotated[int, Field(multiple_of=2)] = 2,
    open_: float | None = None,
) -> Figure:
    raise NotImplementedError


def texts(
    method: Literal["pearson", "kendall"] = "pearson",
    many: Annotated[str, OneOf([f"feature {i}" for i in range(9)])] = "feature 1",
    short: Annotated[str, Field(max_length=3, pattern="^[a-z]*$")] = "ab",
    empty: str = "",
    yes: bool = True,
    id_: UUID | None = None,
) -> Figure:
    raise NotImplementedError


def lists(
    features: Annotated[
        list[Annotated[str, OneOf(["a", "b", "c"])]], CommaSeparated, Distinct, Field(min_length=1, max_length=2)
    ] = ["a"],  # noqa: B006
    values: Annotated[list[Annotated[float, Field(gt=0)]], CommaSeparated] = [],  # noqa: B006
    row: Annotated[Sequence[Literal["a", "b"]], CommaSeparated, Distinct, Field(min_length=1)] = ("a", "b"),
) -> Figure:
    raise NotImplementedError


def times(
    start: Annotated[datetime, RANGE.start] = RANGE.time("-30d"),
    end: Annotated[datetime, RANGE.end] = RANGE.time("now"),
    day: date = date(2020, 1, 1),
) -> Figure:
    raise NotImplementedError


def days(
    start: Annotated[date, DAYS.start] = date(2012, 1, 1), end: Annotated[date, DAYS.end] = date(2012, 2, 1)
) -> Figure:
    raise NotImplementedError


def custom(
    doubled: Annotated[float, BeforeValidator(lambda text: {"red": 1}.get(text, text)), Field(le=1)] = 1,
    odd: Annotated[int, AfterValidator(odd)] = 1,
    colour: Colour = Colour.RED,
    either: int | str = "a",
    some: Annotated[set[str], CommaSeparated] = {"a"},  # noqa: B006
) -> Figure:
    raise NotImplementedError


DRAWS: list[Callable[..., Figure]] = [numbers, texts, lists, times, days, custom]
VALUES = [
    *("", "0", "1", "2", "3", "-1", "0.3", "1e0", "365", "366", "nan", "inf", "x", "true", "yes", "no", " 1"),
    *("pearson", "kendall", "Pearson", "feature 1", "feature 9", "ab", "abc", "abcd", "AB", "a", "b", "d", "a,b"),
    *("a,a", "a, b", "a,b,c", "1,2", "1,-2", "red", "blue", "green", "now", "-30d", "-2y", "today", "last-month"),
    *("2012-01-01", "2012-01-31", "2012-03-01", "2013-01-01", "2020-06-01T12:00:00Z", "2020-02-30", "-400d"),
    *("5b1f1f2e-6f0c-4f0e-9c1e-0a4f0c4b1b1a", "café", "<b>", "a" * 200),
]


def refused_by_plot(plot: Plot, path: dict[str, str], query: list[tuple[str, str]]) -> list[tuple[str, str | None]]:
    try:
        read_parameters(plot.url_parameters, path, query)
    except ParameterError as error:
        return [(one.parameter, one.value) for one in error.violations]
    return []


def refused_by_page(entry: Entry, path: dict[str, str], query: list[tuple[str, str]]) -> list[tuple[str, str | None]]:
    return [(one.parameter, one.value) for one in read_asked(entry, path, query).violations]


@pytest.mark.parametrize("draw", DRAWS, ids=lambda draw: draw.__name__)
def test_a_page_refuses_what_the_plot_refuses(draw: Callable[..., Figure]) -> None:
    plot, entry = Plot(draw), entry_of(draw)
    left = {parameter.name for parameter in entry.parameters if parameter.is_custom}
    for name in [*plot.url_parameters.model_fields, "unknown"]:
        for value in VALUES:
            of_plot = [] if name in left else refused_by_plot(plot, {}, [(name, value)])
            assert refused_by_page(entry, {}, [(name, value)]) == of_plot, (name, value)


def test_only_what_a_schema_does_not_tell_is_left_to_the_plot() -> None:
    left = {draw.__name__: [p.name for p in entry_of(draw).parameters if p.is_custom] for draw in DRAWS}
    assert left.pop("custom") == ["doubled", "odd", "colour", "either", "some"]
    assert not any(left.values())


@pytest.mark.parametrize("folder", PLOTS)
def test_the_plots_of_this_repository_are_checked_whole(folder: str) -> None:
    plot = plot_handler(folder).plot
    (entry,) = [one for one in read_entries(gallery() / "catalog.json") if one.folder == f"/{folder}"]
    assert not [parameter.name for parameter in entry.parameters if parameter.is_custom]
    for name in plot.url_parameters.model_fields:
        for value in VALUES:
            path = entry.example | ({name: value} if name in entry.example else {})
            query = [] if name in entry.example else [(name, value)]
            assert refused_by_page(entry, path, query) == refused_by_plot(plot, path, query), (name, value)
