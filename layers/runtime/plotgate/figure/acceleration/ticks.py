"""The ticks of an axis: how they are made, moved and drawn."""

from collections.abc import Callable, Sequence
from contextvars import ContextVar
from operator import attrgetter
from typing import Any

unseen: ContextVar[bool] = ContextVar("unseen", default=False)
"""Whether nobody sees what is drawn."""


def with_unseen_left_out(draw: Callable[[Any, Any], None]) -> Callable[[Any, Any], None]:
    """Draw a tick if it is seen: where things are is known before it is drawn."""

    def draw_seen(tick: Any, renderer: Any) -> None:
        if not unseen.get():
            draw(tick, renderer)

    return draw_seen


def with_like_ticks_copied(get_ticks: Callable[..., list[Any]]) -> Callable[..., list[Any]]:
    """Make one tick of those that an axis lacks, and the others as copies of it: all of them are alike."""
    is_major = get_ticks.__name__ == "get_major_ticks"

    def get(axis: Any, numticks: int | None = None) -> list[Any]:
        if numticks is None:
            numticks = len(axis.get_majorticklocs() if is_major else axis.get_minorticklocs())
        ticks = axis.majorTicks if is_major else axis.minorTicks
        if numticks - len(ticks) > 1:
            get_ticks(axis, len(ticks) + 1)
            made = ticks[-1]
            if is_plain(made):
                ticks += [copied(made) for _ in range(numticks - len(ticks))]
        return get_ticks(axis, numticks)

    return get


def is_plain(tick: Any) -> bool:
    """Whether a tick is matplotlib's own, and nothing of it is of its own but what `copied` knows."""
    from matplotlib.axis import XTick, YTick
    from matplotlib.lines import Line2D
    from matplotlib.text import Text

    lines, labels = _lines(tick), (tick.label1, tick.label2)
    return (
        type(tick) in (XTick, YTick)
        and all(type(line) is Line2D for line in lines)
        and all(type(label) is Text and label.get_bbox_patch() is None for label in labels)
        and all(one._sticky_edges is None and one._remove_method is None for one in (tick, *lines, *labels))
    )


def copied(tick: Any) -> Any:
    """A copy of a tick that `is_plain`, with lines and labels of its own."""
    copy = _with_own_callbacks(tick)
    for name in ("tick1line", "tick2line", "gridline"):
        setattr(copy, name, _with_own_callbacks(getattr(tick, name)))
    for name in ("label1", "label2"):
        label = _with_own_callbacks(getattr(tick, name))
        label._fontproperties = label._fontproperties.copy()
        setattr(copy, name, label)
    return copy


def _with_own_callbacks(artist: Any) -> Any:
    """A copy of an artist to which nothing listens."""
    from matplotlib.cbook import CallbackRegistry

    copy = artist.__class__.__new__(artist.__class__)
    copy.__dict__.update(artist.__dict__, _callbacks=CallbackRegistry(signals=["pchanged"]))
    return copy


def with_moved_alone(update_position: Callable[[Any, Any], None]) -> Callable[[Any, Any], None]:
    """Leave a tick, and its lines and labels, where they are if they are there."""
    along = "x" if update_position.__qualname__.startswith("XTick") else "y"
    lines, labels = ("tick1line", "tick2line", "gridline"), ("label1", "label2")
    where = attrgetter(*(f"{line}._{along}orig" for line in lines), *(f"{label}._{along}" for label in labels), "_loc")

    def move(tick: Any, loc: Any) -> None:
        at, data = where(tick), (loc,)
        is_data = all(type(one) is tuple for one in at[:3])  # an author's may be arrays
        if not (is_data and type(at[5]) is type(loc) and at == (data, data, data, loc, loc, loc)):
            update_position(tick, loc)

    return move


def with_numbers_compared(update_ticks: Callable[[Any], list[Any]]) -> Callable[[Any], list[Any]]:
    """See whether a tick is within the limits of a linear axis without a transformation that changes no number."""
    from matplotlib.ticker import NullLocator
    from matplotlib.transforms import IdentityTransform

    def update(axis: Any) -> list[Any]:
        if axis.axes.name == "3d" or type(axis.get_transform()) is not IdentityTransform:
            return update_ticks(axis)
        ticks = []
        if axis._tick_group_visible(axis._major_tick_kw) and not isinstance(axis.get_major_locator(), NullLocator):
            places = axis.get_majorticklocs()
            ticks += _moved(axis.get_major_ticks, places, axis.major.formatter.format_ticks(places))
        if axis._tick_group_visible(axis._minor_tick_kw) and not isinstance(axis.get_minor_locator(), NullLocator):
            places = axis.get_minorticklocs()
            ticks += _moved(axis.get_minor_ticks, places, axis.minor.formatter.format_ticks(places))
        if not ticks:
            return []
        low, high = sorted(axis.get_view_interval())
        slack = (high - low) * 1e-10
        return [tick for tick in ticks if low - slack <= tick.get_loc() <= high + slack]

    return update


def _moved(get_ticks: Callable[[int], list[Any]], places: Any, texts: Sequence[Any]) -> list[Any]:
    ticks = get_ticks(len(places))
    for tick, place, text in zip(ticks, places, texts, strict=False):
        tick.update_position(place)
        tick.label1.set_text(text)
        tick.label2.set_text(text)
    return ticks


def parts(tick: Any) -> tuple[Any, ...]:
    """The lines and labels of a tick."""
    return *_lines(tick), tick.label1, tick.label2


def _lines(tick: Any) -> tuple[Any, Any, Any]:
    return tick.tick1line, tick.tick2line, tick.gridline
