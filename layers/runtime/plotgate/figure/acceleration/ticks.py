"""The ticks of an axis: how they are made, moved and drawn."""

from collections.abc import Callable
from contextvars import ContextVar
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
            if _is_plain(made):
                ticks += [_copied(made) for _ in range(numticks - len(ticks))]
        return get_ticks(axis, numticks)

    return get


def _is_plain(tick: Any) -> bool:
    """Whether a tick is matplotlib's own, and nothing of it is of its own but what `_copied` knows."""
    from matplotlib.axis import XTick, YTick
    from matplotlib.lines import Line2D
    from matplotlib.text import Text

    lines, labels = (tick.tick1line, tick.tick2line, tick.gridline), (tick.label1, tick.label2)
    return (
        type(tick) in (XTick, YTick)
        and all(type(line) is Line2D for line in lines)
        and all(type(label) is Text and label.get_bbox_patch() is None for label in labels)
        and all(one._sticky_edges is None and one._remove_method is None for one in (tick, *lines, *labels))
    )


def _copied(tick: Any) -> Any:
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
