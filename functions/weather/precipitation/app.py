"""Rain and snow in Seattle, day by day.

A calendar for each year: a column is a week, a row a day of the week, and the stronger its colour, the more fell on it.

Source: NOAA, daily summaries of Seattle-Tacoma airport 2012-2015, public domain, as shipped with vega_datasets 0.9.0.
"""

from datetime import date, timedelta
from pathlib import Path
from typing import Annotated

import numpy as np
from matplotlib import rcParams
from matplotlib.cm import ScalarMappable
from matplotlib.colors import LinearSegmentedColormap, PowerNorm
from matplotlib.figure import Figure
from pydantic import Field

from plotgate import Table, TimeRange, serve

WEATHER = Table(
    "weather",
    {"date": date, "precipitation": float},
    file=Path(__file__).with_name("seattle_weather.csv"),
    time="date",
    version="select count(*), max(updated_at) from weather",
)
RANGE = TimeRange("America/Los_Angeles", longest=timedelta(days=10 * 366))


def draw(
    start: Annotated[date, RANGE.start, Field(description="First day")] = date(2012, 1, 1),
    end: Annotated[date, RANGE.end, Field(description="Day after the last")] = date(2016, 1, 1),
    vmax: Annotated[float, Field(gt=0, le=500, description="Millimetres at which the colours saturate")] = 40,
) -> Figure:
    days = WEATHER.read(start, end)
    years = range(start.year, (end - timedelta(days=1)).year + 1)
    theme = LinearSegmentedColormap.from_list("theme", [rcParams["grid.color"], "C0", rcParams["text.color"]])
    colours = ScalarMappable(PowerNorm(0.5, 0, vmax), theme)  # most days have little: the root shows them too
    figure = Figure(figsize=(11, 1.2 + 1.55 * len(years)), layout="constrained")
    panels = figure.subplots(len(years), squeeze=False)[:, 0]
    for axes, year in zip(panels, years, strict=True):
        of_year, first = days[days["date"].dt.year == year], date(year, 1, 1)
        week = (of_year["date"].dt.day_of_year - 1 + first.weekday()) // 7
        grid = np.full((7, 54), np.nan)
        grid[of_year["date"].dt.day_of_week, week] = of_year["precipitation"]
        axes.pcolormesh(grid, norm=colours.norm, cmap=colours.cmap, edgecolors=axes.get_facecolor(), linewidth=0.6)
        middles = [((date(year, month, 15) - first).days + first.weekday()) / 7 for month in range(1, 13)]
        axes.set_xticks(middles, list("JFMAMJJASOND"))
        axes.set(xlim=(0, 54), ylim=(7, 0), ylabel=year, yticks=[0.5, 6.5], yticklabels=["Mon", "Sun"])
        axes.tick_params(length=0)
        axes.spines[:].set_visible(False)
    if days.empty:
        panels[0].text(27, 3.5, "No measurements in this range", ha="center", va="center")
    figure.suptitle("Rain and snow in Seattle, millimetres a day")
    figure.colorbar(colours, ax=panels, extend="max", location="bottom", shrink=0.5, aspect=40)
    return figure


handler = serve(draw, data=WEATHER)
