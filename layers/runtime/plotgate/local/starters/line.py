"""TITLE.

Visitors of a museum for each day, and their mean over some days around it. The numbers are made up.
"""

from typing import Annotated

import numpy as np
import pandas as pd
from matplotlib.figure import Figure
from pydantic import Field

from plotgate import serve


def draw(days: Annotated[int, Field(ge=1, le=90, description="Days that the line is averaged over")] = 14) -> Figure:
    chance = np.random.default_rng(1)
    dates = pd.date_range("2026-01-01", "2026-12-31")
    season = 240 - 110 * np.cos(2 * np.pi * dates.day_of_year.to_numpy() / 365)
    visitors = pd.Series(chance.poisson(season * np.where(dates.day_of_week >= 5, 1.5, 0.8)), index=dates)
    mean = visitors.rolling(days, center=True, min_periods=1).mean()

    figure = Figure(figsize=(9, 4.5), layout="constrained")
    axes = figure.subplots()
    axes.plot(dates, visitors, ".", markersize=4, label="each day")
    axes.plot(dates, mean, linewidth=2.5, label=f"mean over {days} days")
    axes.set(xlim=(dates[0], dates[-1]), ylabel="Visitors", title="TITLE")
    axes.set_ylim(bottom=0)
    axes.spines[["top", "right"]].set_visible(False)
    figure.legend(loc="outside lower center", frameon=False, ncols=2)
    return figure


handler = serve(draw)
