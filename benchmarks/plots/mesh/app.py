"""Waves as cells.

Two waves that run into each other, as one cell for each place.
"""

import math

import numpy as np
from matplotlib.figure import Figure

from plotgate import serve


def draw(points: int = 100_000, seed: int = 0) -> Figure:
    side = math.isqrt(points)
    along = np.linspace(0, 20, side)
    noise = np.random.default_rng(seed).normal(scale=0.1, size=(side, side))
    figure = Figure(layout="constrained")
    axes = figure.subplots()
    mesh = axes.pcolormesh(along, along, np.sin(along)[:, np.newaxis] + np.cos(along) + noise)
    figure.colorbar(mesh, label="height")
    axes.set(title="Waves", xlabel="east", ylabel="north")
    return figure


handler = serve(draw)
