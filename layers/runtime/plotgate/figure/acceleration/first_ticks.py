"""The first tick of an axis: a copy of one that was made by the same settings, in this picture or another."""

from collections.abc import Callable, Hashable
from typing import Any

from plotgate.figure.acceleration.ticks import copied, is_plain, parts

MOST_TICKS = 64  # ways in which ticks are made: a theme has four


class _Settings:
    """All of matplotlib's settings, as a number that changes with them."""

    def __init__(self) -> None:
        from matplotlib import rcParams

        self._values: Callable[[], Any] = lambda: dict.values(rcParams)
        self._known: list[Any] = []
        self._number = 0

    def number(self) -> int:
        """Another number whenever a setting has changed."""
        # Copies, for an author may change a list in place.
        now = [list(value) if type(value) is list else value for value in self._values()]
        if now != self._known:
            self._number += 1
        self._known = now  # the same objects are soon compared
        return self._number


def with_first_copied(get_tick: Callable[[Any, bool], Any]) -> Callable[[Any, bool], Any]:
    """Make a tick of each kind once, and for other axes copies of it at their places."""
    from matplotlib.axes import Axes
    from matplotlib.axis import XAxis, YAxis

    settings = _Settings()
    made: dict[Hashable, Any] = {}

    def get(axis: Any, major: bool) -> Any:
        if type(axis) not in (XAxis, YAxis) or type(axis.axes) is not Axes:
            return get_tick(axis, major)
        ways = axis._major_tick_kw if major else axis._minor_tick_kw
        key = (
            type(axis),
            bool(major),
            *((name, repr(way), type(way)) for name, way in ways.items()),
            settings.number(),
        )
        if key not in made:
            tick = get_tick(axis, major)
            if not is_plain(tick):
                return tick
            if len(made) >= MOST_TICKS:
                made.clear()
            made[key] = _moved(tick, None)
        return _moved(made[key], axis.axes)

    return get


def _moved(tick: Any, axes: Any) -> Any:
    """A copy of a tick in other axes, or in none: what is kept must keep no figure."""
    copy = copied(tick)
    figure = axes and axes.get_figure(root=False)
    for artist in (copy, *parts(copy)):
        artist._parent_figure = figure
    copy._axes = axes
    if axes is None:
        for artist in parts(copy):
            artist._transform = None
        return copy
    transform = axes.get_xaxis_transform if copy.__name__ == "xtick" else axes.get_yaxis_transform
    copy.tick1line._transform, copy.tick2line._transform = transform("tick1"), transform("tick2")
    copy.gridline._transform = transform("grid")
    copy.label1._transform, _, _ = copy._get_text1_transform()
    copy.label2._transform, _, _ = copy._get_text2_transform()
    return copy
