"""Spans: from where to where something is, in rows."""

from collections.abc import Iterator

import numpy as np
from matplotlib.collections import PolyCollection
from numpy.typing import NDArray

from plotgate.figure.reading.artists import Artists
from plotgate.figure.reading.kind import Kind
from plotgate.figure.reading.scale import Column, Numbers
from plotgate.figure.reading.series import Series


class Spans(Kind):
    """What `broken_barh` draws: rectangles, each from where to where along both axes."""

    name = "spans"
    chart = "Chart of spans"
    rank = 5

    def read(self, artists: Artists) -> Iterator[Series]:
        for cells in artists.of(PolyCollection):
            if not cells.get_transform().contains_branch(artists.axes.transData):
                continue
            corners = [np.asarray(path.vertices, dtype=float) for path in cells.get_paths()]
            corners = [one for one in corners if np.isfinite(one).all()]
            if not all(_is_upright(one) for one in corners):
                continue
            artists.take([cells])
            if not corners:
                continue
            low, high = (np.array([end(one, axis=0) for one in corners]) for end in (np.min, np.max))
            columns = {
                "x_low": artists.x(low[:, 0]),
                "x_high": artists.x(high[:, 0]),
                "y_low": artists.y(low[:, 1]),
                "y_high": artists.y(high[:, 1]),
            }
            rows = _row_within(low[:, 1], high[:, 1], artists.y_scale.names)
            if rows is not None:
                columns["y"] = Column(rows, artists.y_scale)
            name = artists.name(cells, cells.get_facecolor())
            yield Series(self, name, artists.x_scale.name, artists.y_scale.name, columns, ("x_low", "x_high"))

    def say(self, series: list[Series]) -> Iterator[str]:
        yield f"It has {sum(map(len, series))} spans."


def _is_upright(corners: NDArray[np.float64]) -> bool:
    """Whether these are the corners of a rectangle whose sides are along the axes."""
    if len(corners) != 5 or not np.array_equal(corners[0], corners[-1]):
        return False
    return not np.diff(corners, axis=0).all(axis=1).any()


def _row_within(low: Numbers, high: Numbers, names: dict[float, str]) -> Numbers | None:
    """The one named place that lies within each span, if each has one."""
    places = np.array(sorted(names))
    inside = (places >= low[:, None]) & (places <= high[:, None])
    return places[inside.argmax(axis=1)] if (inside.sum(axis=1) == 1).all() else None
