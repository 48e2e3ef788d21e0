"""Points strewn around the numbers that they belong to, as seaborn's strips and swarms with `native_scale=True`."""

from itertools import pairwise
from typing import Literal

import numpy as np
from matplotlib.collections import PathCollection

from plotgate.figure.reading.artists import Artists, floats
from plotgate.figure.reading.scale import Numbers

ABOVE = 3.0  # the zorder that seaborn gives to strips and swarms, and matplotlib to no points
WIDEST = 0.85  # of the distance between two of their middles

Along = Literal["x", "y", ""]


def strewn_along(artists: Artists) -> Along:
    """The axis along which points have no place of their own, if there is one.

    Each of their groups is an artist, and lies apart from the others. Where its middle was, nothing tells.
    """
    groups = [
        floats(points.get_offsets()).reshape(-1, 2)
        for points in artists.of(PathCollection)
        if points.get_zorder() == ABOVE and len(points.get_offsets())
    ]
    for column, along in ((0, artists.x_scale), (1, artists.y_scale)):
        if not along.names and not along.times and _lie_apart([group[:, column] for group in groups]):
            return "x" if column == 0 else "y"
    return ""


def _lie_apart(groups: list[Numbers]) -> bool:
    known = [group[np.isfinite(group)] for group in groups]
    spans = sorted((float(group.min()), float(group.max())) for group in known if len(group))
    if len(spans) < 2 or all(low == high for low, high in spans):
        return False
    return all(
        before[1] < after[0]
        and max(before[1] - before[0], after[1] - after[0]) < WIDEST * (sum(after) - sum(before)) / 2
        for before, after in pairwise(spans)
    )
