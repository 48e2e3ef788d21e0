"""Many lines in one artist: `hlines`, `vlines`, and collections of lines."""

from collections.abc import Iterator

import numpy as np
from matplotlib.collections import LineCollection

from plotgate.figure.reading.artists import Artists
from plotgate.figure.reading.kind import Kind
from plotgate.figure.reading.scale import Column, Scale
from plotgate.figure.reading.series import Series


class Segments(Kind):
    """The vertices of each line of a collection; its table numbers the lines in a column of its own."""

    name = "segments"
    chart = "Chart"

    def read(self, artists: Artists) -> Iterator[Series]:
        for lines in artists.of(LineCollection):
            if not lines.get_transform().contains_branch(artists.axes.transData):
                continue
            artists.take([lines])
            paths = [np.asarray(path.vertices, dtype=float) for path in lines.get_paths()]
            places = np.concatenate(paths) if paths else np.empty((0, 2))
            numbers = np.repeat(np.arange(1, len(paths) + 1), [len(path) for path in paths])
            columns = {"x": artists.x(places[:, 0]), "y": artists.y(places[:, 1])}
            columns["segment"] = Column(numbers, Scale(""))
            values = lines.get_array()
            if values is not None and np.size(values) == len(paths):
                columns["value"] = artists.value(np.ravel(values)[numbers - 1], lines)
            name = artists.name(lines, lines.get_color())
            yield Series(self, name, artists.x_scale.name, artists.y_scale.name, columns)
