"""Correlation of the measurements.

How strongly each pair of the 30 breast-cancer measurements moves together: red pairs rise together, blue pairs
oppose each other. Colours saturate at `vmax`.

Source: W. Wolberg et al., Breast Cancer Wisconsin (Diagnostic), UCI, 1995, CC BY 4.0, as shipped with scikit-learn.
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
    measurements = breast_cancer().drop(columns="diagnosis")
    correlation = measurements.corr(method)
    upper_half = np.triu(np.ones_like(correlation, dtype=bool))  # says the same as the lower one

    figure = Figure(figsize=(11, 9), layout="constrained")
    axes = figure.subplots()
    sns.heatmap(
        correlation,
        mask=upper_half,
        cmap=sns.diverging_palette(220, 10, as_cmap=True),  # hues: blue to red
        vmax=vmax,
        center=0,
        square=True,
        linewidths=0.5,
        cbar_kws={"shrink": 0.5},
        ax=axes,
    )
    axes.tick_params(bottom=False, left=False)
    return figure


handler = serve(draw)
