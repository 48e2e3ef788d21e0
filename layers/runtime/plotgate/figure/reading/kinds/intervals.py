"""Error bars that stand for themselves, without a mark between their ends."""

from collections.abc import Iterator

from matplotlib.container import BarContainer, ErrorbarContainer

from plotgate.figure.reading.artists import Artists
from plotgate.figure.reading.kind import Kind
from plotgate.figure.reading.plotted import bar_ends
from plotgate.figure.reading.series import Series


class Intervals(Kind):
    """What `errorbar` draws with `fmt="none"`."""

    name = "interval"
    chart = "Chart of intervals"
    rank = -1

    def read(self, artists: Artists) -> Iterator[Series]:
        of_bars = [bars.errorbar for bars in artists.containers if isinstance(bars, BarContainer)]
        for container in artists.containers:
            if not isinstance(container, ErrorbarContainer) or container.lines[0] is not None or container in of_bars:
                continue
            for bars in container.lines[2]:
                upright, ends = bar_ends(bars)
                place, value = (artists.x, artists.y) if upright else (artists.y, artists.x)
                along, across = ("x", "y") if upright else ("y", "x")
                columns = {
                    along: place(ends[:, 0]),
                    f"{across}_low": value(ends[:, 1]),
                    f"{across}_high": value(ends[:, 2]),
                }
                label = artists.name(container)
                yield Series(self, label, artists.x_scale.name, artists.y_scale.name, columns)
