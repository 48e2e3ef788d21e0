"""Bars with long names.

How many letters came for each department.
"""

import numpy as np
from matplotlib.figure import Figure

from plotgate import serve

OFFICES = ("Department", "Ministry", "Office", "Agency", "Institute")
SUBJECTS = ("Agriculture, Fisheries", "Education, Research", "Health, Families", "Transport, Housing", "Trade, Tourism")


def letters(bars: int, seed: int) -> dict[str, int]:
    """How many letters came, by the name of who got them."""
    counts = np.random.default_rng(seed).integers(10, 1000, bars)
    names = (f"{OFFICES[n % 5]} of {SUBJECTS[n // 5 % 5]} and Region {n + 1}" for n in range(bars))
    return dict(zip(names, counts.tolist(), strict=True))


def draw(bars: int = 20, seed: int = 0) -> Figure:
    figure = Figure(figsize=(9, 6), layout="constrained")
    axes = figure.subplots()
    counts = letters(bars, seed)
    axes.barh(list(counts), list(counts.values()))
    axes.set(title="Letters", xlabel="letters that came in a year")
    return figure


handler = serve(draw)
