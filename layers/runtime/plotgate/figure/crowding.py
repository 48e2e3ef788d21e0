"""The tick labels of an axis that are drawn, and whether they run into each other."""

from collections.abc import Sequence
from itertools import pairwise, product
from math import cos, radians, sin

from matplotlib.axis import Axis, XAxis, YAxis
from matplotlib.text import Text
from matplotlib.transforms import Bbox

from plotgate.figure.labels import boxes_of, font_pixels, unrotated_size

GAP = 0.5  # in font sizes: what labels beside each other keep between them
SHARED = 0.15  # in font sizes: what lines above each other may share of their boxes, which is the room of accents


def crowded(axis: Axis) -> bool:
    """Whether labels of `axis`, of major or of minor ticks, come closer than `GAP`, or share more than `SHARED`."""
    return major_crowded(axis) or minor_crowded(axis)


def major_crowded(axis: Axis) -> bool:
    """Whether those of neighbouring major ticks do."""
    return _run_together(axis, shown_labels(axis))


def minor_crowded(axis: Axis) -> bool:
    """Whether those of minor ticks do, with each other or with a major tick's."""
    minor = shown_labels(axis, minor=True)
    return _run_together(axis, minor) or any(_meet(*pair) for pair in product(minor, shown_labels(axis)))


def name_crowded(axis: Axis) -> bool:
    """Whether the name of an axis in space, whose place is the same whatever the ticks are called, meets a label."""
    if not is_in_space(axis) or not axis.label.get_text():
        return False
    labels = [box for label in shown_labels(axis) for box in boxes_of(label)]
    return any(Bbox.intersection(*pair) is not None for pair in product(boxes_of(axis.label), labels))


def shown_labels(axis: Axis, *, minor: bool = False) -> list[Text]:
    """The tick labels that are drawn, in the order of their places; what stands at one place twice is there once."""
    if not axis.get_visible():
        return []
    low, high = sorted(axis.get_view_interval())
    axis.get_ticklabels(minor=minor)  # brings the ticks up to date
    if is_in_space(axis):
        axis.get_tightbbox()  # puts them where they are drawn
    found: dict[tuple[float, str], Text] = {}
    for tick in axis.get_minor_ticks() if minor else axis.get_major_ticks():
        for label in (tick.label1, tick.label2):
            if low <= tick.get_loc() <= high and label.get_visible() and label.get_text():
                found.setdefault((float(tick.get_loc()), label.get_text()), label)
    return [found[key] for key in sorted(found)]


def is_in_space(axis: Axis) -> bool:
    """Whether an axis is one of three."""
    return bool(axis.axes.name == "3d")


def place(axis: Axis, label: Text) -> float:
    """Where a label stands along its axis, in pixels."""
    x, y = label.get_transform().transform(label.get_position())
    return float(x if isinstance(axis, XAxis) else y)


def _run_together(axis: Axis, labels: Sequence[Text]) -> bool:
    if is_in_space(axis):
        return any(_meet(first, second) for first, second in pairwise(labels))
    places = [place(axis, label) for label in labels]
    needs = [_extent(axis, label) for label in labels]
    return any(
        abs(here - there) < (first + second) / 2
        for (here, there), (first, second) in zip(pairwise(places), pairwise(needs), strict=True)
    )


def _extent(axis: Axis, label: Text) -> float:
    """The room that a label needs along its axis: across its lines where it stands, along them where it lies."""
    width, height = unrotated_size(label)
    em = font_pixels(label)
    angle = radians(label.get_rotation())
    along, across = abs(cos(angle)), abs(sin(angle))
    if isinstance(axis, YAxis):
        along, across = across, along
    lying = (width + GAP * em) / along if along > 1e-6 else float("inf")
    standing = (height - SHARED * em) / across if across > 1e-6 else float("inf")
    return min(lying, standing)


def _meet(first: Text, second: Text) -> bool:
    """Whether two labels come too close, wherever they stand; slanted ones have no box that would tell."""
    if first.get_rotation() % 90 or second.get_rotation() % 90:
        return False
    one, other, em = first.get_window_extent(), second.get_window_extent(), font_pixels(first)
    across = min(one.x1, other.x1) - max(one.x0, other.x0)
    down = min(one.y1, other.y1) - max(one.y0, other.y0)
    return bool(across > -GAP * em and down > 0)
