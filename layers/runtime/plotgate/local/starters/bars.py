"""TITLE.

Electricity of a country by where it comes from, the largest source first. The numbers are made up.
"""

from typing import Annotated, Literal

from matplotlib.figure import Figure
from pydantic import Field

from plotgate import serve

TERAWATT_HOURS = {"Wind": 142.0, "Gas": 78.0, "Sun": 71.0, "Biomass": 43.0, "Water": 22.0, "Coal": 17.0}
Unit = Annotated[Literal["TWh", "percent"], Field(description="Terawatt hours, or shares of them all")]


def draw(unit: Unit = "TWh") -> Figure:
    whole = sum(TERAWATT_HOURS.values())
    values = [hours if unit == "TWh" else 100 * hours / whole for hours in TERAWATT_HOURS.values()]

    figure = Figure(figsize=(7, 4.5), layout="constrained")
    axes = figure.subplots()
    bars = axes.barh(list(TERAWATT_HOURS), values)
    axes.bar_label(bars, fmt="%.0f", padding=4)
    axes.invert_yaxis()
    axes.margins(x=0.1)
    axes.set(xlabel="TWh" if unit == "TWh" else "% of all", title="TITLE")
    axes.spines[["top", "right"]].set_visible(False)
    return figure


handler = serve(draw)
