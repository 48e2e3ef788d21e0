"""Figures as authors draw them: what the runtime must lay out, darken, describe and list whatever a plot does."""

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import seaborn as sns
from matplotlib.figure import Figure


def lines() -> Figure:
    figure = Figure()
    axes = figure.subplots()
    years = np.arange(2000, 2021)
    axes.plot(years, 10 + 0.8 * (years - 2000), label="Spain")
    axes.plot(years, 30 - 0.5 * (years - 2000), label="Norway", linestyle="--")
    axes.set(title="Passengers on regional trains", xlabel="Year", ylabel="Passengers (millions)")
    axes.legend()
    return figure


def bars() -> Figure:
    names = ["Agriculture and forestry", "Mining", "Manufacturing of goods", "Energy", "Construction", "Transport"]
    figure = Figure(figsize=(8, 5))
    axes = figure.subplots()
    axes.bar(names, [3.2, 1.1, 20.5, 4.4, 6.0, 8.3])
    axes.set(title="Share of each branch in what the country's economy produces in a year", ylabel="Share (%)")
    return figure


def dates() -> Figure:
    figure, axes = plt.subplots()
    days = pd.date_range("2024-01-01", periods=400)
    axes.plot(days, np.sin(np.arange(400) / 40) * 1e6)
    axes.set_ylabel("Visits")
    return figure


def histogram() -> Figure:
    sns.set_theme(style="darkgrid")
    values = np.random.default_rng(1).normal(size=500)
    figure, axes = plt.subplots()
    sns.histplot(x=values, kde=True, ax=axes)
    figure.suptitle("Distribution of the residuals of the model")
    return figure


def grid() -> Figure:
    rng = np.random.default_rng(2)
    data = pd.DataFrame(
        {"x": rng.normal(size=90), "y": rng.normal(size=90), "site": np.tile(["north", "south", "west"], 30)}
    )
    figure = sns.relplot(data, x="x", y="y", col="site", hue="site", height=3).figure
    assert isinstance(figure, Figure)
    return figure


def image() -> Figure:
    figure = Figure(layout="constrained")
    axes = figure.subplots()
    figure.colorbar(axes.imshow(np.arange(12).reshape(3, 4)), label="Counts")
    return figure


def annotated() -> Figure:
    figure = Figure(figsize=(5, 4))
    table = pd.DataFrame([[1, 20], [30, 4]], index=["yes", "no"], columns=["predicted yes", "predicted no"])
    sns.heatmap(table, annot=True, fmt="d", ax=figure.subplots())
    return figure


def by_hand() -> Figure:
    figure = Figure(facecolor="white")
    axes = figure.add_axes((0.02, 0.02, 0.9, 0.96))
    axes.plot([0, 1], [1000, 2000], color="black")
    axes.set(xlabel="Time (s)", ylabel="Pressure (hPa)")
    return figure


def polar() -> Figure:
    figure = Figure()
    figure.add_subplot(projection="polar").plot(np.linspace(0, 6, 30), np.linspace(0, 1, 30))
    return figure


def pie() -> Figure:
    figure = Figure()
    figure.subplots().pie([50, 30, 20], labels=["rent", "food", "the rest of it"])
    return figure


def boxes() -> Figure:
    rng = np.random.default_rng(3)
    figure = Figure()
    axes = figure.subplots()
    axes.boxplot([rng.normal(60, 9, 30), rng.normal(70, 9, 30)], tick_labels=["control", "treatment"])
    axes.set(ylabel="Weight (kg)")
    return figure


def empty() -> Figure:
    return Figure()


SAMPLES = [lines, bars, dates, histogram, grid, image, annotated, by_hand, polar, pie, boxes, empty]
