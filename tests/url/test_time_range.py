"""Ranges of time in a URL."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Annotated, Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from matplotlib.figure import Figure
from pydantic import BaseModel, Field, TypeAdapter, ValidationError

from plotgate import CommaSeparated, TimeRange
from plotgate.errors import ParameterError
from plotgate.url import signature, time_range
from plotgate.url.plot import Plot
from plotgate.url.request import read_request
from plotgate.url.signature import parameters_model, query_model, read_parameters
from plotgate.url.steps import Steps
from plotgate.url.time_range import Bound

SEATTLE = ZoneInfo("America/Los_Angeles")
DAYS = TimeRange("America/Los_Angeles", longest=timedelta(days=366))
HOURS = TimeRange("America/Los_Angeles", step=timedelta(hours=1))
DAY_OF_HOURS = replace(HOURS, longest=timedelta(hours=24))
QUARTERS = TimeRange("America/Los_Angeles", step=timedelta(hours=6))


# Wednesday, 2 March 2016, 21:20 in Seattle, and Thursday in UTC.
NOW = datetime(2016, 3, 3, 5, 20, tzinfo=UTC)


def by_day(
    start: Annotated[date, DAYS.start] = date(2016, 1, 1), end: Annotated[date, DAYS.end] = DAYS.day("now")
) -> Figure:
    return Figure()


def by_hour(
    start: Annotated[datetime, HOURS.start] = HOURS.time("-12h"),
    end: Annotated[datetime, HOURS.end] = HOURS.time("now"),
) -> Figure:
    return Figure()


def by_hour_at_most_a_day(
    start: Annotated[datetime, DAY_OF_HOURS.start] = DAY_OF_HOURS.time("-24h"),
    end: Annotated[datetime, DAY_OF_HOURS.end] = DAY_OF_HOURS.time("now"),
) -> Figure:
    return Figure()


def by_quarter(
    start: Annotated[datetime, QUARTERS.start] = datetime(1999, 1, 1),
    end: Annotated[datetime, QUARTERS.end] = datetime(2099, 1, 1),
) -> Figure:
    return Figure()


def read(draw: Any, now: datetime = NOW, /, **query: str) -> dict[str, Any]:
    return read_parameters(parameters_model(draw), {}, query.items(), now)


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


def test_a_default_in_words_means_another_day_on_another_day() -> None:
    assert read(by_day)["end"] == date(2016, 3, 3)
    assert read(by_day, datetime(2016, 3, 4, 8, tzinfo=UTC))["end"] == date(2016, 3, 5)


def test_a_request_has_one_now(monkeypatch: pytest.MonkeyPatch) -> None:
    """Midnight must not fall between `start` and `end`."""
    midnight, moment = datetime(2016, 3, 2, 8, tzinfo=UTC), timedelta(microseconds=1)
    clock = iter([midnight - moment, midnight + moment, midnight + 2 * moment])

    def current_time() -> datetime:
        return next(clock)

    for module in (time_range, signature):
        monkeypatch.setattr(module, "current_time", current_time)
    found = read_parameters(parameters_model(by_day), {}, {"start": "-30d"}.items())
    assert found["end"] - found["start"] == timedelta(days=30)


def test_a_bound_by_itself_asks_for_the_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(time_range, "current_time", lambda: NOW)
    assert dict(parameters_model(by_day)())["end"] == date(2016, 3, 3)


def test_a_default_is_described_as_it_was_said() -> None:
    described = parameters_model(by_day).model_json_schema()["properties"]
    assert (described["start"]["default"], described["end"]["default"]) == ("2016-01-01", "now")
    assert "-30d" in described["start"]["examples"]


def test_draw_gets_plain_dates_when_it_is_called_without_a_url(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(time_range, "current_time", lambda: NOW)
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


def test_requests_within_one_step_share_one_range() -> None:
    found = read(by_hour, datetime(2016, 3, 3, 5, tzinfo=UTC), start="-3h")
    assert read(by_hour, datetime(2016, 3, 3, 5, 59, 59, 999999, tzinfo=UTC), start="-3h") == found
    assert read(by_hour, datetime(2016, 3, 3, 6, tzinfo=UTC), start="-3h") != found


@pytest.mark.parametrize("text", ["now", "today", "last-month", "-30d", "+7d", " 7d", HOURS.time("-2h")])
def test_words_expire_with_the_running_step(text: str) -> None:
    assert HOURS.end.expires(text, NOW) == datetime(2016, 3, 2, 22, tzinfo=SEATTLE)
    assert HOURS.end.expires(text, datetime(2016, 3, 3, 6, tzinfo=UTC)) == datetime(2016, 3, 2, 23, tzinfo=SEATTLE)
    assert DAYS.start.expires(text, NOW) == datetime(2016, 3, 3, tzinfo=SEATTLE)


@pytest.mark.parametrize("value", ["2016-02-29", "2016-02-29T00:30:00 01:00", date(2016, 2, 29)])
def test_dates_do_not_expire(value: object) -> None:
    assert HOURS.end.expires(value, NOW) is None


def test_bounds_are_found_in_the_parameters_of_a_url() -> None:
    def described(
        start: Annotated[date, DAYS.start, Field(description="First day")] = DAYS.day("-30d"),
        end: Annotated[date, DAYS.end, Field(description="Day after the last")] = date(2016, 1, 1),
    ) -> Figure:
        return Figure()

    own = parameters_model(described)
    for model in (own, query_model(own)):
        bounds = {
            name: [mark for mark in field.metadata if isinstance(mark, Bound)]
            for name, field in model.model_fields.items()
            if name in own.model_fields
        }
        assert bounds == {"start": [DAYS.start], "end": [DAYS.end]}


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
        *("1456790400", "'; drop table weather; --", "2016-01-01;", "²016-01-01", "-٣d", "nan", "-1e3d", "\x00"),
        *("2016-01-01\n", "-" * 8000),
    ],
)
def test_what_means_no_time_is_refused(text: str) -> None:
    for draw in (by_day, by_hour):
        with pytest.raises(ParameterError, match="The parameter `start` must be a date, a date-time, or words such as"):
            read(draw, start=text)


@pytest.mark.parametrize("name", ["start", "end"])
@pytest.mark.parametrize(
    "text",
    [
        *("0001-01-01", "0999-12-31", "9001-01-01", "9999-01-01", "9999-12-31", "9999-W52-5", "0001-W01-1"),
        *("0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-12:00"),
        *("-999999y", "+999999y", "-1017y", "+6985y", "-99999mo", "-999999d", "+999999w"),
    ],
)
def test_years_that_leave_no_room_are_refused(name: str, text: str) -> None:
    for draw in (by_day, by_hour):
        with pytest.raises(ParameterError) as error:
            read(draw, **{name: text})
        assert error.value.detail == f"The parameter `{name}` must be in the years 1000 to 9000, not {text!r}."


def test_first_and_last_year_are_read() -> None:
    found = read(by_hour, start="1000-01-01", end="9000-12-31T23:00")
    assert (found["start"], found["end"]) == (
        datetime(1000, 1, 1, tzinfo=SEATTLE),
        datetime(9000, 12, 31, 23, tzinfo=SEATTLE),
    )


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


@pytest.mark.parametrize("day", [datetime(2016, 3, 13), datetime(2016, 11, 6), datetime(2016, 7, 1)])
@pytest.mark.parametrize("start", ["-24h", "-1d"])
def test_a_default_is_not_too_long_when_clocks_change(day: datetime, start: str) -> None:
    for hour in range(48):
        now = day.replace(tzinfo=SEATTLE).astimezone(UTC) + timedelta(hours=hour, minutes=20)
        found = read(by_hour_at_most_a_day, now, start=start)
        assert timedelta(hours=23) <= found["end"].astimezone(UTC) - found["start"].astimezone(UTC) <= timedelta(days=1)


@pytest.mark.parametrize(
    ("words", "days"),
    [(("yesterday", "today"), 1), (("last-month", "this-month"), 31), (("last-week", "this-week"), 7)],
)
def test_a_whole_day_week_or_month_by_default_is_not_too_long_in_any_season(words: tuple[str, str], days: int) -> None:
    range_ = replace(HOURS, longest=timedelta(days=days))
    draw = plot_of(range_, datetime, *words)
    for day in range(366):
        now = datetime(2016, 1, 1, 20, tzinfo=UTC) + timedelta(days=day)
        assert read(draw, now)["start"].hour == 0
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(time_range, "current_time", lambda now=now: now)
            assert Plot(draw)  # as it is imported then
    with pytest.raises(TypeError, match="must be at most 24 hours after"):
        Plot(plot_of(DAY_OF_HOURS, datetime, "-49h", "now"))


@pytest.mark.parametrize("day", [datetime(2016, 3, 13), datetime(2016, 11, 6), datetime(2016, 7, 1)])
def test_a_day_of_hours_is_24_of_them_whatever_clocks_do(day: datetime) -> None:
    start = day.replace(tzinfo=SEATTLE).astimezone(UTC)
    for hour in range(-24, 24):
        begin = start + timedelta(hours=hour)
        query = {"start": begin.isoformat(), "end": (begin + timedelta(hours=24)).isoformat()}
        assert read(by_hour_at_most_a_day, **query)
        query["end"] = (begin + timedelta(hours=25)).isoformat()
        with pytest.raises(ParameterError, match="must be at most 24 hours after `start`, "):
            read(by_hour_at_most_a_day, **query)


@pytest.mark.parametrize("day", [date(2016, 3, 13), date(2016, 11, 6), date(2016, 7, 1)])
@pytest.mark.parametrize("kind", [date, datetime])
def test_days_are_those_of_the_calendar_whatever_clocks_do(day: date, kind: type[date]) -> None:
    draw = plot_of(replace(DAYS, longest=timedelta(days=1)), kind)
    for ago in range(-3, 4):
        start = day - timedelta(days=ago)
        assert read(draw, start=str(start), end=str(start + timedelta(days=1)))
        with pytest.raises(ParameterError, match="must be at most 1 day after `start`, "):
            read(draw, start=str(start), end=str(start + timedelta(days=2)))


@pytest.mark.parametrize("day", [date(2016, 3, 13), date(2016, 11, 6), date(2016, 7, 1)])
@pytest.mark.parametrize(("first", "last"), [(date, datetime), (datetime, date)])
def test_a_date_and_a_time_may_be_a_day_apart_whatever_clocks_do(
    day: date, first: type[date], last: type[date]
) -> None:
    def draw(start: Any, end: Any) -> Figure:
        raise NotImplementedError

    draw.__annotations__ = {
        "start": Annotated[first, DAY_OF_HOURS.start],
        "end": Annotated[last, DAY_OF_HOURS.end],
        "return": Figure,
    }
    for ago in range(-3, 4):
        start = datetime.combine(day - timedelta(days=ago), time(), SEATTLE)
        hours = [start + timedelta(days=1)] if last is date else [start + timedelta(hours=n) for n in range(1, 48)]
        for end in hours:
            # The start is rounded down to its day.
            moments = end.astimezone(UTC) - timedelta(hours=24), end - timedelta(days=1)
            reaches = any(moment.astimezone(SEATTLE).date() <= start.date() for moment in moments)
            query = {"start": start.isoformat(), "end": end.isoformat()}
            if reaches:
                assert read(draw, **query)
                continue
            with pytest.raises(ParameterError, match="must be at most 1 day after `start`, "):
                read(draw, **query)


def test_a_range_that_reaches_before_the_first_year_is_not_too_long() -> None:
    ages = replace(HOURS, longest=timedelta(days=1_000_000))
    for kind in (date, datetime):
        assert read(plot_of(ages, kind), start="1000-01-01", end="1001-01-01")


@pytest.mark.parametrize(
    ("start", "end", "good"),
    [
        # In Seattle's autumn night of 2016, from 0:00 to 11:00 are 12 hours; in its spring night, from 0:00 to 13:00.
        ("2016-11-06", "2016-11-06T11:00", True),
        ("2016-11-06", "2016-11-06T12:00", False),
        ("2016-03-13", "2016-03-13T13:00", True),
        ("2016-03-13", "2016-03-13T14:00", False),
    ],
)
def test_hours_are_elapsed_time(start: str, end: str, good: bool) -> None:
    half = replace(HOURS, longest=timedelta(hours=12))

    def draw(start: Annotated[datetime, half.start], end: Annotated[datetime, half.end]) -> Figure:
        return Figure()

    if good:
        assert read(draw, start=start, end=end)
    else:
        with pytest.raises(ParameterError, match="must be at most 12 hours after `start`, "):
            read(draw, start=start, end=end)


def test_days_are_whole_whatever_the_step() -> None:
    def draw(
        start: Annotated[date, HOURS.start] = HOURS.day("-12h"), end: Annotated[date, HOURS.end] = HOURS.day("now")
    ) -> Figure:
        return Figure()

    assert read(draw) == {"start": date(2016, 3, 2), "end": date(2016, 3, 3)}
    found = read(draw, start="2016-03-01T06:00", end="2016-03-01T18:00")
    assert found == {"start": date(2016, 3, 1), "end": date(2016, 3, 2)}
    with pytest.raises(ParameterError, match="`end` must be after `start`, 2016-03-01, not '2016-03-01'"):
        read(draw, start="2016-03-01", end="2016-03-01")


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
    with pytest.raises(ValueError, match="must be positive, not 0:00:00"):
        TimeRange(longest=timedelta(0))
    with pytest.raises(ZoneInfoNotFoundError):
        TimeRange("America/Seattle")

    def draw(start: Annotated[str, DAYS.start] = "today") -> Figure:
        return Figure()

    with pytest.raises(TypeError, match="The type of `start` must be date or datetime"):
        parameters_model(draw)


def spelt(draw: Any, values: dict[str, Any]) -> dict[str, str]:
    """The canonical spelling of read values."""
    model: type[BaseModel] = parameters_model(draw)
    canonical: dict[str, str] = model.model_construct(**values).model_dump(mode="json")
    return canonical


def test_canonical_times_are_utc() -> None:
    found = read(by_hour, start="1880-01-01", end="2016-03-01T10:00")
    assert found["start"].utcoffset() == -timedelta(hours=7, minutes=52, seconds=58)
    assert spelt(by_hour, found) == {"start": "1880-01-01T07:52:58Z", "end": "2016-03-01T18:00:00Z"}
    assert read(by_hour, **spelt(by_hour, found)) == found
    assert spelt(by_day, read(by_day, start="2016-02-29")) == {"start": "2016-02-29", "end": "2016-03-03"}


# Days around which clocks were changed: by an hour, by half of one, over midnight, by a day, from local mean time.
CHANGES = {
    "UTC": ["2016-03-13"],
    "America/Los_Angeles": ["2016-03-13", "2016-11-06", "1883-11-18"],
    "Australia/Lord_Howe": ["2016-04-03", "2016-10-02"],
    "Africa/Casablanca": ["2016-06-05", "2016-07-10", "2026-02-15", "2026-03-22"],
    "America/Sao_Paulo": ["2016-10-16", "2017-02-19", "1914-01-01"],  # at midnight
    "America/St_Johns": ["2006-04-02", "2006-10-29"],  # a minute after midnight
    "America/Toronto": ["1919-03-31", "1919-10-26"],  # half an hour before it
    "Africa/Monrovia": ["1972-01-07"],  # by 44 minutes and a half
    "Pacific/Apia": ["2011-12-30", "1892-07-05"],  # a day without, and one twice
    "America/Juneau": ["1867-10-18"],  # a day twice
    "Asia/Manila": ["1844-12-31"],  # a day without
}
STEPS = [timedelta(**{unit: count}) for unit, count in [("seconds", 1), ("minutes", 10), ("minutes", 30), ("hours", 1)]]
STEPS += [timedelta(hours=count) for count in (6, 8, 12, 24)]
LONGEST = [None, *(timedelta(hours=hours) for hours in (1, 12, 24, 36, 48, 24 * 31, 24 * 366))]
PROPERTY = settings(derandomize=True, deadline=None, max_examples=300)


def ranges() -> st.SearchStrategy[TimeRange]:
    return st.builds(TimeRange, st.sampled_from(list(CHANGES)), st.sampled_from(STEPS), st.sampled_from(LONGEST))


@st.composite
def moments(draw: st.DrawFn, zone: str) -> datetime:
    """Most of them within two days of a change of clocks, and on a round minute."""
    if draw(st.integers(0, 5)) == 0:
        return draw(st.datetimes(datetime(1001, 1, 1), datetime(8999, 12, 31))).replace(tzinfo=UTC)
    day = datetime.fromisoformat(draw(st.sampled_from(CHANGES[zone]))).replace(tzinfo=ZoneInfo(zone))
    round_ = draw(st.sampled_from([timedelta(minutes=30), timedelta(minutes=1), timedelta(microseconds=1)]))
    hours = timedelta(hours=48)
    return day.astimezone(UTC) + draw(st.integers(-hours // round_, hours // round_)) * round_


@st.composite
def texts(draw: st.DrawFn, zone: str) -> str:
    moment = draw(moments(zone))
    local = moment.astimezone(ZoneInfo(zone))
    signs, units = st.sampled_from("+- "), st.sampled_from(["min", "h", "d", "w", "mo", "y"])
    text: str = draw(
        st.one_of(
            *map(st.just, (f"{local:%Y-%m-%d}", moment.isoformat(), local.isoformat(), f"{local:%Y-%m-%dT%H:%M:%S}")),
            st.sampled_from(["now", "yesterday", "today", "tomorrow"]),
            st.builds("{}-{}".format, *map(st.sampled_from, (["last", "this", "next"], [*["week", "month", "year"]]))),
            st.builds("{}{}{}".format, signs, st.integers(0, 400), units),
            st.builds("{}{}{}".format, signs, st.integers(0, 999_999), units),
            st.sampled_from(["1000-01-01", "0999-12-31T23:59", "9000-12-31T23:59:59", "9001-01-01", "0001-01-01"]),
            st.sampled_from(["9999-12-31T23:59:59-23:59", "0001-01-01T00:00:00+23:59", "9999-W52-5"]),
            st.text(max_size=30),
        )
    )
    return text


def plot_of(range_: TimeRange, kind: type[date], start: Any = "1900-01-01", end: Any = "2100-01-01") -> Any:
    def draw(start: Any = start, end: Any = end) -> Figure:
        return Figure()

    draw.__annotations__ = {"start": Annotated[kind, range_.start], "end": Annotated[kind, range_.end]}
    return draw


@PROPERTY
@given(st.data(), ranges(), st.sampled_from([date, datetime]))
def test_what_is_read_is_a_range_that_reads_back(data: st.DataObject, range_: TimeRange, kind: type[date]) -> None:
    draw, now = plot_of(range_, kind), data.draw(moments(range_.zone))
    query = data.draw(st.fixed_dictionaries({}, optional=dict.fromkeys(("start", "end"), texts(range_.zone))))
    try:
        found = read(draw, now, **query)
    except ParameterError as error:
        assert re.search("must be (a date|in the years|before|after|at most)", error.detail)
        return
    steps = Steps(range_.zone, range_.step if kind is datetime else timedelta(days=1))
    start, end = (value if kind is datetime else steps.midnight(value) for value in (found["start"], found["end"]))
    assert start.astimezone(UTC) < end.astimezone(UTC)
    assert found["start"] < found["end"] or kind is datetime
    for moment in (start, end):
        assert 1000 <= moment.year <= 9000
        for rounded in (steps.floor(moment), steps.ceiling(moment)):
            assert rounded.astimezone(UTC) == moment.astimezone(UTC)
    years_later = now + timedelta(days=1000)
    again = read(draw, years_later, **spelt(draw, found))
    assert spelt(draw, again) == spelt(draw, found)
    assert [type(value) for value in again.values()] == [kind, kind]


@PROPERTY
@given(st.data(), ranges(), st.sampled_from(["start", "end"]))
def test_what_is_read_holds_until_it_expires(data: st.DataObject, range_: TimeRange, side: str) -> None:
    now, text = data.draw(moments(range_.zone)), data.draw(texts(range_.zone))
    bound = getattr(range_, side)
    for kind in (date, datetime):
        adapter: TypeAdapter[date] = TypeAdapter(Annotated[kind, bound])

        def meaning(now: datetime, adapter: TypeAdapter[date] = adapter) -> str:
            return str(adapter.dump_json(adapter.validate_python(text, context={"now": now})))

        try:
            found = meaning(now)
        except ValidationError:
            continue
        expires = bound.expires(text, now)
        if expires is None:
            assert meaning(now + data.draw(st.timedeltas(timedelta(0), timedelta(days=3)))) == found
        else:
            left = expires.astimezone(UTC) - now
            assert timedelta(0) < left <= timedelta(days=2)
            assert meaning(now + left - timedelta(microseconds=1)) == found
            assert meaning(now + left * data.draw(st.floats(0, 0.999))) == found


@PROPERTY
@given(st.data(), ranges().filter(lambda found: found.longest is not None))
def test_default_as_long_as_is_allowed_is_never_refused(data: st.DataObject, range_: TimeRange) -> None:
    """In spring and autumn alike; where a day was left out, `-1d` of the day before it is no range."""
    now = data.draw(moments(range_.zone).filter(lambda now: range_.zone not in ("Pacific/Apia", "Asia/Manila")))
    assert range_.longest is not None
    hours = range_.longest // timedelta(hours=1)
    spellings = [f"-{hours}h", *([f"-{hours // 24}d"] if hours % 24 == 0 else [])]
    for kind in (date, datetime):
        assert read(plot_of(range_, kind, data.draw(st.sampled_from(spellings)), "now"), now)


type Moment = Annotated[datetime, HOURS.start]


@pytest.mark.parametrize("kind", [Annotated[datetime, HOURS.start] | None, Moment, Moment | None])
def test_words_are_found_wherever_a_type_says_that_it_is_one_end(kind: Any) -> None:
    def draw(start: Any = "2016-01-01") -> Figure:
        return Figure()

    draw.__annotations__ = {"start": kind}
    plot = Plot(draw)
    request = read_request(plot, "/plots/some/plot", {}, [("start", "-2h")], NOW)
    assert request.expires == HOURS.start.expires("-2h", NOW)
    assert request.url_in_words == "/plots/some/plot?start=-2h"
    assert read_request(plot, "/plots/some/plot", {}, [], NOW).expires is None


def test_a_list_of_moments_is_refused_when_the_plot_is_declared() -> None:
    def draw(starts: Any = []) -> Figure:  # noqa: B006
        return Figure()

    draw.__annotations__ = {"starts": Annotated[list[Annotated[datetime, HOURS.start]], CommaSeparated]}
    with pytest.raises(TypeError, match="`starts` of `draw` must be one end of a time range, not hold it"):
        parameters_model(draw)
