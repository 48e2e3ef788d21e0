"""A range of time as two parameters, `start` and `end`: dates, date-times with a zone, or words such as `-30d`."""

import re
from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import MAXYEAR, MINYEAR, UTC, date, datetime, time, timedelta
from typing import Any, Literal

from pydantic import GetCoreSchemaHandler, ValidationInfo
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from plotgate.url.steps import DAY, Steps, utc

# Of the years that Python knows, those that leave room for rounding, zones, and the margins that plots subtract.
FIRST_YEAR, LAST_YEAR = 1000, 9000

_OFFSET = re.compile(r"([+-])([0-9]{1,6})(min|h|d|w|mo|y)")
_PERIOD = re.compile(r"(this|last|next)-(week|month|quarter|year)")
_DAYS = {"yesterday": -1, "today": 0, "tomorrow": 1}
_LENGTHS = {
    "min": timedelta(minutes=1),
    "h": timedelta(hours=1),
    "d": DAY,
    "w": 7 * DAY,
}
_MONTHS = {"month": 1, "quarter": 3, "year": 12}
COMPARED = {"time_year", "time_order", "time_span"}
"""Types of errors that are about which moment is meant: where words mean it, soon another."""

_EXAMPLES = ["2015-06-01", "2015-06-01T12:00:00Z", "-30d", "today", "last-month"]


class RelativeDate(date):
    """The day that `words` mean today; a parameter with this default means them anew in each request."""

    words: str


class RelativeTime(datetime):
    """The moment that `words` mean now; a parameter with this default means them anew in each request."""

    words: str


