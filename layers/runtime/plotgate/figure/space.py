"""Axes in three dimensions: what lies beneath all that they project, and whether their colours mean numbers."""

from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import Collection
from matplotlib.colors import to_rgba
from matplotlib.patches import Patch

from plotgate.figure.counterpart import Pairs, covered
from plotgate.figure.painting import MOST_COLOURS, distinct
from plotgate.figure.perception import RGBA

Panes = list[tuple[Patch, RGBA]]
"""The walls of axes, and the colours that they had on the light page."""


def panes_of(axes: Any) -> Panes:
    """The walls of axes that are drawn, with their colours; none where axes are not in space."""
    if axes.name != "3d" or not axes._axis3don:
        return []
    shown = [axis.pane for axis in (axes.xaxis, axes.yaxis, axes.zaxis) if axis.get_visible()]
    return [(pane, to_rgba(pane.get_facecolor())) for pane in shown if pane.get_visible()]


def beneath_all(page: Pairs, panes: Panes) -> Pairs:
    """The page of axes and their walls upon it: what is projected may lie upon each."""
    upon = [pair for pane, face in panes for pair in covered(page, face, to_rgba(pane.get_facecolor()))]
    return tuple(dict.fromkeys((*page, *upon)))


def has_colours_of_numbers(axes: Axes) -> bool:
    """Whether the surfaces in axes have so many colours together that these are of a palette, as voxels' may be."""
    if len(axes.collections) < 2:
        return False  # which are looked at by themselves
    faces = [distinct(face) for part in axes.collections if len(face := Collection.get_facecolor(part))]
    return bool(faces) and len(distinct(np.concatenate(faces))) > MOST_COLOURS
