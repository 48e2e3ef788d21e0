"""Points, lines and bars in space: what `scatter`, `plot` and `bar3d` draw on axes with three dimensions."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import ArrayLike

from plotgate.figure.reading.artists import Artists, floats
from plotgate.figure.reading.kind import Kind
from plotgate.figure.reading.scale import Column
from plotgate.figure.reading.series import Series


class SpacePoints(Kind):
    """Points in space, in data coordinates: what they are projected to is no data."""

    name = "points"
    chart = "3D scatter plot"
    rank = 1
    projections = ("3d",)

    def read(self, artists: Artists) -> Iterator[Series]:
        from mpl_toolkits.mplot3d.art3d import Path3DCollection  # type: ignore[import-untyped]

        for points in artists.of(Path3DCollection):
            artists.take([points])
            values = points.get_array()
            columns = _places(artists, points._offsets3d)
            if values is not None and np.size(values) == len(columns["x"].numbers):
                columns["value"] = artists.value(floats(values).ravel(), points)
            name = artists.name(points, points.get_facecolor() if values is None else None)
            yield Series(self, name, artists.x_scale.name, artists.y_scale.name, columns)


class SpaceLines(Kind):
    """Lines in space, in data coordinates."""

    name = "line"
    chart = "3D line chart"
    rank = 1
    projections = ("3d",)

    def read(self, artists: Artists) -> Iterator[Series]:
        from mpl_toolkits.mplot3d.art3d import Line3D

        for line in artists.of(Line3D):
            artists.take([line])
            columns = _places(artists, line.get_data_3d())
            yield Series(
                self, artists.name(line, line.get_color()), artists.x_scale.name, artists.y_scale.name, columns
            )


class SpaceBars(Kind):
    """What `bar3d` draws: of each bar the middle of its base, and from where to where it stands."""

    name = "bars"
    chart = "3D bar chart"
    rank = 2
    projections = ("3d",)

    def read(self, artists: Artists) -> Iterator[Series]:
        from mpl_toolkits.mplot3d.art3d import Poly3DCollection

        for faces in artists.of(Poly3DCollection):
            corners = np.asarray(faces._faces, dtype=float)
            if not len(corners) or len(corners) % 6 or corners.shape[1:] != (4, 3):
                continue
            bars = corners.reshape(-1, 24, 3)
            low, high = bars.min(axis=1), bars.max(axis=1)
            if not ((bars == low[:, None]) | (bars == high[:, None])).all():  # other polygons
                continue
            artists.take([faces])
            middles, z = (low + high) / 2, artists.others[0]
            columns = {"x": artists.x(middles[:, 0], "own"), "y": artists.y(middles[:, 1], "own")}
            columns |= {"z_low": Column(low[:, 2], z), "z_high": Column(high[:, 2], z)}
            yield Series(self, artists.name(faces), artists.x_scale.name, artists.y_scale.name, columns)

    def say(self, series: list[Series]) -> Iterator[str]:
        yield f"It has {sum(map(len, series))} bars."


def _places(artists: Artists, places: tuple[ArrayLike, ...]) -> dict[str, Column]:
    x, y, z = (np.atleast_1d(floats(place)) for place in places)
    return {"x": artists.x(x), "y": artists.y(y), "z": Column(np.broadcast_to(z, x.shape), artists.others[0])}