@dataclass(frozen=True)
class TimeRange:
    """What the parameters `start` and `end` of a plot may be; `end` itself is not part of the range.

        RANGE = TimeRange("America/Los_Angeles", longest=timedelta(days=366))

        def draw(
            start: Annotated[date, RANGE.start] = RANGE.day("-30d"),
            end: Annotated[date, RANGE.end] = RANGE.day("now"),
        ) -> Figure:

    The type of a parameter says what `draw` gets: `date`, or `datetime` in the plot's zone. A URL may say either as
    `2015-06-01`, `2015-06-01T12:00:00Z` (without a zone: in the plot's), or in words:

    - `now`; `yesterday`, `today`, `tomorrow`: the first moment of that day;
    - `last-`, `this-`, `next-` with `week`, `month`, `quarter`, `year`: the first moment of it, weeks from Monday;
    - `-12h`, `+7d`: a number of `min`, `h`, `d`, `w`, `mo` or `y`, counted from the end of the running step, so that
      from `-30d` to `now` are 30 days, of which today is the last.

    Years are 1000 to 9000.

    Args:
        zone: the IANA name of the time zone of days, words, and times without a zone.
        step: `start` is rounded down and `end` up to a multiple of it since local midnight, so that requests within
            one step share one picture; it must divide a day. A parameter of type `date` is rounded to whole days.
        longest: between `start` and `end`; unlimited without. `start` may be as early as that before `end`, rounded
            down to the step. Where both are whole days, by their type or the step, days of the calendar are counted,
            and else elapsed time: the day in which clocks are put back has 25 hours, which `timedelta(hours=25)`
            admits. Of a date and a date-time, and of the range that is so by default, whichever reaches further
            back. A start such as `-1d` or `-24h` that is no longer by its number never begins too early, whatever
            clocks do.

    Raises:
        ValueError: `step` does not divide a day, or `longest` is not positive.
        ZoneInfoNotFoundError: there is no such zone.
    """

    zone: str = "UTC"
    step: timedelta = DAY
    longest: timedelta | None = None

    def __post_init__(self) -> None:
        if not timedelta(0) < self.step <= DAY or DAY % self.step:
            raise ValueError(f"The step of a time range must divide a day, not be {self.step}.")
        if self.longest is not None and self.longest <= timedelta(0):
            raise ValueError(f"The longest of a time range must be positive, not {self.longest}.")
        self.steps.floor(current_time())  # an unknown zone is found here, not in a request

    @property
    def start(self) -> "Bound":
        """Marks the parameter `start`."""
        return Bound(self, "start")

    @property
    def end(self) -> "Bound":
        """Marks the parameter `end`."""
        return Bound(self, "end")

    @property
    def steps(self) -> Steps:
        """What `start` and `end` are rounded to."""
        return Steps(self.zone, self.step)

    def day(self, words: str) -> RelativeDate:
        """The default of a `date` parameter, said in words."""
        moment = self.parse(words, current_time())
        day = RelativeDate(moment.year, moment.month, moment.day)
        day.words = words
        return day

    def time(self, words: str) -> RelativeTime:
        """The default of a `datetime` parameter, said in words."""
        moment = self.parse(words, current_time())
        time = RelativeTime.combine(moment.date(), moment.timetz())
        time.words = words
        return time

    def parse(self, text: str, now: datetime) -> datetime:
        """What `text` means at the moment `now`, in the zone of the range, not rounded.

        Raises:
            ValueError: it means nothing.
            OverflowError: it means no year from 1 to 9999.
        """
        steps, today = self.steps, self.steps.day(now)
        if text == "now":
            return steps.local(now)
        if text in _DAYS:
            return steps.midnight(today + _DAYS[text] * DAY)
        if period := _PERIOD.fullmatch(text):
            return steps.midnight(_first_day(today, {"last": -1, "this": 0, "next": 1}[period[1]], period[2]))
        if offset := _offset(text):
            return self._moved(steps.end(now), int(offset[1] + offset[2]), offset[3])
        # A plus in a query string arrives as a blank.
        moment = datetime.fromisoformat(re.sub(r" (\d\d:?\d\d)$", r"+\1", text) if "T" in text else text)
        return steps.local(moment if moment.tzinfo else moment.replace(tzinfo=steps.tzinfo))

    def expires(self, text: str, now: datetime) -> datetime | None:
        """When `text`, rounded, means another time than it does at the moment `now`; None for dates and date-times."""
        is_relative = text == "now" or text in _DAYS or _PERIOD.fullmatch(text) or _offset(text)
        return self.steps.end(now) if is_relative else None

    def earliest(self, end: datetime, other: "TimeRange", by_default: bool = False) -> datetime:
        """The earliest start for `end`, which is rounded as the range `other` says."""
        try:
            return self._earliest(end, other, by_default)
        except OverflowError:
            return datetime.min.replace(tzinfo=UTC)

    def _earliest(self, end: datetime, other: "TimeRange", by_default: bool) -> datetime:
        longest, steps = self.longest or timedelta.max, self.steps
        days = -(-longest // DAY)
        if self.step == other.step == DAY:
            return steps.midnight(steps.day(end) - timedelta(days=days))
        elapsed = steps.floor(utc(end) - longest)
        if longest % DAY or not (by_default or DAY in (self.step, other.step)):
            return elapsed
        return min(elapsed, steps.floor(self._moved(end, -days, "d")), key=utc)

    def _moved(self, moment: datetime, count: int, unit: str) -> datetime:
        match unit:
            case "min" | "h":
                elapsed = timedelta(minutes=count) if unit == "min" else timedelta(hours=count)
                return self.steps.local(utc(moment) + elapsed)
            case "d" | "w":
                return self.steps.local(moment + timedelta(days=count * (7 if unit == "w" else 1)))
            case _:
                return self.steps.local(_add_months(moment, count * (12 if unit == "y" else 1)))


@dataclass(frozen=True)
class Bound:
    """One end of a `TimeRange`, as a type of Pydantic's."""

    range: TimeRange
    side: Literal["start", "end"]

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        if source not in (date, datetime):
            raise TypeError(f"The type of `{self.side}` must be date or datetime, not {source!r}.")
        ranges = {date: replace(self.range, step=DAY), datetime: self.range}
        bound = replace(self, range=ranges[source])

        def check(value: object, info: ValidationInfo) -> date:
            asked = info.context or {}
            moment = bound._rounded(value, asked.get("now") or current_time())
            other = (info.data or {}).get("end" if bound.side == "start" else "start")  # no data outside a model
            if other is not None:  # it was given, and is valid
                other_range = ranges[datetime if isinstance(other, datetime) else date]
                bound._check_range(
                    moment, other, other_range, {"start", "end"}.isdisjoint(asked.get("given", ["start"]))
                )
            return moment if source is datetime else moment.date()

        schema = core_schema.str_schema(metadata={"pydantic_js_updates": {"examples": _EXAMPLES}})
        spelling = core_schema.plain_serializer_function_ser_schema(_canonical, when_used="json")
        return core_schema.with_info_plain_validator_function(
            check, json_schema_input_schema=schema, serialization=spelling
        )

    def expires(self, value: object, now: datetime) -> datetime | None:
        """When `value`, of a URL or a default, means another time than at the moment `now`; None: never."""
        return self.range.expires(_text(value), now)

    def _rounded(self, value: object, now: datetime) -> datetime:
        text = _text(value)
        try:
            moment = self.range.parse(text, now)
            if self.side == "start":
                moment = self.range.steps.floor(moment)
                if self._is_short(text):
                    end = self.range.steps.end(now)
                    moment = max(moment, self.range.earliest(end, self.range), key=utc)
            else:
                # `now` is the end of the running step also in the moment in which that begins.
                moment = self.range.steps.end(moment) if text == "now" else self.range.steps.ceiling(moment)
            if not FIRST_YEAR <= moment.year <= LAST_YEAR:
                raise OverflowError
        except OverflowError:
            years = {"first": FIRST_YEAR, "last": LAST_YEAR}
            raise PydanticCustomError("time_year", "Input should be in the years {first} to {last}", years) from None
        except ValueError:
            rule = "Input should be a date, a date-time, or words such as -30d, -12h, today or last-month"
            raise PydanticCustomError("time", rule) from None
        return moment

    def _is_short(self, text: str) -> bool:
        """Whether `text` counts back no more hours, days or weeks than the range may have, clocks aside."""
        offset, longest = _offset(text), self.range.longest
        if not offset or offset[1] != "-" or offset[3] not in _LENGTHS or longest is None:
            return False
        return int(offset[2]) <= longest // _LENGTHS[offset[3]]

    def _check_range(self, moment: datetime, value: date, range_: TimeRange, by_default: bool) -> None:
        """Compare with `value`, the other end of the range, which was rounded as `range_` says.

        A range that is so by default may be as long as the calendar's days are: it has to hold in each season.
        """
        other = value if isinstance(value, datetime) else range_.steps.midnight(value)
        ends = (moment, self.range), (other, range_)
        (start, start_range), (end, end_range) = ends if self.side == "start" else ends[::-1]
        bound = {"side": "before `end`" if self.side == "start" else "after `start`", "other": _shown(other)}
        if utc(start) >= utc(end):
            raise PydanticCustomError("time_order", "Input should be {side}, {other}", bound)
        longest = self.range.longest
        if longest is not None and utc(start) < utc(start_range.earliest(end, end_range, by_default)):
            bound["longest"] = _duration(longest, DAY in (start_range.step, end_range.step))
            raise PydanticCustomError("time_span", "Input should be at most {longest} {side}, {other}", bound)


def current_time() -> datetime:
    """Now, in UTC."""
    return datetime.now(UTC)


def _offset(text: str) -> re.Match[str] | None:
    return _OFFSET.fullmatch(text.replace(" ", "+"))  # a plus in a query string arrives as a blank


def _first_day(day: date, count: int, unit: str) -> date:
    """The first day of the week, month, quarter or year that is `count` of them after that of `day`."""
    if unit == "week":
        return day + timedelta(days=7 * count - day.weekday())
    length = _MONTHS[unit]
    return _add_months(day.replace(day=1), count * length - (day.month - 1) % length)


def _add_months[T: date](day: T, count: int) -> T:
    """The same day `count` months later, or the last one of a shorter month."""
    years, month = divmod(day.month - 1 + count, 12)
    year, month = day.year + years, month + 1
    if not MINYEAR <= year <= MAXYEAR:
        raise OverflowError(f"There is no year {year}.")
    return day.replace(year=year, month=month, day=min(day.day, monthrange(year, month)[1]))


def _text(value: object) -> str:
    """`value` as a URL says it; of a default that was said in words, the words."""
    value = getattr(value, "words", value)
    return value.isoformat() if isinstance(value, date) else str(value)


def _canonical(value: object) -> str:
    """The one spelling of a checked value, which means the same when it is read again.

    Times are in UTC: an offset of local mean time has seconds, and of a plus a query makes a blank.
    """
    return utc(value).isoformat().replace("+00:00", "Z") if isinstance(value, datetime) else str(value)


def _shown(moment: datetime) -> str:
    return str(moment.date()) if moment.time() == time() else moment.isoformat()


def _duration(span: timedelta, is_days: bool) -> str:
    """`span` in words; days of the calendar where `is_days`, and else such of 24 hours."""
    if span % DAY or (span == DAY and not is_days):
        return f"{span.total_seconds() / 3600:g} hours"
    return f"{span.days} day{'' if span == DAY else 's'}{'' if is_days else ' of 24 hours'}"
