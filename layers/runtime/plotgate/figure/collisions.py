"""What lies upon each other in a figure, by boxes: texts, legends, and axes that others' labels reach into."""

from collections.abc import Hashable, Iterator
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.text import Text
from matplotlib.transforms import Bbox

from plotgate.figure.crowding import shown_labels
from plotgate.figure.labels import boxes_of
from plotgate.figure.room import ticked_axes

SHARED = 0.5  # pixels: what two boxes may share
MORE = 1.5  # times as much: a text is never exactly as large beside another as it was
MOST_COVERED = 0.5  # of the area of axes, by their legend

Collisions = dict[frozenset[Hashable], float]
"""By two parts of a figure, which are the same at each size, how much they share, in square inches of it."""


def worse(found: Collisions, known: Collisions) -> int:
    """How many parts share more than they are known to."""
    return sum(share > MORE * known.get(pair, 0) for pair, share in found.items())


def texts_upon_others(figure: Figure) -> Collisions:
    """The texts and legends that lie upon others, and the legends that cover most of their axes."""
    boxes = [(key, box) for key, box in _boxes(figure) if box.width > 0 and box.height > 0]
    found = dict(_large_legends(figure))
    if not boxes:
        return found
    x0, y0, x1, y1 = np.array([box.extents for _, box in boxes]).T
    across = np.minimum.outer(x1, x1) - np.maximum.outer(x0, x0)
    down = np.minimum.outer(y1, y1) - np.maximum.outer(y0, y0)
    for first, second in np.argwhere(np.triu((across > SHARED) & (down > SHARED), 1)).tolist():
        pair = frozenset((boxes[first][0], boxes[second][0]))
        if len(pair) > 1:  # the labels of one axis are its own matter
            share = float(across[first, second] * down[first, second]) / figure.dpi**2
            found[pair] = found.get(pair, 0) + share
    return found


def axes_reached_into(figure: Figure) -> Collisions:
    """The axes that what belongs to others reaches into, if these stand apart."""
    shown = [axes for axes in figure.axes if axes.get_visible()]
    frames = [axes.get_window_extent() for axes in shown]
    found: Collisions = {}
    for axes, frame in zip(shown, frames, strict=True):
        whole = axes.get_tightbbox()
        for other, place in zip(shown, frames, strict=True):
            if whole is not None and _shared(whole, place) > 1 and _shared(frame, place) <= 1:
                found[frozenset((id(axes), id(other)))] = 1
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
    yield from ((key, box) for key, text in texts for box in boxes_of(text))
    for axes in filter(Axes.get_visible, figure.axes):
        yield from _boxes_of_axisartist(axes)


def _boxes_of_axisartist(axes: Axes) -> Iterator[tuple[Hashable, Bbox]]:
    """The labels of axes that mpl_toolkits.axisartist draws by lines of its own, which may be curved."""
    lines: Any = axes.axis
    if not isinstance(lines, dict):
        return
    renderer = axes.get_figure(root=True)._get_renderer()  # type: ignore[union-attr]
    for line in lines.values():
        if line.get_visible() and type(line).__module__.startswith("mpl_toolkits.axisartist"):
            line.get_tightbbox(renderer)  # brings the labels up to date
            boxes = enumerate(line.major_ticklabels.get_window_extents(renderer))
            yield from (((id(line), number), box) for number, box in boxes)
            if line.label.get_visible() and line.label.get_text():
                yield id(line.label), line.label.get_window_extent(renderer)


def _large_legends(figure: Figure) -> Iterator[tuple[frozenset[Hashable], float]]:
    for axes in filter(Axes.get_visible, figure.axes):
        legend = axes.get_legend()
        if legend is not None and legend.get_visible():
            frame = axes.get_window_extent()
            covered = Bbox.intersection(legend.get_window_extent(), frame)
            if covered and covered.width * covered.height > MOST_COVERED * frame.width * frame.height:
                yield frozenset((id(axes), id(legend))), 1
