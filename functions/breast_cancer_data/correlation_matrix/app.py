"""Correlation of the measurements.

How strongly each pair of the 30 breast-cancer measurements moves together: red pairs rise together, blue pairs
oppose each other. Colours saturate at `vmax`.
"""

from typing import Annotated, Literal

import numpy as np
import seaborn as sns
from matplotlib.figure import Figure
from pydantic import Field

from plotgate import serve
from plotgate.datasets import breast_cancer


def draw(
    method: Annotated[
        Literal["pearson", "kendall", "spearman"], Field(description="Correlation coefficient")
    ] = "pearson",
    vmax: Annotated[float, Field(gt=0, le=1, description="Correlation at which the colours saturate")] = 0.3,
) -> Figure:
    correlation = breast_cancer().drop(columns="diagnosis").corr(method)
    figure = Figure(figsize=(11, 9), layout="constrained")
    axes = sns.heatmap(
        correlation,
        mask=np.triu(np.ones_like(correlation, dtype=bool)),
        cmap=sns.diverging_palette(220, 10, as_cmap=True),
        vmax=vmax,
        center=0,
        square=True,
        linewidths=0.5,
        cbar_kws={"shrink": 0.5},
        ax=figure.subplots(),
    )
    axes.tick_params(bottom=False, left=False)
    return figure


handler = serve(draw)
