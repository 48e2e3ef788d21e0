"""Dendrograms: what is merged with what, and at which distance."""

from collections.abc import Iterator

import numpy as np
from matplotlib.collections import LineCollection

from plotgate.figure.reading.artists import Artists
from plotgate.figure.reading.kind import Kind
from plotgate.figure.reading.phrases import number
from plotgate.figure.reading.scale import Column, Numbers, Scale
from plotgate.figure.reading.series import Series


class Dendrograms(Kind):
    """Brackets, one for each merger, as scipy's `dendrogram` and seaborn's `clustermap` draw them."""

    name = "merger"
    chart = "Dendrogram"
    rank = 5

    def read(self, artists: Artists) -> Iterator[Series]:
        collections = [lines for lines in artists.of(LineCollection) if lines.get_paths()]
        brackets = [(lines, _brackets(lines)) for lines in collections]
        if not brackets or any(found is None for _, found in brackets):
            return
        artists.take([lines for lines, _ in brackets])
        found = np.concatenate([one for _, one in brackets if one is not None])
        columns = {"height": Column(np.abs(found), Scale(""))}
        yield Series(self, "", artists.x_scale.name, artists.y_scale.name, columns, ())

    def say(self, series: list[Series]) -> Iterator[str]:
        heights = np.concatenate([one.columns["height"].numbers for one in series])
        low, high = number(heights.min()), number(heights.max())
        count = len(heights)
        if count > 1:
            yield f"It has {count} mergers, at distances from {low} to {high}."


def _brackets(lines: LineCollection) -> Numbers | None:
    """The height of each bracket; None where one line is none: up, across, and down again."""
    paths = [np.asarray(path.vertices, dtype=float) for path in lines.get_paths()]
    if any(path.shape != (4, 2) for path in paths):
        return None
    for along, across in ((0, 1), (1, 0)):
        ends = np.array(paths)
        x, y = ends[:, :, along], ends[:, :, across]
        if (x[:, 0] == x[:, 1]).all() and (y[:, 1] == y[:, 2]).all() and (x[:, 2] == x[:, 3]).all():
            return y[:, 1]
    return None
