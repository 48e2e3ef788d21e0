"""Contours: the levels that are drawn."""

from collections.abc import Iterator

import numpy as np
from matplotlib.contour import ContourSet

from plotgate.figure.reading.artists import Artists
from plotgate.figure.reading.kind import Kind
from plotgate.figure.reading.scale import Column
from plotgate.figure.reading.series import Series


class Contours(Kind):
    """Lines of equal value and the bands between them. Their outlines are drawing, not data: only levels are read."""

    name = "contours"
    chart = "Contour plot"
    rank = 7

    def read(self, artists: Artists) -> Iterator[Series]:
        for contours in artists.of(ContourSet):
            artists.take([contours])
            x_name, y_name = artists.x_scale.name, artists.y_scale.name
            scale = artists.value([], contours).scale.amount()
            drawn = np.array([len(path.vertices) > 0 for path in contours.get_paths()], dtype=bool)
            levels = np.asarray(contours.levels, dtype=float)
            if not contours.filled:
                yield Series(self, "", x_name, y_name, {"value": Column(levels[drawn], scale)})
                continue
            ends = [*([np.nan] * (contours.extend in ("min", "both"))), *levels]  # what has no end has none in a table
            ends += [np.nan] * (contours.extend in ("max", "both"))
            low, high = (np.array(part)[drawn] for part in (ends[:-1], ends[1:]))
            columns = {"value_low": Column(low, scale), "value_high": Column(high, scale)}
            yield Series(self, "", x_name, y_name, columns)

    def say(self, series: list[Series]) -> Iterator[str]:
        columns = [column for one in series for column in one.columns.values()]
        numbers = np.concatenate([column.numbers for column in columns])
        levels = np.unique(numbers[np.isfinite(numbers)])
        name = next((column.scale.name for column in columns if column.scale.name), "")
        if len(levels) > 1:
            which = f"{f'{len(levels)} ' if len(series) == 1 else ''}levels{f' of {name}' if name else ''}"
            yield f"The {which} are from {columns[0].told(levels[0])} to {columns[0].told(levels[-1])}."
