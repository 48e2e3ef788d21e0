"""Arrows: a direction and a strength at each place."""

from collections.abc import Iterator

import numpy as np
from matplotlib.quiver import Barbs, Quiver

from plotgate.figure.reading.artists import Artists, floats
from plotgate.figure.reading.kind import Kind
from plotgate.figure.reading.phrases import number
from plotgate.figure.reading.scale import Column, Scale
from plotgate.figure.reading.series import Series


class Arrows(Kind):
    """What `quiver` and `barbs` draw: `u` and `v` are an arrow's parts along x and along y."""

    name = "arrows"
    chart = "Vector field"
    rank = 7

    def read(self, artists: Artists) -> Iterator[Series]:
        for field in artists.of(Quiver, Barbs):
            artists.take([field])
            u, v = (field.U, field.V) if isinstance(field, Quiver) else (field.u, field.v)
            x, y = (field.X, field.Y) if isinstance(field, Quiver) else (field.x, field.y)
            x, y, u, v = (np.broadcast_to(floats(part).ravel(), np.size(u)) for part in (x, y, u, v))
            columns = {"x": artists.x(x), "y": artists.y(y), "u": Column(u, Scale("")), "v": Column(v, Scale(""))}
            values = field.get_array()
            if values is not None and np.size(values) == len(u):
                columns["value"] = artists.value(floats(values).ravel(), field)
            yield Series(self, artists.name(field), artists.x_scale.name, artists.y_scale.name, columns)

    def say(self, series: list[Series]) -> Iterator[str]:
        lengths = np.concatenate([np.hypot(one.columns["u"].numbers, one.columns["v"].numbers) for one in series])
        if lengths.size and np.isfinite(lengths).any():
            yield f"It has {len(lengths)} arrows; the longest is {number(float(np.nanmax(lengths)))}."
