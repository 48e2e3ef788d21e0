"""What a figure shows, read from the figure itself: the source of its CSV and of its alt text."""

import logging
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.collections import QuadMesh, TriMesh
from matplotlib.figure import Figure
from matplotlib.lines import AxLine
from matplotlib.patches import Rectangle

from plotgate.figure.reading.artists import Artists, legend_colours
from plotgate.figure.reading.given_table import given_table
from plotgate.figure.reading.kinds import KINDS
from plotgate.figure.reading.phrases import plain
from plotgate.figure.reading.scale import Scale, read_scale
from plotgate.figure.reading.series import Series

FEW = 3  # texts in axes that are remarks, rather than what they show

ORDINALS = ("", "second ", "third ")

logger = logging.getLogger("plotgate")


@dataclass(frozen=True)
class Panel:
    """One pair of axes, or several that lie upon each other."""

    number: int  # from 1, in reading order
    title: str
    series: list[Series] = field(default_factory=list)
    scales: list[Scale] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)  # what the author wrote upon the data
    known: list[Artist] = field(default_factory=list)  # what was read, whether or not there is data in it
    unknown: list[Artist] = field(default_factory=list)  # what shows data that no kind knows

    @property
    def x_name(self) -> str:
        """What is on the x axis, or on the first that has a name."""
        return next((series.x_name for series in self.series if series.x_name), "")

    @property
    def y_name(self) -> str:
        """What is on the y axis, or on the first that has a name."""
        return next((series.y_name for series in self.series if series.y_name), "")


@dataclass(frozen=True)
class Reading:
    """What was read of a figure."""

    panels: list[Panel] = field(default_factory=list)
    bare: bool = False  # whether there is nothing but axes and a few words
    table: object = None  # that the author gave, a data frame

    @property
    def is_understood(self) -> bool:
        """Whether there is no artist that shows data and is of no known kind."""
        return not any(panel.unknown for panel in self.panels)

    @property
    def is_empty(self) -> bool:
        """Whether a figure shows no data because there is none."""
        return self.bare and self.is_understood


def read(figure: Figure) -> Reading:
    """The panels of a figure with their data, as it was given to matplotlib: neither clipped nor rounded."""
    every = [guest for axes in figure.axes for guest in [axes, *getattr(axes, "parasites", [])]]
    # What is not navigated is a control, such as a slider.
    drawn = [axes for axes in every if axes.get_visible() and axes.get_navigate() and not _is_colour_bar(axes)]
    places = {axes: _place(axes) for axes in drawn}
    order = sorted(set(places.values()))
    values = _colour_bars(figure)
    panels = {number: [axes for axes in drawn if order.index(places[axes]) + 1 == number] for number in _from_1(order)}
    read = [_panel(figure, number, axes, values) for number, axes in panels.items()]
    bare = not any(panel.series for panel in read) and _is_bare(figure, drawn)
    return Reading(read, bare, given_table(figure))


def _from_1(order: list[tuple[float, float]]) -> range:
    return range(1, len(order) + 1)


def _panel(figure: Figure, number: int, together: list[Axes], values: dict[Artist | None, Scale]) -> Panel:
    titles = [axes.get_title(where) for axes in together for where in ("center", "left", "right")]
    panel = Panel(number, next((plain(title) for title in titles if title), ""))
    for axes in together:
        scales = _scales(axes, together)
        legends = [*figure.legends, *getattr(axes.figure, "legends", []), *filter(None, [axes.get_legend()])]
        artists = Artists(axes, scales, legend_colours(legends), values)
        shown = artists.rest
        panel.series.extend(_series(artists))
        panel.known.extend(artist for artist in shown if not artists.has(artist))
        panel.scales.extend(scales)
        panel.unknown.extend(artists.rest)
        panel.notes.extend(
            plain(text.get_text()) for text in axes.texts if text.get_visible() and text in artists.texts
        )
    return panel


def _scales(axes: Axes, together: list[Axes]) -> list[Scale]:
    scales = [
        read_scale(axes.xaxis, _called(axes, "x", together), _name(axes, "x")),
        read_scale(axes.yaxis, _called(axes, "y", together), _name(axes, "y")),
    ]
    if axes.name == "rectilinear" and not axes.axison:  # nobody sees where its numbers are
        scales = [replace(scale, name="", numeric=False) for scale in scales]
    if axes.name == "3d":
        axis = axes.zaxis  # type: ignore[attr-defined]
        scales.append(read_scale(axis, "z axis", plain(axis.get_label().get_text())))
    return scales


