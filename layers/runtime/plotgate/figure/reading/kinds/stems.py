"""Stems: a value at each place, with a line down to the base."""

from collections.abc import Iterator

from matplotlib.container import StemContainer

from plotgate.figure.reading.artists import Artists
from plotgate.figure.reading.kind import Kind
from plotgate.figure.reading.plotted import data
from plotgate.figure.reading.series import Series


class Stems(Kind):
    """What `stem` draws."""

    name = "stems"
    chart = "Stem plot"
    rank = 3

    def read(self, artists: Artists) -> Iterator[Series]:
        for container in artists.containers:
            if isinstance(container, StemContainer):
                artists.take(container)
                x, y = data(container.markerline)
                columns = {"x": artists.x(x), "y": artists.y(y)}
                yield Series(self, artists.name(container), artists.x_scale.name, artists.y_scale.name, columns)

    def say(self, series: list[Series]) -> Iterator[str]:
        if len(series) > 1:
            return
        x, y = series[0].columns["x"], series[0].columns["y"]
        if y.names is None and y.said(top := int(y.numbers.argmax())) != y.said(bottom := int(y.numbers.argmin())):
            highest, lowest = (f"{y.said(at)} (at {x.said(at)})" for at in (top, bottom))
            yield f"The highest of {len(y.numbers)} values is {highest}, the lowest {lowest}."
