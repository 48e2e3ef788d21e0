"""Where predictions of diabetes err.

How far the progression of diabetes in 442 patients, a score of 25 to 346 a year after they were measured, is from what
a model predicts; each patient is predicted by a model that was fitted without them. The patients fall into groups of
the same size: a group's mean with its 95% interval is above zero where the model predicts too little.

Source: B. Efron et al., Least Angle Regression, Annals of Statistics 32, 2004, as shipped with scikit-learn.
"""

from pathlib import Path
from typing import Annotated, Literal

import pandas as pd
from matplotlib.figure import Figure
from pydantic import Field

from plotgate import serve

PREDICTIONS = Path(__file__).with_name("predictions.csv")  # `python -m functions.diabetes.fit` writes it
AXES = {
    "prediction": "Predicted progression",
    "age": "Age (years)",
    "body_mass_index": "Body mass index (kg/m²)",
    "blood_pressure": "Mean blood pressure (mmHg)",
}
Model = Literal["linear_regression", "nearest_neighbours", "gradient_boosting"]
Against = Literal["prediction", "age", "body_mass_index", "blood_pressure"]


def draw(
    model: Annotated[Model, Field(description="What predicts")] = "linear_regression",
    against: Annotated[Against, Field(description="What the patients are ordered by")] = "prediction",
    groups: Annotated[int, Field(ge=2, le=20, description="Groups of patients that means are taken of")] = 8,
) -> Figure:
    patients = pd.read_csv(PREDICTIONS)
    x = patients[model if against == "prediction" else against]
    residual = patients["progression"] - patients[model]
    group = pd.qcut(x, groups, duplicates="drop")
    centres, means = x.groupby(group).mean(), residual.groupby(group).mean()
    intervals = 1.96 * residual.groupby(group).sem()
    error = residual.abs().mean()

    figure = Figure(figsize=(9, 6), layout="constrained")
    axes, side = figure.subplots(1, 2, sharey=True, width_ratios=[4, 1])
    axes.scatter(x, residual, s=22, color="gray", edgecolors="none", label="one patient")
    axes.errorbar(centres, means, intervals, fmt="o-", ms=7, lw=2.5, zorder=3, label="mean of a group, 95% interval")
    axes.axhline(0, color="gray", linewidth=1)
    side.hist(residual, bins=range(-180, 200, 20), orientation="horizontal", color="gray", rwidth=0.9)
    axes.set(xlabel=AXES[against], ylabel="Measured minus predicted")
    side.set(xlabel="Patients")
    for panel in (axes, side):
        panel.spines[["top", "right"]].set_visible(False)
    figure.legend(*axes.get_legend_handles_labels(), loc="outside lower center", ncols=2, frameon=False)
    name = model.replace("_", " ").capitalize()
    figure.suptitle(f"{name}: off by {error:.0f} on average")
    figure.set_label(
        f"{name} predicts the progression of diabetes in {len(patients)} patients, a score of 25 to 346, and is off by "
        f"{error:.0f} on average. In {len(means)} groups by {against.replace('_', ' ')}, measured minus predicted is "
        f"{means.min():.0f} to {means.max():.0f} on average."
    )
    return figure


handler = serve(draw)
