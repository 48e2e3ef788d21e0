"""Lines right across: values that an author marks."""

from collections.abc import Iterator

from matplotlib.lines import Line2D

from plotgate.figure.reading.artists import Artists
from plotgate.figure.reading.kind import Kind
from plotgate.figure.reading.phrases import shortened
from plotgate.figure.reading.plotted import data
from plotgate.figure.reading.series import Series


class References(Kind):
    """What `axhline` and `axvline` draw."""

    name = "reference"
    chart = "Chart"
    rank = -1

    def read(self, artists: Artists) -> Iterator[Series]:
        for line in artists.of(Line2D):
            by_x, by_y = line.get_transform().contains_branch_seperately(artists.axes.transData)
            if by_x and by_y:
                continue
            artists.take([line])
            x, y = data(line)
            columns = {"x": artists.x(x[:1])} if by_x else {"y": artists.y(y[:1])}
            name = artists.name(line, line.get_color())
            yield Series(self, name, artists.x_scale.name, artists.y_scale.name, columns)

    def say(self, series: list[Series]) -> Iterator[str]:
        for one in series:
            if one.name and len(series) <= 2:
                ((which, column),) = one.columns.items()
                yield f"A line marks {shortened(one.name)} at {which} = {column.said(0)}."
