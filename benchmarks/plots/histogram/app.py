"""A distribution.

How often each height occurs.
"""

import numpy as np
from matplotlib.figure import Figure

from plotgate import serve


def draw(points: int = 100_000, seed: int = 0) -> Figure:
    figure = Figure(layout="constrained")
    axes = figure.subplots()
    axes.hist(np.random.default_rng(seed).normal(size=points), bins=50)
    axes.set(title="A distribution", xlabel="height", ylabel="how often")
    return figure


handler = serve(draw)
