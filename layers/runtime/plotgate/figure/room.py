"""Whether a figure has room for all that is in it."""

import numpy as np
from matplotlib.axis import Axis
from matplotlib.figure import Figure
from matplotlib.gridspec import SubplotSpec

from plotgate.figure.crowding import crowded

LEAST_AXES = 0.4  # of its share of the picture: as much is left for the data, in width and in height


def fits(figure: Figure) -> bool:
    """Whether all of the figure is on the canvas, no label covers another, and the axes have their share of it."""
    if excess(figure) > 1:
        return False
    if any(crowded(axis) for axis in ticked_axes(figure)):
        return False
    for axes in figure.axes:
        place, box = axes.get_subplotspec(), axes.get_position()
        if axes.get_in_layout() and place is not None and place.get_gridspec() is figure.axes[0].get_gridspec():
            width, height = _share(place)
            shares = (box.width / width, box.height / height)
            if (min(shares) if axes.get_aspect() == "auto" else max(shares)) < LEAST_AXES:
                return False
    return True


def excess(figure: Figure) -> float:
    """By how many pixels the figure reaches over its canvas at most."""
    drawn, canvas = figure.get_tightbbox(), figure.bbox_inches
    return float(-min(drawn.x0, drawn.y0, canvas.x1 - drawn.x1, canvas.y1 - drawn.y1) * figure.dpi)


def ticked_axes(figure: Figure) -> list[Axis]:
    """The axes along which tick labels stand in a row, of those in space the third too."""
    return [
        axis
        for axes in figure.axes
        if axes.get_visible() and axes.name in ("rectilinear", "3d") and getattr(axes, "_axis3don", axes.axison)
        for axis in (axes.xaxis, axes.yaxis, getattr(axes, "zaxis", None))
        if axis is not None
    ]


def _share(place: SubplotSpec) -> tuple[float, float]:
    """What a place has of its grid, in width and in height, by the grid's own ratios."""
    grid = place.get_gridspec()
    widths, heights = np.array(grid.get_width_ratios()), np.array(grid.get_height_ratios())
    columns, rows = slice(place.colspan.start, place.colspan.stop), slice(place.rowspan.start, place.rowspan.stop)
    return float(widths[columns].sum() / widths.sum()), float(heights[rows].sum() / heights.sum())
