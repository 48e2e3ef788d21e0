"""Where an artist has its ink: points in pixels, as few as tell what lies beneath it."""

from typing import Any

import numpy as np
from matplotlib.artist import Artist
from matplotlib.collections import Collection
from matplotlib.colors import to_rgba
from matplotlib.lines import Line2D
from matplotlib.patches import FancyArrowPatch, Patch
from matplotlib.path import Path
from matplotlib.text import Text
from matplotlib.transforms import BboxBase
from numpy.typing import NDArray

Points = NDArray[Any]

MOST = 32
MOST_PATHS = 100
SHARES: Points = np.linspace(0, 1, MOST)[:, None]
STEPS = np.array([0.1, 0.3, 0.5, 0.7, 0.9])
ALL_OVER: Points = np.stack(np.meshgrid(STEPS, STEPS), axis=-1).reshape(-1, 2)
LETTERS = np.stack(np.meshgrid(np.linspace(0.08, 0.92, 7), [0.3, 0.5, 0.7]), axis=-1).reshape(-1, 2)
MIDDLE = np.array([[0.4, 0.5], [0.5, 0.5], [0.6, 0.5]])
NOWHERE = np.empty((0, 2))


class Ink:
    """The ink of a figure's artists."""

    def __init__(self) -> None:
        self._path: tuple[Patch, Path] | None = None  # asked for as ink, and again as a ground

    def points_of(self, artist: Artist) -> Points:
        """Points of an artist, those outside of its clip box left out."""
        match artist:
            case Line2D():
                points = artist.get_transform().transform(_some(artist.get_path().vertices))
                if artist.get_linestyle() != "None":
                    points = along(points)
            case Patch():
                return self._points_of_patch(artist)
            case Text():
                return _points_of_text(artist)
            case Collection():
                points = _points_of_collection(artist)
            case _:
                points = within(artist.get_window_extent().get_points())
        return self._clipped(artist, points)

    def clip_of(self, artist: Artist) -> Points | None:
        """The corners of an artist's clip box."""
        box = artist.get_clip_box() if artist.get_clip_on() else None
        return None if box is None else box.get_points()

    def pixels_of(self, patch: Patch) -> Path:
        """The path of a patch in pixels."""
        if self._path is None or self._path[0] is not patch:
            self._path = patch, patch.get_transform().transform_path(patch.get_path())
        return self._path[1]

    def _points_of_patch(self, patch: Patch) -> Points:
        vertices: Any = self.pixels_of(patch).vertices
        if isinstance(patch, FancyArrowPatch) or not to_rgba(patch.get_facecolor())[3]:
            return self._clipped(patch, along(_some(vertices)))
        if not np.isfinite(vertices).all():
            vertices = vertices[np.isfinite(vertices).all(axis=1)]
        if not len(vertices):
            return NOWHERE
        corners, clip = np.array([vertices.min(axis=0), vertices.max(axis=0)]), self.clip_of(patch)
        if clip is not None:
            corners = np.array([np.maximum(corners[0], clip[0]), np.minimum(corners[1], clip[1])])
        return within(corners)

    def _clipped(self, artist: Artist, points: Points) -> Points:
        clip = self.clip_of(artist)
        if clip is None:
            return points
        found: Points = points[((points >= clip[0] - 1) & (points <= clip[1] + 1)).all(axis=1)]  # so no NaN either
        return found


def within(corners: Points) -> Points:
    """Points all over the box with two opposite corners."""
    found: Points = ALL_OVER * (corners[1] - corners[0]) + corners[0]
    return found


def around(box: BboxBase, distance: float) -> Points:
    """Points around a box, outside of it by so many pixels."""
    wide = box.padded(distance)
    corners = [[wide.x0, wide.y0], [wide.x1, wide.y0], [wide.x1, wide.y1], [wide.x0, wide.y1], [wide.x0, wide.y0]]
    return along(np.array(corners))


def along(corners: Points, count: int = MOST) -> Points:
    """Points at the same distance from each other along a line."""
    if len(corners) == 2 and count == MOST:
        straight: Points = corners[0] + SHARES * (corners[1] - corners[0])
        return straight
    corners = corners[np.isfinite(corners).all(axis=1)]
    if len(corners) < 2:
        return corners
    length = np.concatenate([[0], np.cumsum(np.hypot(*np.diff(corners, axis=0).T))])
    where = np.linspace(0, length[-1], count)
    return np.column_stack([np.interp(where, length, corners[:, 0]), np.interp(where, length, corners[:, 1])])


def _points_of_text(text: Text) -> Points:
    box, angle = Text.get_window_extent(text), text.get_rotation()  # an annotation's has its arrow
    shares = LETTERS if angle % 180 == 0 else LETTERS[:, ::-1] if angle % 90 == 0 else MIDDLE
    return shares * box.size + box.min


def _points_of_collection(collection: Collection) -> Points:
    offsets = np.ma.filled(np.ma.asarray(collection.get_offsets(), float), np.nan)
    if len(offsets) > 1 or offsets.any():
        found: Points = collection.get_offset_transform().transform(_some(offsets))
        return found
    paths: Any = collection.get_paths()
    paths = paths[:: -(-len(paths) // MOST_PATHS)] if len(paths) else paths
    each = max(2, 2 * MOST // max(1, len(paths)))
    transform = collection.get_transform()
    parts = [along(transform.transform(_some(path.vertices)), each) for path in paths if len(path.vertices)]
    return np.concatenate(parts) if parts else NOWHERE


def _some(points: Any) -> Any:
    """A part of many points."""
    found = np.asarray(points, float)
    return found if len(found) < 8 * MOST else found[:: len(found) // (4 * MOST)]
