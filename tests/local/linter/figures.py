"""Figures in the style of the galleries of matplotlib and seaborn, in which nothing is wrong."""

from collections.abc import Callable

import numpy as np
import pandas as pd
import seaborn as sns
from matplotlib import rcParams
from matplotlib.figure import Figure

GOOD: list[Callable[[], Figure]] = []


def good(draw: Callable[[], Figure]) -> Callable[[], Figure]:
    GOOD.append(draw)
    return draw


def _table() -> pd.DataFrame:
    rng = np.random.default_rng(1)
    species = np.repeat(["Adelie", "Chinstrap", "Gentoo"], 40)
    mass = rng.normal(4000, 300, 120) + np.repeat([0, 200, 1100], 40)
    sex = np.tile(["male", "female"], 60)
    return pd.DataFrame({"species": species, "mass": mass, "flipper": mass / 30 + rng.normal(60, 4, 120), "sex": sex})


@good
def ten_lines_with_a_legend() -> Figure:
    figure = Figure(figsize=(7, 5))
    axes = figure.subplots()
    x = np.linspace(0, 6)
    for number in range(10):
        axes.plot(x, np.sin(x + number / 2) + number, label=f"run {number}")
    axes.legend(ncols=5, loc="lower center")
    axes.set(title="Ten runs", xlabel="time (s)", ylabel="height (m)")
    return figure


@good
def line_with_a_band_and_guides() -> Figure:
    figure = Figure(figsize=(7, 4))
    axes = figure.subplots()
    x = np.linspace(0, 10)
    axes.fill_between(x, np.sin(x) - 0.4, np.sin(x) + 0.4, alpha=0.2)
    axes.plot(x, np.sin(x))
    axes.axhline(0, color="0.85")
    axes.axvspan(2, 3, color="0.95")
    axes.axline((0, -1), (10, 1), color="lightgrey", linestyle=":")
    axes.grid(True)
    axes.annotate("peak", (np.pi / 2, 1), (3, 1.2), arrowprops={"arrowstyle": "->"})
    return figure


@good
def bars_with_labels_and_errors() -> Figure:
    figure = Figure(figsize=(6, 4))
    axes = figure.subplots()
    bars = axes.bar(["apples", "pears", "plums"], [23, 17, 35], yerr=[2, 3, 4], capsize=4)
    axes.bar_label(bars, padding=3)
    axes.set_ylim(0, 45)
    return figure


@good
def stacked_bars_with_white_edges() -> Figure:
    figure = Figure(figsize=(6, 4))
    axes = figure.subplots()
    below = np.zeros(3)
    for name, heights in {"first": [1, 2, 3], "second": [2, 2, 1], "third": [1, 3, 2]}.items():
        axes.bar(["a", "b", "c"], heights, bottom=below, label=name, edgecolor="white")
        below += heights
    axes.legend(loc="upper left")
    axes.set_ylim(0, 10)
    return figure


@good
def pie_with_labels() -> Figure:
    figure = Figure(figsize=(5, 5))
    figure.subplots().pie([30, 25, 45], labels=["frogs", "hogs", "dogs"], wedgeprops={"edgecolor": "white"})
    return figure


@good
def many_lines_of_few_colours() -> Figure:
    figure = Figure(figsize=(6, 4))
    figure.subplots().plot(np.random.default_rng(0).normal(size=(40, 30)).cumsum(axis=0), linewidth=0.8)
    return figure


@good
def picture_of_numbers_with_a_colour_bar() -> Figure:
    figure = Figure(figsize=(6, 5))
    axes = figure.subplots()
    image = axes.imshow(np.random.default_rng(0).random((20, 20)), cmap="Greys")
    figure.colorbar(image, label="share")
    return figure


@good
def filled_contours_with_points_coloured_by_numbers() -> Figure:
    figure = Figure(figsize=(6, 5))
    axes = figure.subplots()
    x, y = np.meshgrid(np.linspace(-3, 3, 40), np.linspace(-3, 3, 40))
    axes.contourf(x, y, np.exp(-(x**2) - y**2), cmap="Blues")
    points = np.random.default_rng(0).normal(size=(2, 60))
    axes.scatter(points[0], points[1], c=points[0], cmap="viridis", edgecolors="black")
    return figure


