"""The places of ticks and the words at them: found once for each range of numbers."""

from collections.abc import Callable, Hashable
from struct import pack
from typing import Any

from plotgate.figure.acceleration.axes_measured import is_plain

MOST_RANGES = 512  # of axes: a picture of many panels has a few dozen


class _Kept(dict[Hashable, Any]):
    """What was found last, within bounds."""

    def __setitem__(self, key: Hashable, value: Any) -> None:
        if len(self) >= MOST_RANGES:
            self.clear()
        super().__setitem__(key, value)


def with_room_known(get_tick_space: Callable[[Any], int]) -> Callable[[Any], int]:
    """How many ticks have room beside a side of axes: it follows from the side's length and the size of the labels."""
    from matplotlib.transforms import BboxTransformTo

    kept = _Kept()

    def room(axis: Any) -> int:
        place = axis.axes.transAxes
        if type(place) is not BboxTransformTo or not is_plain(axis):
            return get_tick_space(axis)
        inches = axis.get_figure(root=False).dpi_scale_trans.get_matrix().tobytes()
        key = (place.get_matrix().tobytes(), inches, axis._get_tick_label_size(axis.axis_name))
        if key not in kept:
            kept[key] = get_tick_space(axis)
        found: int = kept[key]
        return found

    return room


def with_places_kept(raw_ticks: Callable[[Any, Any, Any], Any]) -> Callable[[Any, Any, Any], Any]:
    """Look for round numbers in a range once."""
    from matplotlib import rcParams
    from matplotlib.ticker import AutoLocator, MaxNLocator

    own = {"axis", *vars(MaxNLocator())}
    kept = _Kept()

    def places(locator: Any, low: Any, high: Any) -> Any:
        if not (
            type(locator) in (AutoLocator, MaxNLocator)
            and vars(locator).keys() <= own
            and is_plain(locator.axis)
            and locator.axis.axes.name != "3d"
            and isinstance(low, float)
            and isinstance(high, float)
        ):
            return raw_ticks(locator, low, high)
        key = (
            (type(low), type(high), pack("dd", low, high)),
            locator.axis.get_tick_space() if locator._nbins == "auto" else locator._nbins,
            locator._nbins == "auto",
            locator._min_n_ticks,
            locator._integer,
            locator._extended_steps.tobytes(),
            rcParams["axes.autolimit_mode"],
        )
        if key not in kept:
            kept[key] = raw_ticks(locator, low, high)
        return kept[key].copy()

    return places


def with_words_kept(format_ticks: Callable[[Any, Any], list[str]]) -> Callable[[Any, Any], list[str]]:
    """Write the numbers of an axis once: how many digits they have follows from them and from the limits."""
    import numpy as np
    from matplotlib import rcParams
    from matplotlib.ticker import ScalarFormatter

    own = {"axis", *vars(ScalarFormatter(useOffset=False, useMathText=False))}
    kept = _Kept()

    def words(formatter: Any, values: Any) -> list[str]:
        kind = type(formatter)
        if not (
            kind is ScalarFormatter
            and vars(formatter).keys() <= own
            and formatter._useOffset is True
            and not formatter._useLocale
            and is_plain(formatter.axis)
            and type(values) is np.ndarray
            and values.dtype == float
            and len(values)
        ):
            return format_ticks(formatter, values)
        key = (
            values.tobytes(),
            np.asarray(formatter.axis.get_view_interval()).tobytes(),
            formatter._offset_threshold,
            formatter._scientific,
            tuple(formatter._powerlimits),
            formatter._useMathText,
            formatter._usetex,
            rcParams["axes.unicode_minus"],
        )
        if key not in kept:
            found = format_ticks(formatter, values)
            kept[key] = tuple(found), formatter.offset, formatter._orderOfMagnitude, formatter._format
            return found
        found, formatter.offset, formatter._orderOfMagnitude, formatter._format = kept[key]
        formatter._locs = values
        return list(found)

    return words
