"""Heatmaps and images: a number for each cell of a grid."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import numpy as np
from matplotlib.artist import Artist
from matplotlib.collections import PolyQuadMesh, QuadMesh
from matplotlib.colors import ListedColormap
from matplotlib.image import AxesImage, NonUniformImage
from numpy.typing import NDArray

from plotgate.figure.reading.artists import Artists, floats
from plotgate.figure.reading.kind import Kind
from plotgate.figure.reading.phrases import shortened
from plotgate.figure.reading.series import Series

if TYPE_CHECKING:
    from plotgate.figure.reading.panels import Panel


FEW_COLOURS = 64


class Cells(Kind):
    """Grids of numbers told by colour, as `pcolormesh`, `imshow`, `hist2d` and seaborn's `heatmap` draw them."""

    name = "cells"
    chart = "Heatmap"
    rank = 8

    def read(self, artists: Artists) -> Iterator[Series]:
        for artist in artists.of(QuadMesh, PolyQuadMesh, AxesImage):
            if _are_colours(artist):
                artists.take([artist])
                continue
            grid = _image(artist) if isinstance(artist, AxesImage) else _mesh(artist)
            if grid is None:
                continue
            x, y, values = grid
            artists.take([artist])
            known = np.isfinite(values)
            if not known.all():  # else nothing is copied: an image may have millions of cells
                x, y, values = x[known], y[known], values[known]
            if values.size and len(artists.texts) >= values.size / 2:
                artists.texts = []  # the numbers, written into their cells
            columns = {"x": artists.x(x), "y": artists.y(y), "value": artists.value(values, artist)}
            yield Series(self, "", artists.x_scale.name, artists.y_scale.name, columns)

    def say(self, series: list[Series]) -> Iterator[str]:
        if len(series) > 1:
            return
        (cells,) = series
        values = cells.columns["value"].numbers
        bottom, top = int(values.argmin()), int(values.argmax())
        if (said := cells.columns["value"].said(top)) == cells.columns["value"].said(bottom):
            near = "" if values.flat[top] == values.flat[bottom] else "near "
            yield f"The value is {near}{said} in all cells."
            return

        def at(index: int) -> str:
            place = f"{shortened(cells.columns['x'].said(index))} and {shortened(cells.columns['y'].said(index))}"
            times = np.count_nonzero(values == values.flat[index])
            return f"{cells.columns['value'].said(index)} ({place if times == 1 else f'in {times} cells'})"

        yield f"The highest value is {at(top)}, the lowest {at(bottom)}."

    def compare(self, panels: "list[tuple[Panel, list[Series]]]") -> str:
        highest = [
            (span[1], panel.title, cells.columns["value"])
            for panel, series in panels
            for cells in series
            if (span := cells.columns["value"].span())
        ]
        if not highest or any(not column.is_told for _, _, column in highest):
            return ""
        most, where, column = max(highest, key=lambda triple: triple[0])
        once = len(highest) > 1 and where and [value for value, _, _ in highest].count(most) == 1
        return f"The highest value is {column.told(most)}{f', in {shortened(where)}' if once else ''}."


def _are_colours(artist: Any) -> bool:
    """Whether numbers only choose among a few colours, as those beside seaborn's `clustermap` do."""
    few = isinstance(artist.cmap, ListedColormap) and artist.cmap.N <= FEW_COLOURS
    values = artist.get_array()
    if not few or artist.colorbar is not None or values is None or np.ndim(values) == 3:
        return False
    found = np.unique(np.ma.compressed(np.ma.masked_invalid(values)))
    return np.array_equal(found, np.arange(artist.cmap.N))


Grid = tuple[NDArray[Any], NDArray[Any], NDArray[Any]]


def _mesh(mesh: QuadMesh | PolyQuadMesh) -> Grid | None:
    corners = np.asarray(mesh.get_coordinates(), dtype=float)
    centres = (corners[:-1, :-1] + corners[1:, :-1] + corners[:-1, 1:] + corners[1:, 1:]) / 4
    array: Any = mesh.get_array()
    if np.size(array) == corners[..., 0].size:  # Gouraud shading: a number for each corner
        centres = corners
    if array is None or np.size(array) != centres[..., 0].size:  # colours
        return None
    values = _known(array).reshape(centres.shape[:2])
    return centres[..., 0], centres[..., 1], values


def _image(image: AxesImage) -> Grid | None:
    values = image.get_array()
    if values is None or np.ndim(values) != 2 or isinstance(image, NonUniformImage) or not _is_upright(image):
        return None
    rows, columns = np.shape(values)
    left, right, bottom, top = image.get_extent()
    first, last = (top, bottom) if image.origin == "upper" else (bottom, top)
    x = left + (right - left) * (np.arange(columns) + 0.5) / columns
    y = first + (last - first) * (np.arange(rows) + 0.5) / rows
    return np.broadcast_to(x, (rows, columns)), np.broadcast_to(y[:, None], (rows, columns)), _known(values)


def _is_upright(image: Artist) -> bool:
    assert image.axes is not None  # noqa: S101 - what is drawn has them
    return image.get_transform() == image.axes.transData


def _known(values: Any) -> NDArray[Any]:
    """Numbers with NaN where there is none; not copied where all are there."""
    return floats(values) if np.ma.is_masked(values) or values.dtype.kind == "b" else np.asarray(values)
