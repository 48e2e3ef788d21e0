"""Points around a line.

Each point's height follows its place, with a normal error.
"""

import numpy as np
from matplotlib.figure import Figure
from numpy.typing import NDArray

from plotgate import serve


def cloud(points: int, seed: int) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    choice = np.random.default_rng(seed)
    x = choice.normal(size=points)
    return x, x + choice.normal(size=points)


def draw(points: int = 10_000, seed: int = 0) -> Figure:
    figure = Figure(layout="constrained")
    axes = figure.subplots()
    axes.scatter(*cloud(points, seed), s=4, alpha=0.3)
    axes.set(title="Points around a line", xlabel="place", ylabel="height")
    return figure


handler = serve(draw)
