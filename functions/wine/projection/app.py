"""Wines of three cultivars on a map.

178 wines from one region of Italy, laid out by 13 chemical measurements: wines that measure alike lie close. Principal
components keep the large distances, t-SNE the neighbours; its axes have no unit, and distances between its groups mean
little.

Source: S. Aeberhard and M. Forina, Wine, UCI, 1992, doi 10.24432/C5PC7J, CC BY 4.0, as shipped with scikit-learn.
"""

from pathlib import Path
from typing import Annotated, Literal

import numpy as np
import pandas as pd
from matplotlib.figure import Figure
from pydantic import Field

from plotgate import serve

PROJECTIONS = Path(__file__).with_name("projections.csv")  # `python -m functions.wine.fit` writes it
MEASUREMENTS = 13  # each with a variance of 1


def draw(
    method: Annotated[Literal["pca", "tsne"], Field(description="Principal components, or t-SNE")] = "pca",
    perplexity: Annotated[
        int, Field(ge=5, le=50, multiple_of=5, description="How many neighbours t-SNE keeps close; for `method=tsne`")
    ] = 15,
) -> Figure:
    wines = pd.read_csv(PROJECTIONS)
    columns = [f"{method if method == 'pca' else f'tsne_{perplexity}'}_{axis}" for axis in "xy"]
    figure = Figure(figsize=(8, 6), layout="constrained")
    axes = figure.subplots()
    for (cultivar, group), marker in zip(wines.groupby("cultivar"), "os^", strict=True):
        x, y = group[columns].to_numpy().T
        axes.scatter(x, y, s=50, marker=marker, edgecolors=axes.get_facecolor(), lw=0.5, label=f"cultivar {cultivar}")
    if method == "pca":
        first, second = (wines[name].var(ddof=0) / MEASUREMENTS for name in ("pca_x", "pca_y"))
        axes.set(xlabel=f"First component ({first:.0%} of variance)", ylabel=f"Second component ({second:.0%})")
        axes.set_title("Wines by principal components")
    else:
        axes.set(xticks=[], yticks=[], title=f"Wines by t-SNE, perplexity {perplexity}")
    axes.set_aspect("equal", adjustable="datalim")
    axes.spines[["top", "right"]].set_visible(method == "tsne")
    figure.legend(loc="outside lower center", ncols=3, frameon=False)

    places, cultivars = wines[columns].to_numpy(), wines["cultivar"].to_numpy()
    distances = np.linalg.norm(places[:, np.newaxis] - places, axis=2) + np.diag(np.full(len(wines), np.inf))
    alike = np.mean(cultivars[distances.argmin(axis=1)] == cultivars)
    figure.set_label(
        f"{axes.get_title()}: a map of {len(wines)} wines of three cultivars. For {alike:.0%} of them the nearest wine "
        "on the map is of the same cultivar."
    )
    return figure


handler = serve(draw)
