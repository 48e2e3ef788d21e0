"""Walks in panels.

One walk at random in each panel.
"""

import math

import numpy as np
from matplotlib.figure import Figure
from numpy.typing import NDArray

from plotgate import serve

STEPS = 200


def walks(panels: int, seed: int) -> NDArray[np.float64]:
    return np.random.default_rng(seed).normal(size=(panels, STEPS)).cumsum(axis=1)


def draw(panels: int = 16, seed: int = 0) -> Figure:
    side = math.ceil(math.sqrt(panels))
    figure = Figure(figsize=(12, 9), layout="constrained")
    grid = figure.subplots(side, side, squeeze=False)
    for number, (axes, walk) in enumerate(zip(grid.flat, walks(panels, seed), strict=False), 1):
        axes.plot(walk)
        axes.set(title=f"Walk {number}", xlabel="step", ylabel="place")
    return figure


handler = serve(draw)
