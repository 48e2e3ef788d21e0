"""TITLE.

Journeys on shared bicycles by weekday and hour: commuters on five days, walks on two. The numbers are made up.
"""

from typing import Annotated, Literal

import numpy as np
from matplotlib.figure import Figure
from pydantic import Field

from plotgate import serve

DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
Colours = Annotated[Literal["viridis", "cividis", "magma"], Field(description="Colours of the scale")]


def draw(colours: Colours = "viridis") -> Figure:
    chance = np.random.default_rng(1)
    hours = np.arange(24)
    commute = np.exp(-((hours - 8) ** 2) / 3) + np.exp(-((hours - 17.5) ** 2) / 5)
    walks = 0.7 * np.exp(-((hours - 15) ** 2) / 14)
    journeys = chance.poisson(20 + 600 * np.array([commute] * 5 + [walks] * 2))

    figure = Figure(figsize=(9, 4), layout="constrained")
    axes = figure.subplots()
    mesh = axes.pcolormesh(hours, np.arange(7), journeys, cmap=colours)
    axes.set_yticks(range(7), DAYS)
    axes.set_xticks(range(0, 24, 3))
    axes.invert_yaxis()
    axes.set(xlabel="Hour", title="TITLE")
    figure.colorbar(mesh, label="Journeys")
    return figure


handler = serve(draw)