def _series(artists: Artists) -> Iterator[Series]:
    for kind in KINDS:
        if artists.axes.name in kind.projections:
            try:
                yield from list(kind.read(artists))
            except Exception:
                # What nobody has foreseen is not understood; the rest of the figure is.
                logger.exception("Artists of the kind %s could not be read", kind.name)


def _is_bare(figure: Figure, drawn: list[Axes]) -> bool:
    """Whether a figure has no artist of an author but a few words in its axes: no tables, shapes or pictures."""
    words = [text for text in figure.texts if text.get_text() and text is not figure._suptitle]  # type: ignore[attr-defined]
    own = [*words, *figure.lines, *figure.patches, *figure.images, *figure.artists]
    for axes in drawn:
        own += axes.texts if len(axes.texts) > FEW else []
        own += [*axes.tables, *axes.patches, *axes.artists, *axes.images, *axes.child_axes]
        own += [line for line in axes.lines if isinstance(line, AxLine)]  # which has no ends, and so no data
        # A mesh would make a path for each of its cells.
        own += [one for one in axes.collections if isinstance(one, QuadMesh | TriMesh) or len(one.get_paths())]
    return not any(artist.get_visible() and not _is_for_legend(artist) for artist in own)


def _is_for_legend(artist: Artist) -> bool:
    """Whether a shape has no extent, as those that seaborn makes for its legends."""
    return isinstance(artist, Rectangle) and not (artist.get_width() or artist.get_height())


def _is_colour_bar(axes: Axes) -> bool:
    return hasattr(axes, "_colorbar")  # also those in axes that the author made for it


def _colour_bars(figure: Figure) -> dict[Artist | None, Scale]:
    """The scales of colour bars by the artists that they belong to, and that of a bar that belongs to none by None."""
    scales: dict[Artist | None, Scale] = {}
    for axes in filter(_is_colour_bar, figure.axes):
        bar = axes._colorbar  # type: ignore[attr-defined]
        own = bar.mappable if isinstance(bar.mappable, Artist) and bar.mappable.axes is not None else None
        name = plain(axes.get_ylabel() or axes.get_xlabel() or axes.get_title())
        scales[own] = replace(read_scale(bar.long_axis, "colour", name), view=(-np.inf, np.inf))
    return scales


def _place(axes: Axes) -> tuple[float, float]:
    figure = axes.get_figure(root=True)
    assert figure is not None and axes.figure is not None  # noqa: S101 - what is drawn has one
    box = axes.get_position(original=True)
    locator = axes.get_axes_locator()
    if locator is not None:  # as a grid of images has, whose axes all have the whole grid's position
        box = locator(axes, figure._get_renderer())  # type: ignore[attr-defined]
    # In parts of the whole figure, of which the axes' own may be a part.
    box = box.transformed(axes.figure.transSubfigure - figure.transSubfigure)
    return round(-box.y1, 2), round(box.x0, 2)


def _called(axes: Axes, which: str, together: list[Axes]) -> str:
    """How a sentence calls an axis: by its side, where axes that lie upon each other have several of their own."""
    if axes.name == "polar":
        return "angle" if which == "x" else "radius"
    shared = axes.get_shared_x_axes() if which == "x" else axes.get_shared_y_axes()
    firsts = [next(first for first in together if first is one or shared.joined(first, one)) for one in together]
    own = list(dict.fromkeys(firsts))
    sides = [_side(one, which) for one in own]
    at = own.index(firsts[together.index(axes)])
    ordinal = sides[: at + 1].count(sides[at])
    side = f"{sides[at]} " if len(own) > 1 else ""
    return f"{ORDINALS[ordinal - 1] if ordinal <= len(ORDINALS) else f'{ordinal}th '}{side}{which} axis"


def _side(axes: Axes, which: str) -> str:
    """The side at which an x or y axis is drawn."""
    side = (axes.xaxis if which == "x" else axes.yaxis).get_label_position()
    lines: Any = axes.axis
    if isinstance(lines, dict):  # of axes_grid1 and axisartist, which draw an axis at each side by a line of its own
        sides = ("bottom", "top") if which == "x" else ("left", "right")
        shown = [line._axis_direction for line in lines.values() if line.get_visible()]
        return next((one for one in (side, *shown) if one in shown and one in sides), side)
    return side


def _name(axes: Axes, which: str) -> str:
    """The name of an axis; in a grid of panels that share it, one of the outer panels has it."""
    shared = axes.get_shared_x_axes() if which == "x" else axes.get_shared_y_axes()
    along = 1 if which == "x" else 0
    near = [other for other in shared.get_siblings(axes) if _place(other)[along] == _place(axes)[along]]
    names = (plain(getattr(other, f"get_{which}label")()) for other in [axes, *near])
    return next((name for name in names if name and name != "None"), "")  # as seaborn calls what has no name
