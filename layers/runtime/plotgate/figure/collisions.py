"""What lies upon each other in a figure, by boxes: texts, legends, and axes that others' labels reach into."""

from collections.abc import Hashable, Iterator

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.text import Text
from matplotlib.transforms import Bbox

from plotgate.figure.crowding import shown_labels
from plotgate.figure.room import ticked_axes

SHARED = 0.5  # pixels: what two boxes may share
MOST_COVERED = 0.5  # of the area of axes, by their legend

Pair = frozenset[Hashable]
"""Two of a figure's parts, whatever their places: the same at each size."""


def texts_upon_others(figure: Figure) -> set[Pair]:
    """The texts and legends that lie upon others, and the legends that cover most of their axes."""
    boxes = [(key, box) for key, box in _boxes(figure) if box.width > 0 and box.height > 0]
    found = set(_large_legends(figure))
    if not boxes:
        return found
    x0, y0, x1, y1 = np.array([box.extents for _, box in boxes]).T
    across = np.minimum.outer(x1, x1) - np.maximum.outer(x0, x0)
    down = np.minimum.outer(y1, y1) - np.maximum.outer(y0, y0)
    for first, second in np.argwhere(np.triu((across > SHARED) & (down > SHARED), 1)).tolist():
        found.add(frozenset((boxes[first][0], boxes[second][0])))
    return {pair for pair in found if len(pair) > 1}  # the labels of one axis are its own matter


def axes_reached_into(figure: Figure) -> set[Pair]:
    """The axes that what belongs to others reaches into, if these stand apart."""
    shown = [axes for axes in figure.axes if axes.get_visible()]
    frames = [axes.get_window_extent() for axes in shown]
    found = set[Pair]()
    for axes, frame in zip(shown, frames, strict=True):
        whole = axes.get_tightbbox()
        for other, place in zip(shown, frames, strict=True):
            if whole is not None and _shared(whole, place) > 1 and _shared(frame, place) <= 1:
                found.add(frozenset((id(axes), id(other))))
    return found


def _shared(first: Bbox, second: Bbox) -> float:
    """How many pixels two boxes share, across or down, whichever are fewer."""
    across = min(first.x1, second.x1) - max(first.x0, second.x0)
    return float(min(across, min(first.y1, second.y1) - max(first.y0, second.y0)))


def _boxes(figure: Figure) -> Iterator[tuple[Hashable, Bbox]]:
    """What can be read, each with a name; the labels of an axis have one in common."""
    texts: list[tuple[Hashable, Text]] = [(id(text), text) for text in figure.texts]
    for axis in ticked_axes(figure):
        labels = [*shown_labels(axis), *shown_labels(axis, minor=True)]
        texts += [(id(axis), label) for label in labels] + [(id(axis.label), axis.label)]
    legends = list(figure.legends)
    for axes in filter(Axes.get_visible, figure.axes):
        legends += [legend] if (legend := axes.get_legend()) is not None else []
        own = [child for child in axes.get_children() if isinstance(child, Text)]
        # What stands in space has its place on the page only when it is drawn.
        texts += [(id(text), text) for text in own if axes.name != "3d" or text not in axes.texts]
    yield from ((id(legend), legend.get_window_extent()) for legend in legends if legend.get_visible())
    for key, text in texts:
        if (box := _box(text)) is not None:
            yield key, box


def _box(text: Text) -> Bbox | None:
    """The box of what is to be read, without that of an arrow; None if there is nothing, or if it is slanted."""
    if not text.get_visible() or not text.get_text().strip() or text.get_rotation() % 90:
        return None
    text.get_window_extent()  # an annotation's takes it to its place, and has its arrow in it
    box = Text.get_window_extent(text)
    if text.get_clip_on() and (clip := text.get_clip_box()) is not None:
        return Bbox.intersection(box, clip)
    return box


def _large_legends(figure: Figure) -> Iterator[Pair]:
    for axes in filter(Axes.get_visible, figure.axes):
        legend = axes.get_legend()
        if legend is not None and legend.get_visible():
            frame = axes.get_window_extent()
            covered = Bbox.intersection(legend.get_window_extent(), frame)
            if covered and covered.width * covered.height > MOST_COVERED * frame.width * frame.height:
                yield frozenset((id(axes), id(legend)))
