"""Tick labels that do not run into each other, whatever room their axis has."""

from collections.abc import Callable, Iterator
from copy import copy
from itertools import pairwise

from matplotlib.axis import Axis, XAxis
from matplotlib.category import StrCategoryLocator
from matplotlib.ticker import FixedFormatter, FixedLocator, FuncFormatter, MaxNLocator

from plotgate.figure.acceleration.axes_measured import still
from plotgate.figure.crowding import GAP, is_in_space, major_crowded, minor_crowded, name_crowded, place, shown_labels
from plotgate.figure.labels import Undo, font_pixels, wrapped

SMALLEST = 7.0  # CSS pixels: names shrink to this font size before some of them are left out
LEAST_SHRUNK = 0.6  # of its own font size
FEWEST = 5  # names that are left of many: before fewer are, all text becomes smaller
SLANT = 40  # degrees


def fit_ticks(axis: Axis) -> Undo:
    """Make the labels of an axis fit by the mildest means that does; the steps that undo it.

    Numbers get fewer ticks at round values. Names are wrapped, slanted, shrunk, and at last thinned out. Labels of
    minor ticks are thinned out until there are none.
    """
    undo: Undo = []
    with still([axis.axes]):
        is_major, is_minor = major_crowded(axis) or name_crowded(axis), minor_crowded(axis)
    if is_major:
        undo += _as_they_are(axis)
        _apply(_remedies(axis), lambda: major_crowded(axis) or name_crowded(axis))
        is_minor = minor_crowded(axis)
    if is_minor:
        formatter = axis.get_minor_formatter()
        undo.append(lambda: axis.set_minor_formatter(formatter))
        _apply(_fewer_minor(axis), lambda: minor_crowded(axis))
    return undo


def _as_they_are(axis: Axis) -> Undo:
    label = shown_labels(axis)[0]
    size, angle = float(label.get_fontsize()), label.get_rotation()
    locator, formatter = axis.get_major_locator(), axis.get_major_formatter()
    return [
        lambda: axis.set_tick_params(labelsize=size, labelrotation=angle, labelrotation_mode="default"),
        lambda: axis.set_major_formatter(formatter),
        lambda: axis.set_major_locator(locator),
    ]


def _apply(remedies: Iterator[None], is_needed: Callable[[], bool]) -> None:
    for _ in remedies:
        if not is_needed():
            break


def _remedies(axis: Axis) -> Iterator[None]:
    """Apply one remedy after another; each replaces or adds to the one before."""
    locator, is_counted = axis.get_major_locator(), _is_counted(axis)
    if isinstance(locator, MaxNLocator) and not is_counted:
        for intervals in (6, 5, 4, 3, 2):
            fewer = copy(locator)  # its author may want whole numbers, or none at the ends
            fewer.set_params(nbins=intervals)
            axis.set_major_locator(fewer)
            yield
        return
    ticks = _ticks(axis)
    has_names = isinstance(locator, FixedLocator | StrCategoryLocator) or is_counted
    has_names = has_names and not all(map(_is_number, ticks.values()))
    if has_names:
        yield from _names_in_little_room(axis, ticks)
    places = list(ticks)
    for every in range(2, max(1 if has_names else 2, len(places) // FEWEST) + 1):
        if has_names or is_counted:
            _name_ticks(axis, {at: ticks[at] for at in places[::every]})
        else:
            axis.set_major_locator(FixedLocator(places[::every]))
        yield


def _names_in_little_room(axis: Axis, ticks: dict[float, str]) -> Iterator[None]:
    shown = shown_labels(axis)
    size = float(shown[0].get_fontsize())
    if isinstance(axis, XAxis) and not is_in_space(axis) and shown[0].get_rotation() == 0:
        room = min(abs(b - a) for a, b in pairwise(place(axis, label) for label in shown))
        room -= GAP * font_pixels(shown[0])
        _name_ticks(axis, {at: wrapped(text, shown[0], room) for at, text in ticks.items()})
        yield
        _name_ticks(axis, ticks)
        axis.set_tick_params(labelrotation=SLANT, labelrotation_mode="xtick")
        yield
    for factor in (0.9, 0.8, 0.7, LEAST_SHRUNK):
        if font_pixels(shown[0]) / float(shown[0].get_fontsize()) * size * factor >= SMALLEST:
            axis.set_tick_params(labelsize=size * factor)
            yield
    axis.set_tick_params(labelsize=size)


def _fewer_minor(axis: Axis) -> Iterator[None]:
    """Leave out ever more of the minor ticks' labels; the ticks stay."""
    places = [float(at) for at in axis.get_minorticklocs()]
    labels = axis.get_minor_formatter().format_ticks(places)
    texts = {at: text for at, text in zip(places, labels, strict=True) if text}
    least = 0 if shown_labels(axis) else 1  # a narrow logarithmic axis may have no other
    for every in range(2, len(texts) + 2 - least):
        kept = dict(list(texts.items())[every - 1 :: every])
        axis.set_minor_formatter(FuncFormatter(lambda at, _, kept=kept: kept.get(at, "")))
        yield


def _ticks(axis: Axis) -> dict[float, str]:
    """The labels of the major ticks by their places: axes that share theirs may have each place several times."""
    places = [float(at) for at in axis.get_majorticklocs()]
    # An author's labels may be numbers of numpy's, and matplotlib hands them back as they are.
    texts = [str(text) for text in axis.get_major_formatter().format_ticks(places)]
    return dict(zip(places, texts, strict=True))


def _name_ticks(axis: Axis, ticks: dict[float, str]) -> None:
    """As `Axis.set_ticks`, which would also widen the axis until all ticks are in it."""
    axis.set_major_locator(FixedLocator(list(ticks)))
    axis.set_major_formatter(FixedFormatter(list(ticks.values())))


def _is_counted(axis: Axis) -> bool:
    """Whether a tick is called by its number among the ticks: if one is left out, the next must not get its name."""
    formatter = axis.get_major_formatter()
    if not isinstance(formatter, FuncFormatter):
        return isinstance(formatter, FixedFormatter)
    places = list(axis.get_majorticklocs())
    texts = formatter.format_ticks(places)
    return any(formatter(at, len(places) - 1 - number) != texts[number] for number, at in enumerate(places))


def _is_number(text: str) -> bool:
    try:
        float(text.replace("\N{MINUS SIGN}", "-") or "0")
    except ValueError:
        return False
    return True
