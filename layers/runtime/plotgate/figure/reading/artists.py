"""The marks of axes: each artist that shows data, as arrays."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.collections import Collection, LineCollection, PathCollection, PolyCollection, QuadMesh
from matplotlib.colors import to_rgba_array
from matplotlib.container import BarContainer
from matplotlib.contour import ContourSet
from matplotlib.image import AxesImage
from matplotlib.lines import Line2D
from matplotlib.patches import StepPatch, Wedge
from numpy.typing import ArrayLike, NDArray

Numbers = NDArray[np.float64]


@dataclass(frozen=True)
class Mark:
    """Data of one artist, in numbers of its axes; `x` and `y` are None where it is not placed by data."""

    kind: str
    name: str
    x: Numbers | None
    y: Numbers | None
    value: Numbers | None = None
    colours: Numbers = field(default_factory=lambda: np.empty((0, 4)))  # RGBA: one for all, or one for each


def marks(axes: Axes) -> Iterator[Mark]:
    """The marks of `axes` from the lowest to the topmost artist of each kind; what is no data is left out."""
    for container in axes.containers:
        if isinstance(container, BarContainer) and len(container):
            yield _bars(container)
    for artist in axes.get_children():
        if artist is not axes.patch and artist.get_visible() and (mark := _mark(axes, artist)) is not None:
            yield mark


def _mark(axes: Axes, artist: Artist) -> Mark | None:
    match artist:
        case Line2D():
            return _line(axes, artist)
        case QuadMesh():
            corners = np.asarray(artist.get_coordinates(), dtype=float)
            centres = (corners[:-1, :-1] + corners[1:, :-1] + corners[:-1, 1:] + corners[1:, 1:]) / 4
            return _cells(artist, centres[..., 0], centres[..., 1])
        case AxesImage():
            return _image(artist)
        case ContourSet():
            return _contours(artist)
        case Collection():
            return _collection(axes, artist)
        case StepPatch():
            values, edges, _ = artist.get_data()
            middles = (np.asarray(edges)[:-1] + np.asarray(edges)[1:]) / 2
            return Mark("bars", _label(artist), middles, np.asarray(values, dtype=float))
        case Wedge():
            share = np.array([(artist.theta2 - artist.theta1) / 360])
            return Mark("wedges", _label(artist), None, None, share)
    return None


def _label(artist: Any) -> str:
    label = str(artist.get_label())
    return "" if label.startswith("_") else label


def _line(axes: Axes, line: Line2D) -> Mark | None:
    x, y = (np.ma.filled(np.ma.asarray(data, dtype=float), np.nan) for data in line.get_data(orig=False))
    by_x, by_y = line.get_transform().contains_branch_seperately(axes.transData)
    if not len(x) or not (by_x or by_y):
        return None
    if not (by_x and by_y):  # a line right across, such as axhline's
        x, y = x[:1], y[:1]
    has_line = line.get_linestyle() not in ("None", "", " ")
    kind = "line" if has_line else "points"
    return Mark(kind, _label(line), x if by_x else None, y if by_y else None, None, to_rgba_array(line.get_color()))


def _bars(container: BarContainer) -> Mark:
    upright = container.orientation != "horizontal"
    heights = np.asarray(container.datavalues, dtype=float)
    boxes = [bar.get_bbox() for bar in container.patches]
    middles = np.array([(box.x0 + box.x1) / 2 if upright else (box.y0 + box.y1) / 2 for box in boxes])
    x, y = (middles, heights) if upright else (heights, middles)
    return Mark("bars", _label(container), x, y, None, to_rgba_array(container.patches[0].get_facecolor()))


def _cells(artist: Any, x: Numbers, y: Numbers) -> Mark | None:
    values = np.ma.filled(np.ma.asarray(artist.get_array(), dtype=float), np.nan)
    if values.size != x.size:  # colours, or one value for each corner
        return None
    known = np.isfinite(values.ravel())
    return Mark("cells", "", x.ravel()[known], y.ravel()[known], values.ravel()[known])


def _image(image: AxesImage) -> Mark | None:
    values = image.get_array()
    if values is None or np.ndim(values) != 2:
        return None
    rows, columns = np.shape(values)
    left, right, bottom, top = image.get_extent()
    first, last = (top, bottom) if image.origin == "upper" else (bottom, top)
    x = left + (right - left) * (np.arange(columns) + 0.5) / columns
    y = first + (last - first) * (np.arange(rows) + 0.5) / rows
    return _cells(image, *np.meshgrid(x, y))


def _contours(contours: ContourSet) -> Mark:
    bounds = np.asarray(contours.levels, dtype=float)
    levels = (bounds[:-1] + bounds[1:]) / 2 if contours.filled else bounds
    points = [np.asarray(path.vertices, dtype=float) for path in contours.get_paths()]
    values = np.concatenate([np.full(len(part), level) for level, part in zip(levels, points, strict=True)])
    places = np.concatenate(points)
    return Mark("contours", "", places[:, 0], places[:, 1], values)


def _collection(axes: Axes, collection: Collection) -> Mark | None:
    colours = np.atleast_2d(np.asarray(collection.get_facecolor(), dtype=float))
    offsets = np.ma.filled(np.ma.asarray(collection.get_offsets(), dtype=float), np.nan).reshape(-1, 2)
    if collection.get_offset_transform().contains_branch(axes.transData) and isinstance(
        collection, PathCollection | PolyCollection
    ):
        known = np.isfinite(offsets).all(axis=1)
        values = _array(collection.get_array(), len(offsets))
        if len(colours) == len(offsets):
            colours = colours[known]
        value = values[known] if values is not None else None
        return Mark("points", _label(collection), offsets[known, 0], offsets[known, 1], value, colours)
    if not isinstance(collection, LineCollection | PolyCollection) or not collection.get_transform().contains_branch(
        axes.transData
    ):
        return None
    paths = [np.asarray(path.vertices, dtype=float) for path in collection.get_paths()]
    if not paths or not sum(map(len, paths)):
        return None
    places = np.concatenate(paths)
    if isinstance(collection, LineCollection):
        colours = np.atleast_2d(np.asarray(collection.get_color(), dtype=float))
        return Mark("segments", _label(collection), places[:, 0], places[:, 1], None, colours)
    return Mark("area", _label(collection), places[:, 0], places[:, 1], None, colours)


def _array(values: ArrayLike | None, count: int) -> Numbers | None:
    if values is None or np.size(values) != count:
        return None
    return np.ma.filled(np.ma.asarray(values, dtype=float), np.nan).ravel()
