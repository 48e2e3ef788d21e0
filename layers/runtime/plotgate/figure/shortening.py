"""Texts that a picture has no room for, as data may bring them: an ellipsis stands for what is left out."""

from collections.abc import Callable, Iterator
from copy import copy
from functools import partial
from typing import Any

from matplotlib.axis import Axis
from matplotlib.category import StrCategoryFormatter
from matplotlib.figure import Figure
from matplotlib.text import Text
from matplotlib.ticker import FixedFormatter, FuncFormatter

from plotgate.figure.crowding import shown_labels
from plotgate.figure.labels import unrotated_size

MOST_LETTERS = 2000  # of a text: nobody reads more in a picture, and to lay out ten thousand takes seconds
MOST_LINES = 60
LONGEST_TITLE = 4.0  # of the figure's width: a title, or the name of an axis, which are broken into lines
LARGEST_NAME = 0.5  # of the picture's shorter side, where there is no room for more: the name of a tick or of a series,
LARGEST_TITLE = 0.9  # and a title, or the name of an axis
MOST_OWN_LINES = 6  # of a text in lines, else they become one
ELLIPSIS = "\N{HORIZONTAL ELLIPSIS}"

Shortened = Callable[[str], str]


def bound_texts(figure: Figure) -> None:
    """Cut texts that no picture has room for."""
    for axis in _axes_with_names(figure):
        _rename_ticks(axis, _bounded)
    for text in (*_titles(figure), *_keys(figure), *(text for axes in figure.axes for text in axes.texts)):
        _rename(text, _bounded)
    for title in _titles(figure):
        _rename(title, partial(_fitted, text=title, room=LONGEST_TITLE * figure.bbox.width))


def shorten(figure: Figure) -> bool:
    """Cut names and titles that leave no room for anything else; returns whether there were any."""
    side, found = float(min(figure.bbox.size)), False
    for axis in _axes_with_names(figure):
        if labels := shown_labels(axis):
            found |= _rename_ticks(axis, partial(_fitted, text=labels[0], room=LARGEST_NAME * side))
    for texts, share in ((_titles(figure), LARGEST_TITLE), (_keys(figure), LARGEST_NAME)):
        for text in texts:
            found |= _rename(text, partial(_fitted, text=text, room=share * side))
    return found


def _axes_with_names(figure: Figure) -> Iterator[Axis]:
    for axes in figure.axes:
        for axis in (axes.xaxis, axes.yaxis):
            if isinstance(axis.get_major_formatter(), FixedFormatter | FuncFormatter | StrCategoryFormatter):
                yield axis


def _titles(figure: Figure) -> Iterator[Text]:
    for axes in figure.axes:
        yield from (axes.xaxis.label, axes.yaxis.label)
        yield from (child for child in axes.get_children() if isinstance(child, Text) and child not in axes.texts)
    yield from figure.texts


def _keys(figure: Figure) -> Iterator[Text]:
    for legend in (*figure.legends, *(axes.get_legend() for axes in figure.axes)):
        if legend is not None:
            yield from (legend.get_title(), *legend.get_texts())


def _rename(text: Text, shortened: Shortened) -> bool:
    said = text.get_text()
    if (cut := shortened(said)) == said:
        return False
    text.set_text(cut)
    text.set_parse_math(False)  # a part of a formula is none
    return True


def _rename_ticks(axis: Axis, shortened: Shortened) -> bool:
    """Let `axis` have shorter names, if there are any; its formatter may be that of another plot, too."""
    formatter: Any = axis.get_major_formatter()
    names = map(str, formatter.format_ticks(axis.get_majorticklocs()))
    shorter = {name: cut for name in names if (cut := shortened(name)) != name}
    if shorter:
        own, format_ticks = copy(formatter), formatter.format_ticks
        own.format_ticks = lambda places: [shorter.get(str(name), str(name)) for name in format_ticks(places)]
        axis.set_major_formatter(own)
    return bool(shorter)


def _bounded(said: str) -> str:
    cut = "\n".join(said.split("\n")[:MOST_LINES])[:MOST_LETTERS]
    return said if cut == said else cut.rstrip() + ELLIPSIS


def _fitted(said: str, text: Text, room: float) -> str:
    """`said` as it is if its lines have `room`, in pixels and in the font of `text`, else its two ends in one line.

    What tells names apart is often at their end.
    """
    words = " ".join(said.split())
    before, cut, kept = text.get_text(), said if said.count("\n") < MOST_OWN_LINES else words, len(words)
    while True:
        text.set_text(cut)
        if (width := unrotated_size(text)[0]) <= room or not kept:
            text.set_text(before)
            return cut
        kept = int(kept * min(0.95, room / width))
        end = kept // 3
        cut = words[: kept - end].rstrip() + ELLIPSIS + words[len(words) - end :].lstrip()
