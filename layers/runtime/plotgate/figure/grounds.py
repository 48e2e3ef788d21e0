"""What lies beneath an artist and keeps its colours on a dark page: images, maps of colour, coloured areas."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from matplotlib.artist import Artist
from matplotlib.collections import Collection, PathCollection, PolyCollection
from matplotlib.colors import to_rgba_array
from matplotlib.image import AxesImage
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.path import Path
from matplotlib.text import Text
from matplotlib.transforms import Bbox
from numpy.typing import NDArray

from plotgate.figure.perception import RGB

MOSTLY = 0.9  # of an artist's points: as many lie upon a ground that it is upon
OPAQUE = 0.5


@dataclass(frozen=True)
class Ground:
    """An area in pixels: a box, and the paths in it unless it fills the box; its colour, None if it has many."""

    box: Bbox
    paths: Sequence[Path] | None
    colour: RGB | None

    def holds(self, points: NDArray[Any]) -> bool:
        """Whether `points` lie upon it, or most of them do."""
        (x, y), box = points.T, self.box
        inside = (box.x0 - 1 <= x) & (x <= box.x1 + 1) & (box.y0 - 1 <= y) & (y <= box.y1 + 1)
        if inside.mean() < MOSTLY or self.paths is None:
            return bool(inside.mean() >= MOSTLY)
        return bool(np.any([path.contains_points(points) for path in self.paths], axis=0).mean() >= MOSTLY)


def ground_of(artist: Artist) -> Ground | None:
    """The ground that an artist is for those above it."""
    if isinstance(artist, AxesImage):
        return Ground(artist.get_window_extent(), None, None)
    if isinstance(artist, Collection) and not isinstance(artist, PathCollection):
        faces = to_rgba_array(artist.get_facecolor())
        if artist.get_array() is not None:
            return Ground(_box(artist), None, None) if len(faces) else None
        if isinstance(artist, PolyCollection) and len(faces) == 1 and faces[0, 3] >= OPAQUE:
            paths = [artist.get_transform().transform_path(path) for path in artist.get_paths()]
            return Ground(_box(artist), paths, _rgb(faces[0]))
    if isinstance(artist, Patch) and artist.get_fill():
        face = to_rgba_array(artist.get_facecolor())[0]
        if face[3] >= OPAQUE:
            path = artist.get_transform().transform_path(artist.get_path())
            return Ground(path.get_extents(), [path], _rgb(face))
    return None


def points_of(artist: Artist) -> NDArray[Any]:
    """Points of an artist in pixels."""
    if isinstance(artist, Line2D):
        points = artist.get_transform().transform(np.column_stack(artist.get_data(orig=False)))
    elif isinstance(artist, PathCollection):
        points = artist.get_offset_transform().transform(
            np.ma.filled(np.ma.asarray(artist.get_offsets(), float), np.nan)
        )
    else:
        box = artist.get_window_extent()
        if isinstance(artist, Text):
            box = box.shrunk(0.5, 0.5).anchored("C", box)  # letters do not fill it
        points = np.array([[box.x0, box.y0], [box.x0, box.y1], [box.x1, box.y0], [box.x1, box.y1]])
    found: NDArray[Any] = points[np.isfinite(points).all(axis=1)]
    return found


def _box(collection: Collection) -> Bbox:
    axes: Any = collection.axes
    box = Bbox.intersection(collection.get_window_extent(), axes.bbox)
    return box if box is not None else Bbox.null()


def _rgb(rgba: NDArray[Any]) -> RGB:
    red, green, blue = rgba[:3].tolist()
    return red, green, blue
