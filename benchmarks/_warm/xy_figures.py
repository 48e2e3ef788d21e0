"""The plots with `xy`'s pyplot, as far as it can say them."""

import io
from collections.abc import Callable
from typing import Any

import numpy as np
import xy.pyplot as plt
from numpy.typing import NDArray


def png(figure: Any) -> bytes:
    buffer = io.BytesIO()
    figure.savefig(buffer, format="png", dpi=100)
    plt.close("all")
    return buffer.getvalue()


def line(plot: Any, points: int, seed: int) -> Any:
    figure, axes = plt.subplots()
    axes.plot(plot.walk(points, seed))
    axes.set(title="A walk at random", xlabel="step", ylabel="place")
    return figure


def scatter(plot: Any, points: int, seed: int) -> Any:
    figure, axes = plt.subplots()
    axes.scatter(*plot.cloud(points, seed), s=4, alpha=0.3)
    axes.set(title="Points around a line", xlabel="place", ylabel="height")
    return figure


def panels(plot: Any, panels: int, seed: int) -> Any:
    side = round(panels**0.5)
    figure, grid = plt.subplots(side, side, figsize=(12, 9), squeeze=False, layout="constrained")
    for number, (axes, walk) in enumerate(zip(grid.flat, plot.walks(panels, seed), strict=True), 1):
        axes.plot(walk)
        axes.set(title=f"Walk {number}", xlabel="step", ylabel="place")
    return figure


def bars(plot: Any, bars: int, seed: int) -> Any:
    figure, axes = plt.subplots(figsize=(9, 6), layout="constrained")
    counts = plot.letters(bars, seed)
    axes.barh(list(counts), list(counts.values()))
    axes.set(title="Letters", xlabel="letters that came in a year")
    return figure


def image(plot: Any, points: int, seed: int) -> Any:
    figure, axes = plt.subplots()
    figure.colorbar(axes.imshow(plot.waves(points, seed)), label="height")
    axes.set(title="Waves", xlabel="east", ylabel="north")
    return figure


def correlation_matrix(plot: Any, vmax: float) -> Any:
    measurements = plot.breast_cancer().drop(columns="diagnosis")
    correlation = measurements.corr().to_numpy()
    correlation = np.where(np.triu(np.ones_like(correlation, dtype=bool)), np.nan, correlation)
    figure, axes = plt.subplots(figsize=(11, 9), layout="constrained")
    mesh = axes.pcolormesh(
        correlation[::-1],  # an inverted axis turns its labels alone
        **{"cmap": "RdBu_r", "vmin": -vmax, "vmax": vmax, "edgecolors": "white", "linewidth": 0.5},
    )
    places = np.arange(len(correlation)) + 0.5
    axes.set_xticks(places, list(measurements), rotation=90)
    axes.set_yticks(places, list(measurements)[::-1])
    axes.set_aspect("equal")
    figure.colorbar(mesh, ax=axes, shrink=0.5)
    return figure


def pairplot(plot: Any, features: list[str]) -> Any:
    table = plot.breast_cancer()
    size = len(features)
    figure, grid = plt.subplots(size, size, figsize=(2.5 * size + 0.6, 2.5 * size), layout="constrained")
    for row, up in enumerate(features):
        for column, across in enumerate(features):
            axes = grid[row, column]
            for name, colour, marker in (("M", "#ff0000", "o"), ("B", "#875fdb", "D")):
                x, y = (table.loc[table["diagnosis"] == name, feature].to_numpy() for feature in (across, up))
                if row == column:
                    _density(axes, x, colour, name)
                else:
                    axes.scatter(x, y, c=colour, marker=marker, edgecolors="white", linewidths=0.5, s=36)
            if row == size - 1:
                axes.set_xlabel(across)
            if column == 0:
                axes.set_ylabel(up)
    grid[0, 0].legend(title="diagnosis")
    return figure


def _density(axes: Any, values: NDArray[np.float64], colour: str, name: str) -> None:
    """What seaborn draws on the diagonal: xy has no estimate of its own."""
    from scipy.stats import gaussian_kde  # whose memory other pictures do not need

    density = gaussian_kde(values)
    cut = 3 * float(np.sqrt(density.covariance[0, 0]))
    places = np.linspace(values.min() - cut, values.max() + cut, 200)
    axes.fill_between(places, density(places), color=colour, alpha=0.25)
    axes.plot(places, density(places), color=colour, label=name)


FIGURES: dict[str, Callable[..., Any]] = {
    function.__name__: function for function in (line, scatter, panels, bars, image, correlation_matrix, pairplot)
}
