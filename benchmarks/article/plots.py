"""The two figures as one writes them by following the article that plotgate began with.

"Python Plotting API: Expose your scientific python plots through a flask API", Towards Data Science, by the author of
https://gitlab.com/dice89/python-plotting-api. A seaborn figure made through pyplot, saved into a buffer and sent by
Flask's `send_file`. The peer of our benchmarks:
kept as people write it, with its habits (figures left open, global themes, labels cut off).
"""

import io

import matplotlib

matplotlib.use("agg")

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import seaborn as sns
from matplotlib.figure import Figure
from sklearn.datasets import load_breast_cancer


def breast_cancer() -> pd.DataFrame:
    bunch = load_breast_cancer()
    data = pd.DataFrame(bunch.data, columns=bunch.feature_names)
    data["diagnosis"] = np.where(bunch.target == 0, "M", "B")
    return data


def correlation_matrix() -> Figure:
    sns.set_theme(style="white")
    correlation = breast_cancer().drop(columns="diagnosis").corr()
    mask = np.triu(np.ones_like(correlation, dtype=bool))
    figure, _ = plt.subplots(figsize=(11, 9))
    cmap = sns.diverging_palette(220, 10, as_cmap=True)
    sns.heatmap(
        correlation, mask=mask, cmap=cmap, vmax=0.3, center=0, square=True, linewidths=0.5, cbar_kws={"shrink": 0.5}
    )
    return figure


def pairplot(features: list[str]) -> Figure:
    sns.set_theme(style="ticks")
    palette = {"M": "Red", "B": "#875FDB"}
    grid = sns.pairplot(breast_cancer(), vars=features, hue="diagnosis", palette=palette, markers=["o", "D"])
    return grid.figure


def png(figure: Figure) -> io.BytesIO:
    buffer = io.BytesIO()
    figure.savefig(buffer, format="png")
    buffer.seek(0)
    return buffer
