"""Boxes of what is measured, by fewer steps."""

from collections.abc import Callable
from math import isfinite
from typing import Any

from plotgate.figure.acceleration.axes_measured import is_plain


def with_all_at_once(union: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """The box that holds boxes, from all of their corners together."""
    import numpy as np
    from matplotlib.transforms import Bbox

    def united(bboxes: Any) -> Any:
        if not len(bboxes):
            return union(bboxes)
        corners = np.concatenate([box.get_points() for box in bboxes])
        return Bbox([corners.min(axis=0), corners.max(axis=0)])

    return united


def with_straight_spines(get_window_extent: Callable[..., Any]) -> Callable[..., Any]:
    """The box of a straight spine with its ticks, from its two ends.

    Of ticks that differ in size matplotlib takes any; this takes the first.
    """
    from matplotlib.spines import Spine
    from matplotlib.transforms import Bbox

    def extent(spine: Any, renderer: Any = None) -> Any:
        path, kind = spine._path, type(spine)
        if not (
            kind is Spine
            and spine._patch_type == "line"
            and is_plain(spine.axis)
            and spine.axis.get_visible()
            and path.codes is None
            and path._interpolation_steps == 1
        ):
            return get_window_extent(spine, renderer)
        spine._adjust_location()
        (x0, y0), (x1, y1) = super(Spine, spine).get_transform().transform(path.vertices).tolist()
        x0, x1, y0, y1 = min(x0, x1), max(x0, x1), min(y0, y1), max(y0, y1)
        drawn = set(spine.axis._update_ticks())
        reach = [x0, y0, x1, y1]
        for ticks in (spine.axis.majorTicks, spine.axis.minorTicks):
            tick = next((one for one in ticks if one in drawn), None)
            if tick is not None:
                reach = _reaching(reach, (x0, y0, x1, y1), spine, tick)
        if not all(map(isfinite, reach)):
            return get_window_extent(spine, renderer)
        return Bbox.from_extents(*reach)

    return extent


_OUTWARDS = {"out": (1.0, 0.0), "in": (0.0, 1.0)}


def _reaching(reach: list[float], box: tuple[float, ...], spine: Any, tick: Any) -> list[float]:
    """`reach`, and `box` with a tick at it."""
    x0, y0, x1, y1 = box
    outwards, inwards = _OUTWARDS.get(tick._tickdir, (0.5, 0.5))
    dpi = spine.get_figure(root=True).dpi
    out, within = outwards * tick._size / 72 * dpi, inwards * tick._size / 72 * dpi
    if tick.tick1line.get_visible():
        if spine.spine_type == "left":
            x0, x1 = x0 - out, x1 + within
        elif spine.spine_type == "bottom":
            y0, y1 = y0 - out, y1 + within
    if tick.tick2line.get_visible():
        if spine.spine_type == "right":
            x0, x1 = x0 - within, x1 + out
        elif spine.spine_type == "top":
            y0, y1 = y0 - out, y1 + out  # sic
    return [min(reach[0], x0, x1), min(reach[1], y0, y1), max(reach[2], x0, x1), max(reach[3], y0, y1)]
