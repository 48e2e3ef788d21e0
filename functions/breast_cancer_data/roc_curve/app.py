"""Malignant tumours found against false alarms.

ROC curves of models that tell malignant from benign tumours by 30 measurements of their cells. Each tenth of the
tumours was judged by a model fitted to the nine others: a line is the mean of the ten curves, and its band reaches from
the lowest to the highest of them.

Source: W. Wolberg et al., Breast Cancer Wisconsin (Diagnostic), UCI, 1995, CC BY 4.0, as shipped with scikit-learn.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Literal, get_args

import numpy as np
import pandas as pd
from matplotlib.figure import Figure
from numpy.typing import NDArray
from pydantic import Field

from plotgate import CommaSeparated, Distinct, serve

Shares = NDArray[np.float64]
SCORES = Path(__file__).with_name("scores.csv")  # `python -m functions.breast_cancer_data.fit` writes it
Model = Literal["logistic_regression", "decision_tree", "nearest_neighbours", "gradient_boosting"]


def draw(
    models: Annotated[
        Sequence[Model],
        CommaSeparated,
        Distinct,
        Field(min_length=1, description="Models to compare, separated by commas"),
    ] = ("logistic_regression", "decision_tree"),
    most_false_alarms: Annotated[
        float, Field(ge=0.05, le=1, description="Share of false alarms at which the axis ends")
    ] = 1,
) -> Figure:
    scores = pd.read_csv(SCORES)
    false_alarms = np.linspace(0, most_false_alarms, 101)
    figure = Figure(figsize=(7.5, 6.5), layout="constrained")
    axes = figure.subplots()
    for model in models:
        curves = [roc_curve(fold["diagnosis"] == "M", fold[model]) for _, fold in scores.groupby("fold")]
        areas = [np.trapezoid(found, false) for false, found in curves]
        found = np.array([np.interp(false_alarms, *curve) for curve in curves])
        colour = f"C{get_args(Model).index(model)}"  # the same whatever else is compared
        name = f"{model.replace('_', ' ')}: area {np.mean(areas):.3f} ({min(areas):.3f} to {max(areas):.3f})"
        axes.fill_between(false_alarms, found.min(axis=0), found.max(axis=0), color=colour, alpha=0.2, lw=0)
        axes.plot(false_alarms, found.mean(axis=0), color=colour, linewidth=2.5, label=name)
    axes.axline((1, 1), slope=1, color="gray", linestyle=":", label="by chance: area 0.5")
    axes.margins(y=0)
    axes.set(
        xlim=(0, most_false_alarms),
        ylim=(None, 1.01),
        xlabel="Benign tumours taken for malignant (share)",
        ylabel="Malignant tumours found (share)",
        title="Tumours found against false alarms",
    )
    axes.spines[["top", "right"]].set_visible(False)
    figure.legend(title="Mean of ten folds (lowest to highest)", loc="outside lower center", frameon=False)
    return figure


def roc_curve(is_malignant: "pd.Series[bool]", scores: "pd.Series[float]") -> tuple[Shares, Shares]:
    """The shares of benign and of malignant tumours whose score reaches a threshold, for each that there is."""
    thresholds = np.append(np.inf, np.unique(scores)[::-1])
    benign, malignant = (scores[of].to_numpy()[:, None] >= thresholds for of in (~is_malignant, is_malignant))
    return benign.mean(axis=0), malignant.mean(axis=0)


handler = serve(draw)
