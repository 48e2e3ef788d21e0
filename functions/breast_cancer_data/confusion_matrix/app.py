"""Right and wrong diagnoses.

What a model says of 569 tumours, against what they were: it takes one for malignant if it gives that a probability of
at least `threshold`. A lower one finds more of the malignant tumours, and frightens more people without need. Each
tumour was judged by a model that was fitted without it.

Source: W. Wolberg et al., Breast Cancer Wisconsin (Diagnostic), UCI, 1995, CC BY 4.0, as shipped with scikit-learn.
"""

from pathlib import Path
from typing import Annotated, Literal

import pandas as pd
from matplotlib import rcParams
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.figure import Figure
from pydantic import Field

from plotgate import serve

SCORES = Path(__file__).with_name("scores.csv")  # `python -m functions.breast_cancer_data.fit` writes it
Model = Literal["logistic_regression", "decision_tree", "nearest_neighbours", "gradient_boosting"]
OUTCOMES = [["found", "missed"], ["false alarms", "cleared"]]


def draw(
    threshold: Annotated[
        float, Field(ge=0.01, le=0.99, description="Least probability of a tumour that is called malignant")
    ] = 0.5,
    model: Annotated[Model, Field(description="What judges the tumours")] = "logistic_regression",
) -> Figure:
    scores = pd.read_csv(SCORES)
    name = model.replace("_", " ")
    is_malignant, is_called = scores["diagnosis"] == "M", scores[model] >= threshold
    counts = [[(is_ & says).sum() for says in (is_called, ~is_called)] for is_ in (is_malignant, ~is_malignant)]

    figure = Figure(figsize=(6.5, 5.5), layout="constrained")
    axes = figure.subplots()
    shades = LinearSegmentedColormap.from_list("theme", [("C0", 0), ("C0", 0.6)])  # pale enough for the words on it
    axes.pcolormesh(
        counts, cmap=shades, vmin=0, vmax=max(map(sum, counts)), edgecolors=rcParams["axes.edgecolor"], linewidth=1
    )
    for row, of in enumerate(counts):
        for column, count in enumerate(of):
            axes.text(column + 0.5, row + 0.42, f"{count}", size=26, weight="bold", ha="center", va="center")
            share = f"{OUTCOMES[row][column]}\n{count / sum(of):.1%} of {sum(of)}"
            axes.text(column + 0.5, row + 0.7, share, linespacing=1.4, ha="center", va="center")
    axes.set_xticks([0.5, 1.5], ["called malignant", "called benign"])
    axes.set_yticks([0.5, 1.5], ["is malignant", "is benign"], rotation=90, va="center")
    axes.set(ylim=(2, 0), aspect="equal", title=f"{name.capitalize()} at a threshold of {threshold:g}")
    axes.tick_params(length=0)
    axes.spines[:].set_visible(False)
    (found, missed), (alarms, cleared) = counts
    figure.set_label(
        f"Of {found + missed} malignant tumours, {name} at a threshold of {threshold:g} finds {found} and misses "
        f"{missed}; of {alarms + cleared} benign ones, it takes {alarms} for malignant."
    )
    return figure


handler = serve(draw)
