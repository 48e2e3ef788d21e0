"""The artists of one pair of axes, from which each kind takes what it knows."""

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.axes._secondary_axes import SecondaryAxis
from matplotlib.axis import Axis
from matplotlib.collections import Collection
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
)
from matplotlib.quiver import QuiverKey
from matplotlib.spines import Spine
from matplotlib.table import Table
from matplotlib.text import Text
from numpy.typing import ArrayLike

from plotgate.figure.reading.phrases import plain
from plotgate.figure.reading.scale import Column, Numbers, Scale

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
        colours: the names that legends give to colours.
        values: the name of the colour bar of a picture's numbers, by the artist that it belongs to.
    """

    def __init__(
        self,
        axes: Axes,
        scales: Sequence[Scale],
        colours: dict[Key, str],
        values: dict[Artist | None, str],
    ) -> None:
        self.axes = axes
        self.x_scale, self.y_scale, *self.others = scales
        self._colours, self._values = colours, values
        self.containers = list(axes.containers)
        self.texts = list(axes.texts)
        self._rest = {id(artist): artist for artist in axes.get_children() if self._shows_data(artist)}
        for container in self.containers:
            if isinstance(container, ErrorbarContainer):
                self.take([*container.lines[1], *container.lines[2]])  # read with what they belong to

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

    def x(self, numbers: ArrayLike, *, beside: bool = False) -> Column:
        """A column on the x axis; `beside` as in `Scale.names_at`."""
        return Column(floats(numbers), self.x_scale, beside)

    def y(self, numbers: ArrayLike, *, beside: bool = False) -> Column:
        return Column(floats(numbers), self.y_scale, beside)

    def value(self, numbers: ArrayLike, artist: Artist | None = None) -> Column:
        """A column that colour or size tells, named as the colour bar of `artist` is."""
        name = self._values.get(artist) or self._values.get(None, "")
        return Column(np.asarray(numbers), Scale(name, "colour"))

    def name(self, artist: Any, colours: Any = None) -> str:
        """What a series is called: by itself, or by the legend's name for its colour."""
        label = plain(artist.get_label() or "")
        if label and not label.startswith("_"):
            return label
        return self.name_of(colours) if colours is not None else ""

    def name_of(self, colours: Any) -> str:
        """The legend's name for a colour; empty if it has none, or if these are several."""
        names = {self._colours.get(key(rgba), "") for rgba in np.atleast_2d(_rgba(colours))}
        return names.pop() if len(names) == 1 else ""

    def _shows_data(self, artist: Artist) -> bool:
        if not artist.get_visible() or artist is self.axes.patch or isinstance(artist, DECORATION):
            return False
        data = self.axes.transData
        match artist:
            case AxesImage():
                return True
            case Line2D():
                return np.size(artist.get_xdata(orig=False)) > 0 and any(
                    artist.get_transform().contains_branch_seperately(data)
                )
            case Collection():
                return any(
                    transform.contains_branch(data)
                    for transform in (artist.get_transform(), artist.get_offset_transform())
                )
            case Rectangle():
                return bool(artist.get_width() or artist.get_height()) and artist.get_transform().contains_branch(data)
            case Patch():
                return artist.get_transform().contains_branch(data)
        return True


def floats(numbers: ArrayLike) -> Numbers:
    """An array of numbers with NaN where a masked array has none."""
    if isinstance(numbers, np.ma.MaskedArray) and np.ma.is_masked(numbers):
        return np.asarray(np.ma.filled(numbers.astype(float), np.nan))
    return np.asarray(numbers, dtype=float)


def key(rgba: Any) -> Key:
    """A colour as legends are searched for it: without the opacity, which they may leave out."""
    return tuple(np.round(np.asarray(rgba, dtype=float)[:3], 3).tolist())


def legend_colours(legends: Iterable[Legend]) -> dict[Key, str]:
    """The names that legends give to colours; none for a colour that has several."""
    names: dict[Key, set[str]] = {}
    for legend in legends:
        for handle, text in zip(legend.legend_handles, legend.get_texts(), strict=False):
            if handle is None or not handle.get_visible():
                continue
            for getter in ("get_facecolor", "get_markerfacecolor", "get_color"):
                colour = _rgba(getattr(handle, getter, lambda: "none")())
                for found in {key(rgba) for rgba in colour if rgba[3]}:
                    names.setdefault(found, set()).add(plain(text.get_text()))
    return {colour: found.pop() for colour, found in names.items() if len(found) == 1}


def _rgba(colours: Any) -> Numbers:
    return np.asarray(to_rgba_array(colours), dtype=float).reshape(-1, 4)
