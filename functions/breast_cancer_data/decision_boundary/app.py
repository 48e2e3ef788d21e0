"""Where a model draws the line.

How likely a model that knows two measurements finds it that a tumour is malignant, and the line from which on it calls
it so. The model is fitted to all of the tumours shown; a crooked line follows single ones of them.

Source: W. Wolberg et al., Breast Cancer Wisconsin (Diagnostic), UCI, 1995, CC BY 4.0, as shipped with scikit-learn.
"""

from collections.abc import Sequence
from functools import lru_cache
from typing import Annotated, Literal

import numpy as np
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.figure import Figure
from pydantic import Field
from sklearn.base import clone
from sklearn.linear_model import LogisticRegression
from sklearn.naive_bayes import GaussianNB
from sklearn.neighbors import KNeighborsClassifier
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from plotgate import CommaSeparated, Distinct, OneOf, serve
from plotgate.datasets import BREAST_CANCER_FEATURES, breast_cancer

Feature = Annotated[str, OneOf(BREAST_CANCER_FEATURES)]
Model = Literal["logistic_regression", "naive_bayes", "nearest_neighbours"]
MODELS = {
    "logistic_regression": make_pipeline(StandardScaler(), LogisticRegression()),
    "naive_bayes": GaussianNB(),
    "nearest_neighbours": make_pipeline(StandardScaler(), KNeighborsClassifier(15)),
}


def draw(
    features: Annotated[
        Sequence[Feature], CommaSeparated, Distinct, Field(min_length=2, max_length=2, description="Two measurements")
    ] = ("worst radius", "worst texture"),
    model: Annotated[Model, Field(description="What judges the tumours")] = "logistic_regression",
    threshold: Annotated[float, Field(ge=0.01, le=0.99, description="Probability that is called malignant")] = 0.5,
) -> Figure:
    x, y, on_grid, of_tumours = judged(model, *features)
    tumours, name = breast_cancer(), model.replace("_", " ").capitalize()
    figure = Figure(figsize=(8, 6.5), layout="constrained")
    axes = figure.subplots()
    page = axes.get_facecolor()
    shades = LinearSegmentedColormap.from_list("theme", ["C0", page, "C1"])
    filled = axes.contourf(x, y, on_grid, levels=np.linspace(0, 1, 11), cmap=shades, alpha=0.4)
    if on_grid.min() < threshold < on_grid.max():
        axes.contour(x, y, on_grid, levels=[threshold], colors=[axes.title.get_color()], linewidths=2)
    for kind, hue, shape in (("benign", "C0", "o"), ("malignant", "C1", "D")):
        of_kind = tumours[tumours["diagnosis"] == kind[0].upper()]
        axes.scatter(of_kind[features[0]], of_kind[features[1]], s=26, c=hue, marker=shape, ec=page, lw=0.5, label=kind)
    axes.set(xlabel=features[0], ylabel=features[1], title=f"{name} at a threshold of {threshold:g}")
    figure.colorbar(filled, label="Probability that it is malignant", ticks=[0, 0.5, 1], format="{x:.0%}")
    figure.legend(loc="outside lower center", ncols=2, frameon=False)
    is_malignant, is_called = tumours["diagnosis"] == "M", of_tumours >= threshold
    missed, alarms = sum(is_malignant & ~is_called), sum(is_called & ~is_malignant)
    figure.set_label(
        f"{name} by {' and '.join(features)} at a threshold of {threshold:g}: fitted to the {len(tumours)} tumours "
        f"that it judges, it misses {missed} malignant ones and takes {alarms} benign ones for malignant."
    )
    return figure


@lru_cache(maxsize=32)  # fitted once for each execution environment
def judged(model: Model, first: str, second: str) -> tuple[np.ndarray, ...]:
    """Probabilities of being malignant: on a grid, after its sides, and of each tumour."""
    tumours = breast_cancer()
    measured = tumours[[first, second]].to_numpy()
    fitted = clone(MODELS[model]).fit(measured, tumours["diagnosis"] == "M")
    margin = 0.04 * np.ptp(measured, axis=0)
    x, y = np.linspace(measured.min(axis=0) - margin, measured.max(axis=0) + margin, 100).T
    grid = np.dstack(np.meshgrid(x, y)).reshape(-1, 2)
    on_grid, of_tumours = (fitted.predict_proba(places)[:, 1] for places in (grid, measured))
    return x, y, on_grid.reshape(100, 100).round(4), of_tumours.round(4)  # last bits differ between processors


handler = serve(draw)
