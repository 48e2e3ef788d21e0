"""What a model relies on.

How many more of 569 tumours a model judges wrongly once the values of a measurement are shuffled among them: the point
is the mean of 20 shuffles, the line reaches from the fewest to the most. Each tumour is judged by a model that was
fitted without it. Of measurements that tell the same, such as radius and area, each looks dispensable.

Source: W. Wolberg et al., Breast Cancer Wisconsin (Diagnostic), UCI, 1995, CC BY 4.0, as shipped with scikit-learn.
"""

from pathlib import Path
from typing import Annotated, Literal

import pandas as pd
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator
from pydantic import Field

from plotgate import serve

SHUFFLES = Path(__file__).with_name("importances.csv")  # `python -m functions.breast_cancer_data.fit` writes it
Model = Literal["logistic_regression", "decision_tree", "gradient_boosting"]


def draw(
    model: Annotated[Model, Field(description="What judges the tumours")] = "logistic_regression",
    top: Annotated[int, Field(ge=1, le=30, description="How many measurements to show, the most important first")] = 12,
) -> Figure:
    table = pd.read_csv(SHUFFLES, index_col="measurement")
    shuffles = table[table["model"] == model].drop(columns="model")
    ranking = shuffles.T.agg(["mean", "min", "max"]).T.sort_values("mean")
    shown, name = ranking.tail(top), model.replace("_", " ")

    figure = Figure(figsize=(8, 1.8 + 0.34 * top), layout="constrained")
    axes = figure.subplots()
    reach = [shown["mean"] - shown["min"], shown["max"] - shown["mean"]]
    axes.errorbar(shown["mean"], shown.index, xerr=reach, fmt="o", markersize=8, elinewidth=2.5)
    axes.axvline(0, color="gray", linewidth=1)
    axes.set(
        ylim=(-0.6, top - 0.4),
        xlabel="More wrong diagnoses, of 569, when it is shuffled",
        title=f"{name.capitalize()}: what it relies on",
    )
    axes.xaxis.set_major_locator(MaxNLocator(integer=True))
    axes.grid(axis="x")
    axes.tick_params(axis="y", length=0)
    axes.spines[["left", "top", "right"]].set_visible(False)
    *_, third, second, first = ranking.index
    mean, fewest, most = ranking.loc[first]
    figure.set_label(
        f"Of 30 measurements, {name} relies most on {first}: shuffling it makes {mean:.1f} more of 569 diagnoses wrong "
        f"({fewest:.0f} to {most:.0f} in 20 shuffles). Next come {second} and {third}."
    )
    return figure


handler = serve(draw)
