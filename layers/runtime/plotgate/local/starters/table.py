"""TITLE.

Level of a river for each day, and the height at which it leaves its bed. The numbers are made up.
"""

from datetime import date
from pathlib import Path
from typing import Annotated

from matplotlib.figure import Figure
from pydantic import Field

from plotgate import Table, TimeRange, serve

LEVELS = Table("levels", {"day": date, "metres": float}, file=Path(__file__).with_name("levels.csv"), time="day")
RANGE = TimeRange("UTC")


def draw(
    start: Annotated[date, RANGE.start, Field(description="First day")] = date(2026, 1, 1),
    end: Annotated[date, RANGE.end, Field(description="Day after the last")] = date(2027, 1, 1),
    flood: Annotated[float, Field(ge=0, le=10, description="Metres at which the river leaves its bed")] = 4,
) -> Figure:
    levels = LEVELS.read(start, end)

    figure = Figure(figsize=(9, 4.5), layout="constrained")
    axes = figure.subplots()
    axes.plot(levels["day"], levels["metres"], label="level")
    axes.axhline(flood, linestyle="--", color="C1", label="flood")
    axes.set(xlim=(start, end), ylabel="Metres", title="TITLE")
    axes.set_ylim(bottom=0)
    axes.spines[["top", "right"]].set_visible(False)
    figure.legend(loc="outside lower center", frameon=False, ncols=2)
    return figure


handler = serve(draw, data=LEVELS)
