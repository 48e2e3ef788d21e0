"""The artists of one pair of axes, from which each kind takes what it knows."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.axes._secondary_axes import SecondaryAxis
from matplotlib.axis import Axis
from matplotlib.collections import Collection, LineCollection
from matplotlib.colors import to_rgba_array
from matplotlib.container import ErrorbarContainer
from matplotlib.image import AxesImage
from matplotlib.inset import InsetIndicator
from matplotlib.legend import Legend
from matplotlib.lines import Line2D
from matplotlib.offsetbox import OffsetBox
from matplotlib.patches import (
    Circle,
    ConnectionPatch,
    Ellipse,
    FancyArrow,
    FancyArrowPatch,
    FancyBboxPatch,
    Patch,
    Rectangle,
    Shadow,
)
from matplotlib.quiver import QuiverKey
from matplotlib.spines import Spine
from matplotlib.table import Table
from matplotlib.text import Text
from matplotlib.transforms import Transform
from numpy.typing import ArrayLike

from plotgate.figure.reading.phrases import plain
from plotgate.figure.reading.scale import Column, Near, Numbers, Scale

# What an author adds to data to point at it or to frame it.
DECORATION = (
    Axes,
    Axis,
    Circle,
    ConnectionPatch,
    Ellipse,
    FancyArrow,
    FancyArrowPatch,
    FancyBboxPatch,
    Legend,
    OffsetBox,
    InsetIndicator,
    QuiverKey,
    SecondaryAxis,
    Shadow,
    Spine,
    Table,
    Text,
)
Key = tuple[float, ...]


class Artists:
    """What shows data in a pair of axes and has not been taken yet, in the order in which it was added.

    Args:
        axes: the axes.
        scales: of its x axis, its y axis and, in space, its z axis.
        colours: the names that legends give to colours, as `legend_colours` has them.
        values: the scale of the colour bar of a picture's numbers, by the artist that it belongs to.
    """

    def __init__(
        self,
        axes: Axes,
        scales: Sequence[Scale],
        colours: dict[Key, tuple[str, bool]],
        values: dict[Artist | None, Scale],
    ) -> None:
        self.axes = axes
        self.x_scale, self.y_scale, *self.others = scales
        self._colours, self._values = colours, values
        self.containers = list(axes.containers)
        self.texts = list(axes.texts)
        self._rest = {id(artist): artist for artist in axes.get_children() if shows_data(artist, axes)}
        self._borne: dict[str, list[object]] = {}  # the names that artists bear by themselves, with their looks
        for artist in [*self.rest, *self.containers]:
            self._borne.setdefault(_label(artist), []).append(_look(artist))
        for container in self.containers:
            if isinstance(container, ErrorbarContainer):
                self.take([*container.lines[1], *container.lines[2]])  # read with what they belong to
                if axes.name == "polar":
                    self.take([line for line in self.of(Line2D) if _is_cap(line)])

    @property
    def rest(self) -> list[Artist]:
        """What no kind has taken."""
        return list(self._rest.values())

    def of(self, *types: type) -> list[Any]:
        """Those of `types` that no kind has taken."""
        return [artist for artist in self._rest.values() if isinstance(artist, types)]

    def has(self, artist: Artist) -> bool:
        """Whether no kind has taken this one."""
        return id(artist) in self._rest

    def take(self, artists: Iterable[Artist | None]) -> None:
        for artist in artists:
            self._rest.pop(id(artist), None)

    def x(self, numbers: ArrayLike, near: Near = "at") -> Column:
        """A column on the x axis."""
        return Column(floats(numbers), self.x_scale, near)

    def y(self, numbers: ArrayLike, near: Near = "at") -> Column:
        return Column(floats(numbers), self.y_scale, near)

    def stand_in_groups(self, along: str) -> None:
        """Let the numbers on the x or the y axis be the places of groups, for what is read from now on."""
        if along == "x":
            self.x_scale = replace(self.x_scale, grouped=True)
        else:
            self.y_scale = replace(self.y_scale, grouped=True)

    def value(self, numbers: ArrayLike, artist: Artist | None = None) -> Column:
        """A column that colour or size tells, named as the colour bar of `artist` is."""
        scale = self._values.get(artist) or self._values.get(None) or Scale("", "colour")
        return Column(np.asarray(numbers), scale)

    def name(self, artist: Any, colours: Any = None, *, around: bool = False) -> str:
        """What a series is called: by itself, or by the legend's name for its colour, as in `name_of`."""
        return _label(artist) or (self.name_of(colours, artist, around=around) if colours is not None else "")

    def name_of(self, colours: Any, artist: Any = None, *, around: bool = False) -> str:
        """The legend's name for a colour; empty if it has none, or if these are several.

        Nor has it one that another artist bears by itself, which the legend means, unless this `artist` looks the same
        but for its data, or lies `around` that artist, as the band of a line does.
        """
        if not self._colours:
            return ""  # whatever the colours are, of which each point may have its own
        names = {self._colours.get(key(rgba), ("", False)) for rgba in np.atleast_2d(_rgba(colours))}
        name, is_of_points = names.pop() if len(names) == 1 else ("", False)
        if is_of_points and isinstance(artist, LineCollection):
            return ""
        return name if around or _look(artist) in self._borne.get(name, [_look(artist)]) else ""


