"""Axes as layouts measure them: their ticks brought up to date once, and the boxes of their labels as one."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

_Memo = dict[str, Any]
_memos: dict[Any, _Memo] = {}  # of each axis that is being measured or drawn: it stays as it is until that ends


@contextmanager
def still(axes: Iterable[Any]) -> Iterator[None]:
    """Let `axes` know their ticks, which nobody changes meanwhile; size and limits may."""
    own = [axis for one in axes for axis in one._axis_map.values() if axis not in _memos]
    _memos.update((axis, {}) for axis in own)
    try:
        yield
    finally:
        for axis in own:
            del _memos[axis]


def with_memos(measure: Callable[..., Any]) -> Callable[..., Any]:
    """Let axes, or those of an axis, know their ticks while they are measured or drawn."""

    def measured(self: Any, *args: Any, **kwargs: Any) -> Any:
        if all(axis in _memos for axis in self.axes._axis_map.values()):
            return measure(self, *args, **kwargs)
        with still([self.axes]):
            return measure(self, *args, **kwargs)

    return measured


def with_places_known(get_places: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """Look for the places of ticks if that was not done while the axis is measured."""
    name = get_places.__name__

    def known(axis: Any) -> Any:
        memo = _memo(axis)
        if memo is None:
            return get_places(axis)
        if name not in memo:
            memo[name] = get_places(axis)
        return memo[name]

    return known


def with_ticks_known(update_ticks: Callable[[Any], list[Any]]) -> Callable[[Any], list[Any]]:
    """Bring the ticks of an axis up to date if that was not done while it is measured."""

    def known(axis: Any) -> list[Any]:
        memo = _memo(axis)
        if memo is None:
            return update_ticks(axis)
        if memo.get("offsets") != _offsets(axis):  # or its formatter has since seen another's ticks
            memo["ticks"] = update_ticks(axis)
            memo["offsets"] = _offsets(axis)
        ticks: list[Any] = memo["ticks"]
        return ticks

    return known


def _offsets(axis: Any) -> tuple[str, str]:
    """What the formatters have to say of the ticks that they have seen last."""
    return axis.major.formatter.get_offset(), axis.minor.formatter.get_offset()


def _memo(axis: Any) -> _Memo | None:
    """What is known of an axis with its present limits, place and size."""
    memo = _memos.get(axis)
    if memo is None or not is_plain(axis):
        return None
    state = (tuple(axis.get_view_interval()), axis.axes.bbox.get_points().tobytes(), axis.get_figure(root=True).dpi)
    if memo.get("state") != state:
        memo.clear()
        memo["state"] = state
    return memo


def with_siblings_asked(unstale_limits: Callable[[Any], None]) -> Callable[[Any], None]:
    """Ask the axes that share limits whether these are stale, in no order."""

    def unstale(axes: Any) -> None:
        for name in axes._axis_names:
            siblings = axes._shared_axes[name]._mapping.get(axes)
            found = [axes] if siblings is None else [reference() for reference in tuple(siblings.data)]
            if any(one is not None and one._stale_viewlims[name] for one in found):
                unstale_limits(axes)
                return

    return unstale


def with_one_box(get_boxes: Callable[[Any, Any, Any], Any]) -> Callable[[Any, Any, Any], Any]:
    """The boxes of the labels of ticks as the one that holds them: nothing else is asked of them."""

    def one_box(axis: Any, ticks: Any, renderer: Any) -> Any:
        if not is_plain(axis):
            return get_boxes(axis, ticks, renderer)
        memo = _memos.get(axis, {})
        if memo.get("ticks") is ticks and memo.get("renderer") is renderer:
            return memo["boxes"]
        sides = [[tick.label1 for tick in ticks], [tick.label2 for tick in ticks]]
        boxes = [_united([label for label in side if _counts(label)], renderer) for side in sides]
        if None in boxes:
            return get_boxes(axis, ticks, renderer)
        if memo.get("ticks") is ticks:
            memo.update(renderer=renderer, boxes=boxes)
        return boxes

    return one_box


def is_plain(axis: Any) -> bool:
    """Whether an axis is matplotlib's own along a side of a plane."""
    from matplotlib.axis import XAxis, YAxis

    return type(axis) in (XAxis, YAxis)


def _counts(label: Any) -> bool:
    return bool(label.get_visible() and label.get_in_layout())


def _united(labels: Sequence[Any], renderer: Any) -> list[Any] | None:
    """The box that holds those of all labels; none if one of them is of another kind, or has no place."""
    import numpy as np
    from matplotlib.text import Text
    from matplotlib.transforms import Bbox

    if not labels:
        return []
    if renderer is None or any(type(label) is not Text for label in labels):
        return None
    alike: dict[int, tuple[Any, list[Any], list[Any]]] = {}  # by transform, which most of them share
    for label in labels:
        transform = label.get_transform()
        _, sizes, places = alike.setdefault(id(transform), (transform, [], []))
        places.append(label.get_unitless_position())
        if label.get_text():
            label._renderer = renderer
            sizes.append(label._get_layout(renderer)[0].get_points())
        else:
            sizes.append(((0.0, 0.0), (0.0, 0.0)))
    corners = np.concatenate(
        [np.array(sizes) + _transformed(transform, places)[:, None] for transform, sizes, places in alike.values()]
    )
    if not np.isfinite(corners).all():
        return None
    return [Bbox([corners[:, 0].min(axis=0), corners[:, 1].max(axis=0)])]


def _transformed(transform: Any, places: list[Any]) -> Any:
    import numpy as np

    if transform.is_affine:
        return transform.transform(places)
    return np.array([transform.transform(one) for one in places])  # logarithms of many may differ in the last place
