"""Lines: how something goes along an axis."""

from collections.abc import Iterator

from matplotlib.lines import AxLine, Line2D

from plotgate.figure.reading.artists import Artists
from plotgate.figure.reading.course import course
from plotgate.figure.reading.kind import Kind
from plotgate.figure.reading.phrases import MOST_NAMED, shortened
from plotgate.figure.reading.plotted import joins_points, plotted
from plotgate.figure.reading.series import Series

LINE = 10  # points that are as much to be seen as a line of however many


class Lines(Kind):
    """What `Axes.plot` draws with a line, with its error bars or the band of its intervals."""

    name = "line"
    chart = "Line chart"
    rank = 1
    projections = ("rectilinear", "polar")

    def read(self, artists: Artists) -> Iterator[Series]:
        artists.take(artists.of(AxLine))
        yield from plotted(artists, self, [line for line in artists.of(Line2D) if joins_points(line)], "own")

    def weight(self, series: list[Series]) -> int:
        return LINE * len(series)

    def say(self, series: list[Series]) -> Iterator[str]:
        subjects = [one.name or (one.y_name if len(series) > 1 else "The line") for one in series]
        if len(series) > MOST_NAMED or not all(subjects) or len(set(subjects)) < len(subjects):
            return
        for subject, one in zip(subjects, series, strict=True):
            yield course(shortened(subject), one.columns["x"], one.columns["y"])
