"""Ranges of time in a URL."""

from datetime import UTC, date, datetime, timedelta
from typing import Annotated, Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import pytest
from matplotlib.figure import Figure
from pydantic import BaseModel

from plotgate import TimeRange
from plotgate.errors import ParameterError
from plotgate.url import time_range
from plotgate.url.signature import parameters_model, read_parameters

SEATTLE = ZoneInfo("America/Los_Angeles")
DAYS = TimeRange("America/Los_Angeles", longest=timedelta(days=366))
HOURS = TimeRange("America/Los_Angeles", step=timedelta(hours=1))
QUARTERS = TimeRange("America/Los_Angeles", step=timedelta(hours=6))


@pytest.fixture(autouse=True)
def now(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is Wednesday, 2 March 2016, 21:20 in Seattle, and Thursday in UTC."""
    monkeypatch.setattr(time_range, "current_time", lambda: datetime(2016, 3, 3, 5, 20, tzinfo=UTC))


def by_day(
    start: Annotated[date, DAYS.start] = date(2016, 1, 1), end: Annotated[date, DAYS.end] = DAYS.day("now")
) -> Figure:
    return Figure()


def by_hour(
    start: Annotated[datetime, HOURS.start] = HOURS.time("-12h"),
    end: Annotated[datetime, HOURS.end] = HOURS.time("now"),
) -> Figure:
    return Figure()


def by_quarter(
    start: Annotated[datetime, QUARTERS.start] = datetime(1999, 1, 1),
    end: Annotated[datetime, QUARTERS.end] = datetime(2099, 1, 1),
) -> Figure:
    return Figure()


def read(draw: Any, **query: str) -> dict[str, Any]:
    model: type[BaseModel] = parameters_model(draw)
    return read_parameters(model, {}, query.items())


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2016-02-29", "2016-02-29"),
        ("2016-02-28T23:59:59", "2016-02-28"),
        ("2016-02-29T07:59:59Z", "2016-02-28"),
        ("2016-02-29T08:00:00Z", "2016-02-29"),
        ("2016-02-29T00:30:00+01:00", "2016-02-28"),
        ("2016-02-29T00:30:00 01:00", "2016-02-28"),
        ("today", "2016-03-02"),
        ("yesterday", "2016-03-01"),
        ("this-week", "2016-02-29"),
        ("last-week", "2016-02-22"),
        ("this-month", "2016-03-01"),
        ("last-month", "2016-02-01"),
        ("this-quarter", "2016-01-01"),
        ("last-quarter", "2015-10-01"),
        ("this-year", "2016-01-01"),
        ("-1d", "2016-03-02"),
        ("-30d", "2016-02-02"),
        ("-2w", "2016-02-18"),
        ("-1mo", "2016-02-03"),
        ("-1y", "2015-03-03"),
        ("-36h", "2016-03-01"),
    ],
)
def test_a_start_may_be_said_as_a_date_a_time_or_in_words(text: str, day: str) -> None:
    assert read(by_day, start=text)["start"] == date.fromisoformat(day)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("now", "2016-03-03"),
        ("tomorrow", "2016-03-03"),
        ("next-month", "2016-04-01"),
        ("next-quarter", "2016-04-01"),
        ("+7d", "2016-03-10"),
        (" 7d", "2016-03-10"),  # as a plus arrives
        ("2016-03-01T00:00:01", "2016-03-02"),
        ("2016-03-01", "2016-03-01"),
    ],
)
def test_an_end_is_rounded_up(text: str, day: str) -> None:
    assert read(by_day, end=text)["end"] == date.fromisoformat(day)


def test_a_default_in_words_means_another_day_on_another_day(monkeypatch: pytest.MonkeyPatch) -> None:
    assert read(by_day)["end"] == date(2016, 3, 3)
    monkeypatch.setattr(time_range, "current_time", lambda: datetime(2016, 3, 4, 8, 0, 1, tzinfo=UTC))
    assert read(by_day)["end"] == date(2016, 3, 5)


def test_a_default_is_described_as_it_was_said() -> None:
    described = parameters_model(by_day).model_json_schema()["properties"]
    assert (described["start"]["default"], described["end"]["default"]) == ("2016-01-01", "now")
    assert "-30d" in described["start"]["examples"]


def test_draw_gets_plain_dates_when_it_is_called_without_a_url() -> None:
    assert isinstance(DAYS.day("-30d"), date)
    assert DAYS.day("-30d") == date(2016, 2, 2)
    assert HOURS.time("-2h") == datetime(2016, 3, 2, 20, tzinfo=SEATTLE)


def test_times_are_rounded_outwards_in_the_plots_zone() -> None:
    found = read(by_hour, start="2016-03-01T10:59:59", end="2016-03-01T18:00:01Z")
    assert found["start"] == datetime(2016, 3, 1, 10, tzinfo=SEATTLE)
    assert found["end"] == datetime(2016, 3, 1, 11, tzinfo=SEATTLE)
    assert found["start"].utcoffset() == timedelta(hours=-8)


def test_the_last_hours_reach_to_the_end_of_the_running_one() -> None:
    found = read(by_hour)
    assert (found["start"], found["end"]) == (
        datetime(2016, 3, 2, 10, tzinfo=SEATTLE),
        datetime(2016, 3, 2, 22, tzinfo=SEATTLE),
    )


def test_requests_within_one_step_share_one_range(monkeypatch: pytest.MonkeyPatch) -> None:
    found = read(by_hour, start="-3h")
    monkeypatch.setattr(time_range, "current_time", lambda: datetime(2016, 3, 3, 5, 59, 59, tzinfo=UTC))
    assert read(by_hour, start="-3h") == found
    monkeypatch.setattr(time_range, "current_time", lambda: datetime(2016, 3, 3, 6, 0, 1, tzinfo=UTC))
    assert read(by_hour, start="-3h") != found


def test_days_in_which_clocks_change_have_23_or_25_hours() -> None:
    # Clocks in Seattle went forward on 13 March 2016 at 2:00, and back on 6 November 2016 at 2:00.
    spring, autumn = datetime(2016, 3, 13, tzinfo=SEATTLE), datetime(2016, 11, 6, tzinfo=SEATTLE)
    for day, hours in ((spring, 23), (autumn, 25)):
        night = day + timedelta(days=1)
        assert night.astimezone(UTC) - day.astimezone(UTC) == timedelta(hours=hours)
        found = read(by_hour, start=day.date().isoformat(), end=night.date().isoformat())
        assert (found["start"], found["end"]) == (day, night)
    assert read(by_hour, start="2016-03-13T02:30", end="2016-04-01")["start"] == datetime(
        2016, 3, 13, 3, tzinfo=SEATTLE
    )
    first = read(by_hour, start="2016-11-06T08:30:00Z", end="2017-01-01")["start"]
    second = read(by_hour, start="2016-11-06T09:30:00Z", end="2017-01-01")["start"]
    assert second.astimezone(UTC) - first.astimezone(UTC) == timedelta(hours=1)


def test_steps_start_anew_at_midnight() -> None:
    found = read(by_quarter, start="2016-03-13T23:00", end="2016-03-13T23:00:01")
    # 23 hours: from midnight 6, 6, 6 and 5.
    assert found["start"] == datetime(2016, 3, 13, 19, tzinfo=SEATTLE)
    assert found["end"] == datetime(2016, 3, 14, tzinfo=SEATTLE)


@pytest.mark.parametrize(
    "text",
    [
        *("", " ", "x", "30d", "-d", "-30", "-30m", "--30d", "-30D", "last-day", "lastmonth", "LAST-MONTH", "2016"),
        *("2016-13-01", "2016-02-30", "01/02/2016", "2016-01-01T25:00", "0000-01-01", "10000-01-01", "-9999999d"),
        *(
            "-999999y",
            "+999999y",
            "9999-12-31T23:59:59-12:00",
            "1456790400",
            "'; drop table weather; --",
            "2016-01-01;",
        ),
        *("2016-01-01;", "²016-01-01", "nan", "-1e3d", "\x00", "2016-01-01\n", "-" * 8000),
    ],
)
def test_what_means_no_time_is_refused(text: str) -> None:
    for draw in (by_day, by_hour):
        with pytest.raises(ParameterError, match="The parameter `start` must be a date, a date-time, or words such as"):
            read(draw, start=text)


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ({"start": "today", "end": "today"}, "The parameter `end` must be after `start`, 2016-03-02, not 'today'."),
        ({"start": "2016-03-05"}, "The parameter `end` must be after `start`, 2016-03-05, not 'now'."),
        (
            {"start": "2014-01-01", "end": "2015-01-03"},
            "The parameter `end` must be at most 366 days after `start`, 2014-01-01, not '2015-01-03'.",
        ),
        ({"end": "soon"}, "The parameter `end` must be a date, a date-time, or words such as"),
    ],
)
def test_a_range_that_is_empty_or_too_long_is_refused(query: dict[str, str], message: str) -> None:
    with pytest.raises(ParameterError) as error:
        read(by_day, **query)
    assert message in error.value.detail
    assert read(by_day, start="2014-01-01", end="2015-01-02")


def test_the_order_of_the_parameters_does_not_matter() -> None:
    def backwards(
        end: Annotated[date, DAYS.end] = date(2016, 3, 1), start: Annotated[date, DAYS.start] = date(2016, 1, 1)
    ) -> Figure:
        return Figure()

    with pytest.raises(ParameterError, match="`start` must be before `end`, 2016-03-01, not '2016-03-01'"):
        read(backwards, start="2016-03-01")


def test_a_range_that_cannot_be_is_the_authors_error() -> None:
    with pytest.raises(ValueError, match="must divide a day, not be 0:07:00"):
        TimeRange(step=timedelta(minutes=7))
    with pytest.raises(ZoneInfoNotFoundError):
        TimeRange("America/Seattle")

    def draw(start: Annotated[str, DAYS.start] = "today") -> Figure:
        return Figure()

    with pytest.raises(TypeError, match="The type of `start` must be date or datetime"):
        parameters_model(draw)