@good
def outlined_areas_that_are_pale_inside() -> Figure:
    figure = Figure(figsize=(6, 4))
    axes = figure.subplots()
    axes.bar(range(4), [3, 1, 2, 4], color="#f4f4f4", edgecolor="black")
    axes.fill_between(range(4), [1, 2, 1, 2], color="#ffffcc", edgecolor="black")
    return figure


@good
def two_axes_with_twins() -> Figure:
    figure = Figure(figsize=(9, 4))
    first, second = figure.subplots(1, 2)
    first.plot([1, 2, 3], color="C0")
    first.set_ylabel("one", color="C0")
    twin = first.twinx()
    twin.plot([9, 7, 8], color="C3")
    twin.set_ylabel("other", color="C3")
    second.step(range(5), [1, 3, 2, 4, 3], where="mid")
    second.stem(range(5), [1, 3, 2, 4, 3])
    return figure


@good
def lines_named_at_their_ends() -> Figure:
    figure = Figure(figsize=(6, 4))
    axes = figure.subplots()
    for name, slope, colour in [("up", 1, "tab:red"), ("down", -1, "tab:green")]:
        axes.plot([0, 1], [0, slope], color=colour)
        axes.text(1.02, slope, name)
    return figure


@good
def shadowed_title() -> Figure:
    figure = Figure(figsize=(6, 4))
    axes = figure.subplots()
    axes.plot([1, 2])
    axes.text(0.503, 0.497, "Shadow", transform=axes.transAxes, color="#555555", fontsize=20)
    axes.text(0.5, 0.5, "Shadow", transform=axes.transAxes, fontsize=20)
    return figure


@good
def seaborn_scatter_by_hue_and_style() -> Figure:
    figure = Figure(figsize=(7, 5))
    sns.scatterplot(_table(), x="mass", y="flipper", hue="species", style="sex", ax=figure.subplots())
    return figure


@good
def seaborn_scatter_by_numbers() -> Figure:
    figure = Figure(figsize=(7, 5))
    sns.scatterplot(_table(), x="mass", y="flipper", hue="mass", palette="crest", ax=figure.subplots())
    return figure


@good
def seaborn_lines_with_bands() -> Figure:
    figure = Figure(figsize=(7, 5))
    table = pd.DataFrame({"day": np.tile(range(10), 20), "of": np.repeat(["a", "b"], 100)})
    table["value"] = np.random.default_rng(2).normal(size=200) + table["day"] * np.where(table["of"] == "a", 1, 2)
    sns.lineplot(table, x="day", y="value", hue="of", ax=figure.subplots())
    return figure


@good
def seaborn_histograms_and_densities() -> Figure:
    figure = Figure(figsize=(9, 4))
    first, second = figure.subplots(1, 2)
    sns.histplot(_table(), x="mass", hue="species", element="step", ax=first)
    sns.kdeplot(_table(), x="mass", hue="species", fill=True, ax=second)
    return figure


@good
def seaborn_boxes_and_violins() -> Figure:
    figure = Figure(figsize=(9, 4))
    first, second = figure.subplots(1, 2)
    sns.boxplot(_table(), x="species", y="mass", hue="sex", ax=first)
    sns.violinplot(_table(), x="species", y="mass", ax=second)
    return figure


@good
def seaborn_heat_map_with_numbers() -> Figure:
    figure = Figure(figsize=(6, 5))
    table = pd.DataFrame(np.random.default_rng(3).integers(0, 20, (5, 5)), list("abcde"), list("vwxyz"))
    sns.heatmap(table, annot=True, cmap="Greys", vmax=60, ax=figure.subplots())
    return figure


@good
def seaborn_pairs_in_its_own_style() -> Figure:
    with sns.axes_style("whitegrid"):
        grid = sns.pairplot(_table(), hue="species", markers=["o", "s", "D"], height=2)
    figure: Figure = grid.figure
    return figure


@good
def seaborn_regression_and_rug() -> Figure:
    figure = Figure(figsize=(6, 4))
    axes = figure.subplots()
    sns.regplot(_table(), x="mass", y="flipper", ax=axes)
    sns.rugplot(_table(), x="mass", ax=axes)
    return figure


@good
def dark_page_of_its_own() -> Figure:
    rcParams["font.size"] = 11
    figure = Figure(figsize=(6, 4), facecolor="#202020")
    axes = figure.subplots()
    axes.set_facecolor("#202020")
    axes.plot([1, 3, 2], color="#ffcc66")
    axes.tick_params(colors="white")
    axes.set_title("By night", color="white")
    return figure
