"""Error bars that stand for themselves, without a mark between their ends."""

from collections.abc import Iterator

import numpy as np
from matplotlib.container import BarContainer, ErrorbarContainer

from plotgate.figure.reading.artists import Artists
from plotgate.figure.reading.kind import Kind
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
                ends = np.array([end for end in bars.get_segments() if len(end) == 2], dtype=float).reshape(-1, 2, 2)
                upright = bool((ends[:, 0, 0] == ends[:, 1, 0]).all())
                at, along = (0, 1) if upright else (1, 0)
                place, value = (artists.x, artists.y) if upright else (artists.y, artists.x)
                low, high = np.sort(ends[:, :, along], axis=1).T
                name = "y" if upright else "x"
                columns = {
                    "x" if upright else "y": place(ends[:, 0, at]),
                    f"{name}_low": value(low),
                    f"{name}_high": value(high),
                }
                label = artists.name(container)
                yield Series(self, label, artists.x_scale.name, artists.y_scale.name, columns)
