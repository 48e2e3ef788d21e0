"""A walk at random.

Where each step leads up or down by chance.
"""

import numpy as np
from matplotlib.figure import Figure
from numpy.typing import NDArray

from plotgate import serve


def walk(points: int, seed: int) -> NDArray[np.float64]:
    return np.random.default_rng(seed).normal(size=points).cumsum()


def draw(points: int = 100_000, seed: int = 0) -> Figure:
    figure = Figure(layout="constrained")
    axes = figure.subplots()
    axes.plot(walk(points, seed))
    axes.set(title="A walk at random", xlabel="step", ylabel="place")
    return figure


handler = serve(draw)
