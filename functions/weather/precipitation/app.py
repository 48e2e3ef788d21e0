"""Rain and snow in Seattle, day by day.

A calendar for each year: a column is a week, a row a day of the week, and the stronger its colour, the more fell on it.

Source: NOAA, daily summaries of Seattle-Tacoma airport 2012-2015, public domain, as shipped with vega_datasets 0.9.0.
"""

from datetime import date, timedelta
from pathlib import Path
from typing import Annotated

import numpy as np
from matplotlib import rcParams
from matplotlib.axes import Axes
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
MOST_WEEKS = 54  # columns: a leap year that begins on a Sunday has days in so many weeks


def draw(
    start: Annotated[date, RANGE.start, Field(description="First day")] = date(2012, 1, 1),
    end: Annotated[date, RANGE.end, Field(description="Day after the last")] = date(2016, 1, 1),
    vmax: Annotated[float, Field(gt=0, le=500, description="Millimetres at which the colours saturate")] = 40,
) -> Figure:
    days = WEATHER.read(start, end)
    last_day = end - timedelta(days=1)
    years = range(start.year, last_day.year + 1)
    shades = LinearSegmentedColormap.from_list("theme", [rcParams["grid.color"], "C0", rcParams["text.color"]])
    scale = PowerNorm(0.5, 0, vmax)  # most days have little: the square root shows them too

    figure = Figure(figsize=(11, 1.2 + 1.55 * len(years)), layout="constrained")
    panels = figure.subplots(len(years), squeeze=False)[:, 0]
    for axes, year in zip(panels, years, strict=True):
        new_year = date(year, 1, 1)
        of_year = days[days["date"].dt.year == year]
        week = (of_year["date"].dt.day_of_year - 1 + new_year.weekday()) // 7
        calendar = np.full((7, MOST_WEEKS), np.nan)
        calendar[of_year["date"].dt.day_of_week, week] = of_year["precipitation"]
        axes.pcolormesh(calendar, norm=scale, cmap=shades, edgecolors=axes.get_facecolor(), linewidth=0.6)
        label_calendar(axes, new_year)
    if days.empty:
        panels[0].text(MOST_WEEKS / 2, 3.5, "No measurements in this range", ha="center", va="center")
    figure.suptitle("Rain and snow in Seattle, millimetres a day")
    figure.colorbar(ScalarMappable(scale, shades), ax=panels, extend="max", location="bottom", shrink=0.5, aspect=40)
    return figure


def label_calendar(axes: Axes, new_year: date) -> None:
    middles = [(date(new_year.year, month, 15) - new_year).days + new_year.weekday() for month in range(1, 13)]
    axes.set_xticks(np.array(middles) / 7, list("JFMAMJJASOND"))
    axes.set_yticks([0.5, 6.5], ["Mon", "Sun"])
    axes.set(xlim=(0, MOST_WEEKS), ylim=(7, 0), ylabel=new_year.year)
    axes.tick_params(length=0)
    axes.spines[:].set_visible(False)


handler = serve(draw, data=WEATHER)
