"""Daily temperatures of Seattle.

The band reaches from each day's minimum to its maximum; the line is the mean of both over `rolling` days.

Source: NOAA, daily summaries of Seattle-Tacoma airport 2012-2015, public domain, as shipped with vega_datasets 0.9.0.
"""

from datetime import date, timedelta
from pathlib import Path
from typing import Annotated

from matplotlib.figure import Figure
from pydantic import Field

from plotgate import Table, TimeRange, serve

WEATHER = Table(
    "weather",
    {"date": date, "temp_min": float, "temp_max": float},
    file=Path(__file__).with_name("seattle_weather.csv"),
    time="date",
    version="select count(*), max(updated_at) from weather",
)
RANGE = TimeRange("America/Los_Angeles", longest=timedelta(days=10 * 366))


def draw(
    start: Annotated[date, RANGE.start, Field(description="First day")] = date(2012, 1, 1),
    end: Annotated[date, RANGE.end, Field(description="Day after the last")] = date(2016, 1, 1),
    rolling: Annotated[int, Field(ge=1, le=365, description="Days that the line is averaged over")] = 30,
) -> Figure:
    margin = timedelta(days=rolling // 2)  # so that the line does not begin and end with shorter means
    days = WEATHER.read(start - margin, end + margin).set_index("date")
    daily_mean = days[["temp_min", "temp_max"]].mean(axis="columns")
    mean = daily_mean.rolling(rolling, center=True, min_periods=1).mean()

    figure = Figure(figsize=(11, 5), layout="constrained")
    axes = figure.subplots()
    axes.fill_between(
        days.index, days["temp_min"], days["temp_max"], alpha=0.3, linewidth=0, label="minimum to maximum"
    )
    axes.plot(mean.index, mean, linewidth=2, label=f"mean over {rolling} days")
    axes.set(xlim=(start, end), ylabel="°C", title="Daily temperatures of Seattle")
    axes.spines[["top", "right"]].set_visible(False)
    if days.empty:
        axes.text(0.5, 0.5, "No measurements in this range", transform=axes.transAxes, ha="center")
    figure.legend(loc="outside lower center", frameon=False, ncols=2)
    return figure


handler = serve(draw, data=WEATHER)
