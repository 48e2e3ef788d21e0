"""What lies beneath an artist: a figure as far as it is drawn, in the colours of the light page and of the dark one."""

from typing import Any

import numpy as np
from matplotlib.artist import Artist
from matplotlib.backends.backend_agg import RendererAgg
from matplotlib.collections import Collection, LineCollection, PathCollection
from matplotlib.figure import Figure
from matplotlib.path import Path
from matplotlib.transforms import Affine2D, Bbox, IdentityTransform
from numpy.typing import NDArray

from plotgate.figure.counterpart import PAPER, WHITE, Pairs
from plotgate.figure.perception import RGB, RGBA

Points = NDArray[Any]

LARGE = 80  # square points: smaller markers are no ground for anything
CURVES = {int(Path.CURVE3), int(Path.CURVE4)}
RARE = 0.08  # of the points: what lies beneath fewer of them is touched, and no ground
MOST_COLOURS = 8


class Grounds:
    """Two canvases with all of a figure that has an area, without lines and letters."""

    def __init__(self, figure: Figure) -> None:
        width, height = (max(1, round(float(side))) for side in figure.bbox.size)
        agg: Any = RendererAgg
        self._canvases = [agg(width, height, figure.dpi) for _ in range(2)]
        # Each pixel as a number, its red the lowest of four bytes.
        pixels = (np.asarray(canvas.buffer_rgba()).view("<u4")[..., 0] for canvas in self._canvases)
        self._light, self._dark = pixels
        self._waiting: list[Artist] = []
        self._where: Bbox | None = None  # all that waits is in it
        self.changes = 0  # how often something was filled or drawn
        whole = Path.unit_rectangle().transformed(Affine2D().scale(width, height))
        self.fill(whole, None, (*WHITE, 1.0), (*PAPER, 1.0))

    def fill(self, path: Path, clip: Points | None, on_light: RGBA, on_dark: RGBA) -> None:
        """Fill a path, whose vertices are pixels, within the box with two opposite corners."""
        self.changes += 1
        corners = _corners(path)
        if self._waiting:
            self._draw_waiting(path.get_extents())
        if corners is not None and on_light[3] == on_dark[3] == 1:  # as fast as there may be many
            if clip is not None:
                corners = np.array([np.maximum(corners[0], clip[0]), np.minimum(corners[1], clip[1])])
            (left, bottom), (right, top) = np.maximum(corners, 0).round().astype(int).tolist()
            height = len(self._light)
            place = slice(max(0, height - top), max(0, height - bottom)), slice(left, right)
            self._light[place], self._dark[place] = _pixel(on_light), _pixel(on_dark)
            return
        for canvas, colour in zip(self._canvases, (on_light, on_dark), strict=True):
            context = canvas.new_gc()
            context.set_linewidth(0)
            context.set_antialiased(False)
            if clip is not None:
                context.set_clip_rectangle(Bbox(clip))
            canvas.draw_path(context, path, IdentityTransform(), colour)

    def draw(self, artist: Artist, *, dark: bool) -> None:
        """Draw an artist as it is now upon one of the canvases."""
        self.changes += 1
        self._draw_waiting(artist.get_window_extent())
        artist.draw(self._canvases[dark])

    def place(self, artist: Artist) -> None:
        """Let the parts of an artist take their places, which is done where it is drawn."""
        canvas = self._canvases[0]
        with canvas._draw_disabled():
            artist.draw(canvas)

    def draw_later(self, artist: Artist) -> None:
        """Draw an artist that looks the same on both pages, if ever something lies upon it."""
        self.changes += 1
        self._waiting.append(artist)
        where = artist.get_window_extent()
        self._where = Bbox.union([self._where, where]) if self._where is not None else where

    def at(self, points: Points, share: float = 1) -> Pairs:
        """What lies beneath the `points`, given in pixels, or beneath a share of them; nothing outside of the canvas.

        What lies beneath most of them comes first.
        """
        height, width = self._light.shape
        columns, rows = points[:, 0], height - points[:, 1]
        inside = (columns >= 0) & (columns < width) & (rows >= 0) & (rows < height)
        columns, rows = columns[inside].astype(int), rows[inside].astype(int)
        if not len(columns):
            return ()
        if self._waiting:
            self._draw_waiting(Bbox([[columns.min(), height - rows.max()], [columns.max(), height - rows.min()]]))
        both = self._light[rows, columns].astype(np.uint64) << np.uint64(32) | self._dark[rows, columns]
        found = both[:1]
        if (both != found).any():
            found, counts = np.unique(both, return_counts=True)
            often = np.argsort(-counts, kind="stable")[:MOST_COLOURS]
            before = np.concatenate([[0], counts[often].cumsum()[:-1]])
            often = often[(before == 0) | ((counts[often] >= RARE * len(both)) & (before < share * len(both)))]
            found = found[often]
        return tuple((_rgb(pair >> 32), _rgb(pair & 0xFFFFFFFF)) for pair in found.tolist())

    def _draw_waiting(self, where: Bbox) -> None:
        if self._where is not None and self._where.overlaps(where):
            for artist in self._waiting:
                for canvas in self._canvases:
                    artist.draw(canvas)
            self._waiting, self._where = [], None


def is_ground(collection: Collection) -> bool:
    """Whether a collection has areas that something may lie upon."""
    if isinstance(collection, LineCollection) or not len(collection.get_facecolor()):
        return False
    if isinstance(collection, PathCollection):
        sizes = collection.get_sizes()
        return len(sizes) > 0 and float(np.max(sizes)) >= LARGE
    return True


def _rgb(pixel: int) -> RGB:
    return (pixel & 255) / 255, (pixel >> 8 & 255) / 255, (pixel >> 16 & 255) / 255


def _pixel(colour: RGBA) -> int:
    red, green, blue, alpha = (round(255 * part) for part in colour)
    return red | green << 8 | blue << 16 | alpha << 24


def _corners(path: Path) -> Points | None:
    """Two opposite corners of a path that is a box."""
    vertices: Any = path.vertices
    codes: Any = path.codes
    if len(vertices) not in (4, 5) or (codes is not None and CURVES & set(codes.tolist())):
        return None
    (x0, y0), second, (x1, y1), fourth = vertices.tolist()[:4]
    if ([x1, y0], [x0, y1]) not in ((second, fourth), (fourth, second)):
        return None
    low, high = vertices[0], vertices[2]
    return np.array([np.minimum(low, high), np.maximum(low, high)])
