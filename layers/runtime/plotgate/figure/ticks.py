"""Tick labels that do not run into each other, whatever room their axis has."""

from collections.abc import Iterator
from itertools import pairwise
from math import cos, radians, sin

from matplotlib.axis import Axis, XAxis, YAxis
from matplotlib.category import StrCategoryLocator
from matplotlib.text import Text
from matplotlib.ticker import FixedLocator, MaxNLocator

from plotgate.figure.labels import Undo, font_pixels, unrotated_size, wrapped

GAP = 0.5  # in font sizes: what labels beside each other keep between them
SHARED = 0.15  # in font sizes: what lines above each other may share of their boxes, which is the room of accents
SMALLEST = 7.0  # CSS pixels: names shrink to this font size before some of them are left out
LEAST_SHRUNK = 0.6  # of its own font size
FEWEST = 5  # names that are left of many: before fewer are, all text becomes smaller
SLANT = 40  # degrees


def fit_ticks(axis: Axis) -> Undo:
    """Make the labels of an axis fit by the mildest means that does; the steps that undo it.

    Numbers get fewer ticks at round values. Names are wrapped, slanted, shrunk, and at last thinned out.
    """
    if not crowded(axis):
        return []
    labelled = [label for label in axis.get_majorticklabels() if label.get_text()]
    size = float(labelled[0].get_fontsize())
    angle = labelled[0].get_rotation()
    locator, formatter = axis.get_major_locator(), axis.get_major_formatter()
    undo: Undo = [
        lambda: axis.set_tick_params(labelsize=size, labelrotation=angle, labelrotation_mode="default"),
        lambda: axis.set_major_formatter(formatter),
        lambda: axis.set_major_locator(locator),
    ]
    for _ in _remedies(axis, size):
        if not crowded(axis):
            break
    return undo


def tick_names(axis: Axis) -> dict[float, str]:
    """What the ticks of an axis of categories are called, by their places; empty for an axis of numbers."""
    if not isinstance(axis.get_major_locator(), FixedLocator | StrCategoryLocator):
        return {}
    places = [float(place) for place in axis.get_majorticklocs()]
    # An author's labels may be numbers of numpy's, and matplotlib hands them back as they are.
    texts = [str(text) for text in axis.get_major_formatter().format_ticks(places)]
    if all(_is_number(text) for text in texts):
        return {}
    return {round(place, 6): text for place, text in zip(places, texts, strict=True)}


def crowded(axis: Axis) -> bool:
    """Whether neighbouring labels of `axis` come closer than `GAP`, or share more than `SHARED`."""
    labels = _shown(axis)
    places = [_place(axis, label) for label in labels]
    needs = [_extent(axis, label) for label in labels]
    return any(
        abs(place - other) < (first + second) / 2
        for (place, other), (first, second) in zip(pairwise(places), pairwise(needs), strict=True)
    )


def _remedies(axis: Axis, size: float) -> Iterator[None]:
    """Apply one remedy after another; each replaces or adds to the one before."""
    locator = axis.get_major_locator()
    places = list(axis.get_majorticklocs())
    if isinstance(locator, MaxNLocator):
        for intervals in (6, 5, 4, 3, 2):
            axis.set_major_locator(MaxNLocator(intervals, steps=[1, 2, 2.5, 5, 10]))
            yield
        return
    names = tick_names(axis)
    texts = list(names.values())
    shown = _shown(axis)
    if names and isinstance(axis, XAxis) and shown[0].get_rotation() == 0:
        room = min(abs(b - a) for a, b in pairwise(_place(axis, label) for label in shown))
        axis.set_ticks(places, [wrapped(text, shown[0], room - GAP * font_pixels(shown[0])) for text in texts])
        yield
        axis.set_ticks(places, texts)
        axis.set_tick_params(labelrotation=SLANT, labelrotation_mode="xtick")
        yield
    if names:
        for factor in (0.9, 0.8, 0.7, LEAST_SHRUNK):
            if font_pixels(shown[0]) / float(shown[0].get_fontsize()) * size * factor >= SMALLEST:
                axis.set_tick_params(labelsize=size * factor)
                yield
        axis.set_tick_params(labelsize=size)
    for every in range(2, max(1 if names else 2, len(places) // FEWEST) + 1):
        if names:
            axis.set_ticks(places[::every], texts[::every])
        else:
            axis.set_major_locator(FixedLocator(places[::every]))
        yield


def _is_number(text: str) -> bool:
    try:
        float(text.replace("\N{MINUS SIGN}", "-") or "0")
    except ValueError:
        return False
    return True


def _shown(axis: Axis) -> list[Text]:
    """The tick labels that are drawn, in the order of their places."""
    if not axis.get_visible():
        return []
    low, high = sorted(axis.get_view_interval())
    axis.get_majorticklabels()  # brings the ticks up to date
    found = [
        tick.label1
        for tick in axis.get_major_ticks()
        if low <= tick.get_loc() <= high and tick.label1.get_visible() and tick.label1.get_text()
    ]
    return sorted(found, key=lambda label: _place(axis, label))


def _place(axis: Axis, label: Text) -> float:
    x, y = label.get_transform().transform(label.get_position())
    return float(x if isinstance(axis, XAxis) else y)


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
