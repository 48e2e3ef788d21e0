"""What the numbers of an axis mean: quantities, times, or the places of categories."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, tzinfo
from functools import cached_property, partial
from typing import Any, Literal

import numpy as np
from matplotlib import rcParams
from matplotlib.axis import Axis
from matplotlib.category import StrCategoryFormatter, UnitData
from matplotlib.dates import AutoDateFormatter, ConciseDateFormatter, DateConverter, DateFormatter, num2date
from matplotlib.ticker import FixedLocator, LogFormatter, LogitFormatter, NullFormatter, ScalarFormatter
from numpy.typing import NDArray

from plotgate.figure.reading.phrases import is_said, number, plain

Numbers = NDArray[np.float64]
Value = float | str
"""A number, the name of a category, or a time as ISO 8601 has it."""

Times = Callable[[Numbers], list[str]]

Near = Literal["at", "own", "beside", "around"]
"""Which places are a category's: its own alone; or the nearest, if no other number of the column is nearer to it; or
the nearest to which marks of several series stand side by side; or all around it, where points are strewn."""

EXACT = 1e-6  # how far a number may be from a tick that it stands at, as a part of the ticks' distance


@dataclass(frozen=True)
class Scale:
    """An axis: its name, the part of it that is shown, and what its numbers stand for.

    A scale with `times` is one of times, a scale with `names` one of categories, by their places. Of one that is not
    `numeric` the ticks call the numbers otherwise, in degrees, say, instead of radians.
    """

    name: str
    axis: str = ""  # "x axis", "left y axis", …; empty for what is told by colour or size
    view: tuple[float, float] = (-np.inf, np.inf)
    names: dict[float, str] = field(default_factory=dict)
    jitter: bool = False  # whether what stands beside a category's place may be of that category all the same
    times: Times | None = None
    numeric: bool = True
    linear: bool = True  # whether equal steps look equal
    grouped: bool = False  # whether its numbers are but the places at which groups stand, such as boxes

    def amount(self) -> "Scale":
        """The scale of an amount that is no place on this axis, such as a part of a whole."""
        return Scale(self.name, numeric=self.numeric and not self.times and not self.names)

    def names_at(self, numbers: Numbers, near: Near = "at") -> NDArray[np.object_] | None:
        """The categories at these places, or None if one place has none."""
        if not self.names or not numbers.size or not np.isfinite(numbers).all():
            return None
        places, names = np.array(sorted(self.names)), np.array([self.names[at] for at in sorted(self.names)], object)
        middles = (places[:-1] + places[1:]) / 2
        nearest = np.searchsorted(middles, numbers)
        distance = float(np.diff(places).min()) if len(places) > 1 else 1.0
        reach = 0.5 if near == "beside" or (self.jitter and near != "at") else EXACT
        if (np.abs(places[nearest] - numbers) > reach * distance * (1 + EXACT)).any():
            return None
        once = near == "own" or (near == "beside" and not self.jitter)
        if once and len(np.unique(nearest)) < len(np.unique(numbers)):
            return None
        return np.asarray(names[nearest])


@dataclass(frozen=True)
class Column:
    """One variable of a series: its numbers, of any shape, and their scale; NaN is a gap."""

    numbers: NDArray[Any]
    scale: Scale
    near: Near = "at"

    @cached_property
    def names(self) -> NDArray[np.object_] | None:
        """The category of each value, if all have one."""
        found = self.scale.names_at(_once(self.numbers), self.near)
        return None if found is None else np.broadcast_to(found, self.numbers.shape)

    @property
    def is_told(self) -> bool:
        """Whether a sentence may say its values: whether the axis calls them by the same numbers, times or names."""
        return bool(self.scale.times) or self.names is not None or (self.scale.numeric and not self.scale.names)

    def values(self) -> list[Value]:
        """Each value as a table has it."""
        if self.scale.times:
            return list(self.scale.times(self.numbers.ravel()))
        if self.names is not None:
            return list(self.names.ravel())
        return [float(number) for number in self.numbers.ravel()]

    def said(self, index: int) -> str:
        """One value, by its index in the flat column, as a sentence has it.

        Raises:
            UntoldError: the axis calls it otherwise.
        """
        if self.names is not None:
            return str(self.names.flat[index])
        return self.told(self.numbers.flat[index])

    def told(self, value: float) -> str:
        """A value of this scale as a sentence has it, such as a median of the column's.

        Raises:
            UntoldError: the axis calls it otherwise.
        """
        if not self.is_told:
            raise UntoldError
        return self.scale.times(np.atleast_1d(value))[0] if self.scale.times else number(value)

    def span(self) -> tuple[float, float] | None:
        """The least and the greatest number; None if there is none."""
        numbers = _once(self.numbers)
        if not numbers.size:
            return None
        low, high = float(np.fmin.reduce(numbers, axis=None)), float(np.fmax.reduce(numbers, axis=None))
        if np.isfinite([low, high]).all():
            return low, high
        finite = numbers[np.isfinite(numbers)]
        return (float(finite.min()), float(finite.max())) if finite.size else None

    def seen(self) -> NDArray[np.bool_]:
        """Which numbers are inside the shown part of the axis."""
        low, high = self.scale.view
        margin = 1e-9 * (abs(low) + abs(high)) if np.isfinite([low, high]).all() else 0
        numbers = _once(self.numbers)
        return np.asarray((numbers >= low - margin) & (numbers <= high + margin))


class UntoldError(Exception):
    """A sentence cannot be said, for the axis calls its numbers otherwise."""


def read_scale(axis: Axis, which: str, name: str) -> Scale:
    """The scale of one axis.

    Args:
        axis: an x, y or z axis.
        which: how a sentence calls it, such as "x axis".
        name: what is on it.
    """
    low, high = sorted(map(float, axis.get_view_interval()))
    converter, formatter = axis.get_converter(), axis.get_major_formatter()
    if "TimeSeries_Date" in type(axis.get_major_locator()).__name__ + type(formatter).__name__:
        # pandas counts the periods of an index that has a frequency, not matplotlib's days.
        return Scale(name, which, (low, high), times=partial(_periods, getattr(axis, "freq", "D")))
    if isinstance(formatter, AutoDateFormatter | ConciseDateFormatter | DateFormatter) or _dates(converter):
        zone = axis.get_units()  # type: ignore[no-untyped-call]
        return Scale(name, which, (low, high), times=partial(_moments, zone if isinstance(zone, tzinfo) else None))
    if type(formatter).__name__ == "TimeFormatter":
        return Scale(name, which, (low, high), times=_times_of_day)
    units = axis.get_units()  # type: ignore[no-untyped-call]
    if isinstance(units, UnitData) and isinstance(formatter, StrCategoryFormatter):
        # Texts that matplotlib has given places, whatever ticks are there; an author may call them otherwise.
        places = {float(place): plain(text) for text, place in units._mapping.items()}
        return Scale(name, which, (low, high), places, jitter=True)
    names = _tick_names(axis)
    return Scale(
        name,
        which,
        (low, high),
        names,
        jitter=isinstance(units, UnitData),
        numeric=bool(names) or _says_numbers(axis),
        linear=axis.get_scale() == "linear",
    )


def _dates(converter: object) -> bool:
    return isinstance(converter, DateConverter) or type(converter).__name__ == "_SwitchableDateConverter"


def _tick_names(axis: Axis) -> dict[float, str]:
    """What the ticks of an axis are called, by their places; empty where they are called by their numbers."""
    locator = axis.get_major_locator()
    locator = getattr(locator, "base", locator)  # polar axes have theirs inside another
    if not isinstance(locator, FixedLocator):
        return {}
    labels = _labels(axis)
    return {} if _are_said(labels) else labels


def _says_numbers(axis: Axis) -> bool:
    """Whether the ticks of an axis are called by their numbers, or not at all."""
    is_known = isinstance(axis.get_major_formatter(), ScalarFormatter | LogFormatter | LogitFormatter | NullFormatter)
    return is_known or _are_said(_labels(axis))


def _labels(axis: Axis) -> dict[float, str]:
    places = [float(place) for place in axis.get_majorticklocs()]
    texts = [plain(text) for text in axis.get_major_formatter().format_ticks(places)]
    return {place: text for place, text in zip(places, texts, strict=True) if text}


def _are_said(labels: dict[float, str]) -> bool:
    noise = 1e-3 * float(np.ptp(list(labels))) if labels else 0
    return all(is_said(place, text, noise) for place, text in labels.items())


def _moments(zone: tzinfo | None, numbers: Numbers) -> list[str]:
    # matplotlib counts days from an epoch of its own, 1970 unless an author set another.
    if zone is not None and zone.utcoffset(datetime(2000, 1, 1)):
        return ["" if n != n else num2date(n, zone).isoformat() for n in numbers.tolist()]  # type: ignore[no-untyped-call]
    microseconds = np.where(np.isfinite(numbers), np.round(numbers * 86_400e6), np.nan)
    known = np.isfinite(microseconds)
    moments = np.full(numbers.shape, np.datetime64("NaT", "us"))
    moments[known] = np.datetime64(rcParams["date.epoch"], "us") + microseconds[known].astype("timedelta64[us]")
    return _written(moments)


def _periods(frequency: Any, numbers: Numbers) -> list[str]:
    import pandas as pd  # it drew the axis, so it is there

    if str(frequency) in ("B", "<BusinessDay>"):
        days = np.busday_offset(np.datetime64("1970-01-01", "D"), numbers.astype(int), roll="forward")
        return _written(days)
    periods = [str(pd.Period(ordinal=round(n), freq=frequency)) if np.isfinite(n) else "" for n in numbers.tolist()]
    return [period.replace(" ", "T") for period in periods]


def _times_of_day(numbers: Numbers) -> list[str]:
    return [text[11:] for text in _written(np.round(numbers * 1e6).astype("datetime64[us]"), "s")]


def _written(moments: NDArray[Any], unit: str = "auto") -> list[str]:
    if not moments.size:
        return []
    texts = np.datetime_as_string(moments, unit=unit)  # type: ignore[call-overload]
    return ["" if text == "NaT" else str(text) for text in texts]


def _once(numbers: NDArray[Any]) -> NDArray[Any]:
    """An array without what is but repeated, as the places of a grid's columns are in each of its rows."""
    return numbers[tuple(slice(0, 1) if stride == 0 else slice(None) for stride in numbers.strides)]
