"""Waves as an image.

Two waves that run into each other, with noise.
"""

import math

import numpy as np
from matplotlib.figure import Figure
from numpy.typing import NDArray

from plotgate import serve


def waves(points: int, seed: int) -> NDArray[np.float64]:
    side = math.isqrt(points)
    along = np.linspace(0, 20, side)
    noise = np.random.default_rng(seed).normal(scale=0.1, size=(side, side))
    return np.sin(along)[:, np.newaxis] + np.cos(along) + noise


def draw(points: int = 9_000_000, seed: int = 0) -> Figure:
    figure = Figure(layout="constrained")
    axes = figure.subplots()
    figure.colorbar(axes.imshow(waves(points, seed)), label="height")
    axes.set(title="Waves", xlabel="east", ylabel="north")
    return figure


handler = serve(draw)