def shows_data(artist: Artist, axes: Axes) -> bool:
    """Whether an artist of `axes` shows data, and neither frames nor explains it."""
    if not artist.get_visible() or artist is axes.patch or isinstance(artist, DECORATION):
        return False
    if type(artist).__module__.startswith("mpl_toolkits.axisartist"):
        # An axis, by whose grid what is drawn may have quite another meaning.
        return type(axes.get_grid_helper()).__name__ != "GridHelperRectlinear"  # type: ignore[attr-defined]
    data = axes.transData
    match artist:
        case AxesImage():
            return True
        case Line2D():
            return np.size(artist.get_xdata(orig=False)) > 0 and any(
                artist.get_transform().contains_branch_seperately(data)
            )
        case Collection():
            return any(
                transform.contains_branch(data) for transform in (artist.get_transform(), artist.get_offset_transform())
            )
        case Rectangle():
            return bool(artist.get_width() or artist.get_height()) and _lies_in(artist, data)
        case Patch():
            return _lies_in(artist, data)
    return True


def floats(numbers: ArrayLike) -> Numbers:
    """An array of numbers with NaN where a masked array has none."""
    if isinstance(numbers, np.ma.MaskedArray) and np.ma.is_masked(numbers):
        return np.asarray(np.ma.filled(numbers.astype(float), np.nan))
    return np.asarray(numbers, dtype=float)


def _label(artist: Any) -> str:
    """The name that an artist has by itself."""
    label = plain(artist.get_label() or "")
    return "" if label.startswith("_") else label


def _look(artist: Any) -> object:
    """What tells artists of one colour apart."""
    if isinstance(artist, Line2D):
        return artist.get_linestyle(), artist.get_marker()
    return type(artist)


def _lies_in(patch: Patch, data: Transform) -> bool:
    # Without the patch's own transform, which takes most of the time of reading ten thousand bars.
    return bool(patch.get_data_transform().contains_branch(data))


def _is_cap(line: Line2D) -> bool:
    """Whether a line is the cap of an error bar, of which polar axes draw each by itself."""
    return np.size(line.get_xdata(orig=False)) == 1 and line.get_marker() in ("|", "_")


def key(rgba: Any) -> Key:
    """A colour as legends are searched for it: without the opacity, which they may leave out."""
    return tuple(np.round(np.asarray(rgba, dtype=float)[:3], 3).tolist())


def legend_colours(legends: Iterable[Legend]) -> dict[Key, tuple[str, bool]]:
    """The names that legends give to colours, and whether to points alone; none for a colour that has several."""
    names: dict[Key, dict[str, bool]] = {}
    for legend in legends:
        for handle, text in zip(legend.legend_handles, legend.get_texts(), strict=False):
            if handle is None or not handle.get_visible():
                continue
            name = plain(text.get_text())
            is_of_points = isinstance(handle, Line2D) and handle.get_linestyle() == "None"
            for getter in ("get_facecolor", "get_markerfacecolor", "get_color"):
                colour = _rgba(getattr(handle, getter, lambda: "none")())
                for found in {key(rgba) for rgba in colour if rgba[3]}:
                    own = names.setdefault(found, {})
                    own[name] = own.get(name, True) and is_of_points
    return {colour: next(iter(own.items())) for colour, own in names.items() if len(own) == 1}


def _rgba(colours: Any) -> Numbers:
    return np.asarray(to_rgba_array(colours), dtype=float).reshape(-1, 4)
