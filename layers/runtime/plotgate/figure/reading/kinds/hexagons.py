"""Hexagons: a number for each cell of a honeycomb."""

from collections.abc import Iterator

import numpy as np
from matplotlib.collections import PolyCollection

from plotgate.figure.reading.artists import Artists, floats
from plotgate.figure.reading.kind import Kind
from plotgate.figure.reading.series import Series


class Hexagons(Kind):
    """What `hexbin` draws on linear axes: the centre of each hexagon and its number, such as a count."""

    name = "hexagons"
    chart = "Hexbin plot"
    rank = 8

    def read(self, artists: Artists) -> Iterator[Series]:
        for cells in artists.of(PolyCollection):
            centres, values, paths = floats(cells.get_offsets()).reshape(-1, 2), cells.get_array(), cells.get_paths()
            if values is None or len(paths) != 1 or len(paths[0].vertices) != 7 or np.size(values) != len(centres):
                continue
            artists.take([cells])
            columns = {
                "x": artists.x(centres[:, 0]),
                "y": artists.y(centres[:, 1]),
                "value": artists.value(floats(values), cells),
            }
            yield Series(self, "", artists.x_scale.name, artists.y_scale.name, columns)

    def say(self, series: list[Series]) -> Iterator[str]:
        (cells, *others) = series
        values = cells.columns["value"].numbers
        if others or not np.isfinite(values).any():
            return
        top = int(np.nanargmax(values))
        if np.count_nonzero(values == values[top]) == 1:
            x, y = cells.columns["x"].said(top), cells.columns["y"].said(top)
            yield f"The highest value is {cells.columns['value'].said(top)}, in the hexagon around {x} and {y}."
