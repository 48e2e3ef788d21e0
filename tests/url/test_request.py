"""What a URL asks for is said in one spelling, by which equal requests are known."""

from datetime import UTC, date, datetime, timedelta
from typing import Annotated, Any
from urllib.parse import quote

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from matplotlib.figure import Figure
from pydantic import AfterValidator

from plotgate import CommaSeparated, TimeRange
from plotgate.errors import ParameterError
from plotgate.url.plot import Plot
from plotgate.url.request import PictureRequest, read_request
from plotgate.url.spelling import canonical_text

NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)


def draw(
    size: float = 1.5,
    count: int = 3,
    on: bool = False,
    shares: Annotated[list[float], CommaSeparated] = [1.0],  # noqa: B006
    names: Annotated[frozenset[str], CommaSeparated] = frozenset(),
) -> Figure:
    raise NotImplementedError


PLOT = Plot(draw)


def asked(**query: str) -> PictureRequest:
    return read_request(PLOT, "/plots/some/plot", {}, list(query.items()), NOW)


def query_of(**query: str) -> str:
    return asked(**query).canonical_url.partition("?")[2]


@pytest.mark.parametrize(
    ("spellings", "canonical"),
    [
        (["1234567", "1234567.0", "1.234567e6", "+1234567"], "size=1234567"),
        (["0.1234567", ".1234567", "1.234567e-1"], "size=0.1234567"),
        (["1e16", "10000000000000000.0"], "size=1e%2B16"),
        (["9999999999999998", "9999999999999998.0"], "size=9999999999999998"),
        (["1.5", "1.50", "15e-1"], ""),  # the default
        (["0", "-0", "-0.0"], "size=0"),
        (["-2", "-2.0"], "size=-2"),
    ],
)
def test_a_number_has_one_spelling_with_all_its_digits(spellings: list[str], canonical: str) -> None:
    assert {query_of(size=spelling) for spelling in spellings} == {canonical}
    assert {asked(size=spelling).values["size"] for spelling in spellings} == {float(spellings[0])}


@pytest.mark.parametrize("spellings", [["true", "1", "yes", "on", "True"]])
def test_a_choice_of_two_has_one_spelling(spellings: list[str]) -> None:
    assert {query_of(on=spelling) for spelling in spellings} == {"on=true"}
    assert query_of(on="no") == ""


def test_a_list_is_in_the_order_that_was_given_and_a_set_is_not() -> None:
    assert query_of(shares="2.50, 1") == query_of(shares="2.5,1.0") == "shares=2.5%2C1"
    assert query_of(shares="1,2.5") == "shares=1%2C2.5"
    assert query_of(names="b,a") == query_of(names="a, b,a") == "names=a%2Cb"
    assert asked(shares="-0,0").values["shares"] == [0.0, 0.0]
    assert str(asked(shares="-0").arguments["shares"]) == "[0.0]"


def test_the_view_follows_the_plots_own_parameters_and_errors_are_left_out() -> None:
    assert (
        query_of(width="440", theme="dark", dpr="2.0", count="4", errors="json") == "count=4&width=440&dpr=2&theme=dark"
    )
    assert query_of(dpr="1.25", format="svg") == "format=svg&dpr=1.25"
    assert asked().canonical_url == "/plots/some/plot"


def test_a_value_that_its_own_text_does_not_mean_is_said_as_it_was_given() -> None:
    def stretched(size: Annotated[float, AfterValidator(lambda value: value * 2)] = 1.0) -> Figure:
        raise NotImplementedError

    request = read_request(Plot(stretched), "/plots/x", {}, [("size", "3.0")], NOW)
    assert request.values == {"size": 6.0}
    assert request.canonical_url == "/plots/x?size=3.0"


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=10))
def test_a_value_of_the_path_is_quoted(name: str) -> None:
    def named(name: str) -> Figure:
        raise NotImplementedError

    request = read_request(Plot(named), "/plots/ü", {"name": name}, [], NOW)
    assert request.canonical_url == f"/plots/%C3%BC/name/{quote(name)}"


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_the_text_of_a_number_is_read_as_the_same(number: float) -> None:
    assert float(canonical_text(number)) == number
    assert len(canonical_text(number)) <= len(repr(number))


@pytest.mark.parametrize(
    ("query", "good"),
    [
        ({"width": "4000", "height": "4000"}, True),
        ({"width": "4000", "height": "4000", "dpr": "1.01"}, False),
        ({"width": "2000", "height": "2000", "dpr": "2"}, True),
        ({"width": "2000", "height": "2001", "dpr": "2"}, False),
        ({"width": "4000", "dpr": "4"}, True),  # its height is not known yet
    ],
)
def test_a_picture_of_too_many_pixels_is_refused_before_it_is_drawn(query: dict[str, Any], good: bool) -> None:
    if good:
        asked(**query)
        return
    with pytest.raises(ParameterError, match="`dpr` must keep width x height x dpr\\^2 within 16000000 pixels, not '"):
        asked(**query)


def test_a_set_of_numbers_and_days_has_one_order() -> None:
    def mixed(parts: Annotated[frozenset[float | date], CommaSeparated] = frozenset()) -> Figure:
        raise NotImplementedError

    urls = {
        read_request(Plot(mixed), "/plots/x", {}, [("parts", text)], NOW).canonical_url
        for text in ("2020-02-01,1,2020-01-01", "2020-01-01,1,2020-02-01,1")
    }
    assert len(urls) == 1


@pytest.mark.parametrize("by_default", [True, False])
def test_what_json_cannot_tell_apart_is_said_as_it_was_given(by_default: bool) -> None:
    def required(at: Annotated[str, AfterValidator(pd.Timestamp)]) -> Figure:
        raise NotImplementedError

    def optional(at: Annotated[str, AfterValidator(pd.Timestamp)] = "2020-01-01") -> Figure:
        raise NotImplementedError

    def url(at: str) -> str:
        path, query = ({}, [("at", at)]) if by_default else ({"at": at}, [])
        return read_request(Plot(optional if by_default else required), "/plots/x", path, query, NOW).canonical_url

    assert len({url(f"2020-01-01T00:00:00.{part}") for part in ("000000000", "000000001", "000000002")}) == 3
    assert url("2020-01-01") == url("2020-01-01T00:00:00")


def test_a_range_by_default_that_a_change_of_clocks_lengthens_leaves_one_spelling_of_the_others() -> None:
    hours = TimeRange("America/Los_Angeles", longest=timedelta(days=1), step=timedelta(hours=1))

    def recent(
        start: Annotated[datetime, hours.start] = hours.time("yesterday"),
        end: Annotated[datetime, hours.end] = hours.time("today"),
        size: float = 1.5,
    ) -> Figure:
        raise NotImplementedError

    now = datetime(2016, 11, 7, 20, tzinfo=UTC)  # the day before had 25 hours
    found = read_request(Plot(recent), "/plots/x", {}, [("size", "2.50")], now)
    assert found.canonical_url.endswith("size=2.5")
