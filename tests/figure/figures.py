"""Figures as galleries show them: each has something that a theme, darkness or a layout may harm."""

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import seaborn as sns
from matplotlib.collections import LineCollection
from matplotlib.figure import Figure
from matplotlib.patches import ConnectionPatch
from mpl_toolkits.axes_grid1 import ImageGrid, make_axes_locatable  # type: ignore[import-untyped]


def scatter() -> Figure:
    figure = Figure()
    figure.subplots().scatter([1, 2, 3], [3, 1, 2])
    return figure


def clustermap() -> Figure:
    data = pd.DataFrame(np.random.default_rng(0).normal(size=(9, 6)), columns=list("abcdef"))
    figure = sns.clustermap(data, figsize=(6, 6)).figure
    assert isinstance(figure, Figure)
    return figure


def tight_after_colour_bar() -> Figure:
    figure, (left, right) = plt.subplots(1, 2)
    figure.colorbar(left.imshow(np.arange(12).reshape(3, 4)), label="Counts")
    right.plot([1, 3, 2])
    figure.tight_layout()
    return figure


def image_grid() -> Figure:
    figure = plt.figure()
    grid = ImageGrid(figure, 111, nrows_ncols=(2, 2), axes_pad=0.1, cbar_mode="single")
    for number, axes in enumerate(grid):
        image = axes.imshow(np.arange(12).reshape(3, 4) * (number + 1))
    grid.cbar_axes[0].colorbar(image)
    return figure


def bars_beside_images() -> Figure:
    figure, panels = plt.subplots(1, 2)
    for axes in panels:
        image = axes.imshow(np.arange(12).reshape(3, 4))
        figure.colorbar(image, cax=make_axes_locatable(axes).append_axes("right", size="5%", pad=0.05))
    return figure


def many_panels() -> Figure:
    figure, panels = plt.subplots(6, 6, figsize=(6, 6), layout="constrained")
    for axes in panels.flat:
        axes.plot([1, 3, 2])
        axes.set(title="A panel", xlabel="Time (s)", ylabel="Voltage (mV)")
    return figure


def flat() -> Figure:
    figure = Figure(figsize=(6, 0.8))
    axes = figure.add_axes((0.05, 0.5, 0.9, 0.4))
    axes.set_yticks([])
    return figure


def integer_columns() -> Figure:
    figure = Figure()
    sns.heatmap(pd.DataFrame(np.arange(400).reshape(20, 20)), ax=figure.subplots())
    return figure


def numpy_labels() -> Figure:
    figure = Figure()
    axes = figure.subplots()
    axes.plot(np.arange(30))
    axes.set_xticks(range(30), np.arange(30) * 1000)
    return figure


def twin_axes() -> Figure:
    figure = Figure()
    axes = figure.subplots()
    axes.bar([1, 2, 3], [5, 9, 7])
    axes.set(xlabel="Year", ylabel="Rain (mm)")
    other = axes.twinx()
    other.plot([1, 2, 3], [20, 31, 25], color="black")
    other.set_ylabel("Temperature (°C)")
    return figure


def inset() -> Figure:
    figure = Figure()
    axes = figure.subplots()
    axes.plot(np.sin(np.arange(100) / 9))
    inner = axes.inset_axes((0.55, 0.55, 0.4, 0.4), xlim=(10, 20), ylim=(0.5, 1.1))
    inner.plot(np.sin(np.arange(100) / 9))
    axes.indicate_inset_zoom(inner, edgecolor="black")
    return figure


def annotations() -> Figure:
    figure = Figure()
    axes = figure.subplots()
    axes.plot([0, 1, 0], color="navy")
    axes.annotate("the peak", (1, 1), (1.4, 0.8), arrowprops={"arrowstyle": "->"})
    axes.annotate("here", (0.5, 0.5), (0.1, 0.8), arrowprops={"facecolor": "black", "shrink": 0.05})
    axes.text(1.5, 0.2, "a note", bbox={"facecolor": "white", "edgecolor": "black"})
    axes.text(0.1, 0.1, "another", bbox={"facecolor": "wheat", "boxstyle": "round"})
    axes.text(0.1, 0.3, "a third", bbox={"facecolor": "wheat", "alpha": 0.5})
    return figure


def bar_of_pie() -> Figure:
    figure, (left, right) = plt.subplots(1, 2, figsize=(9, 5))
    figure.subplots_adjust(wspace=0)
    wedges, *_ = left.pie([0.27, 0.56, 0.17], autopct="%1.1f%%", labels=["Approve", "Disapprove", "Undecided"])
    right.bar(0, 1, 0.2)
    right.axis("off")
    right.set(title="Age of approvers", xlim=(-0.5, 0.5))
    for y, height in ((wedges[0].theta1, 0), (wedges[0].theta2, 1)):
        at = np.deg2rad(y)
        line = ConnectionPatch((-0.1, height), (np.cos(at), np.sin(at)), "data", "data", axesA=right, axesB=left)
        line.set_linewidth(4)
        right.add_artist(line)
    return figure


def arrows() -> Figure:
    figure = Figure()
    axes = figure.subplots()
    x, y = np.meshgrid(np.arange(6), np.arange(6))
    field = axes.quiver(x, y, np.cos(x), np.sin(y))
    axes.quiverkey(field, 0.9, 0.95, 2, "2 m/s", labelpos="E", coordinates="figure")
    return figure


def switched_off() -> Figure:
    figure = Figure()
    axes = figure.subplots()
    axes.imshow(np.arange(12).reshape(3, 4))
    axes.set_title("A title of axes that are switched off")
    axes.axis("off")
    return figure


def footnote() -> Figure:
    figure, axes = plt.subplots()
    axes.plot([1, 3, 2])
    axes.set_xlabel("Time (s)")
    figure.text(0.02, 0.01, "Source: the office of statistics")
    return figure


def radar() -> Figure:
    figure = Figure(figsize=(6, 6))
    axes = figure.add_subplot(projection="polar")
    angles = np.linspace(0, 2 * np.pi, 7)
    for name, low in (("first", 1), ("second", 2)):
        axes.plot(angles, low + np.cos(angles) ** 2, label=name)
        axes.fill(angles, low + np.cos(angles) ** 2, alpha=0.25)
    axes.set_xticks(angles[:-1], ["Sulfate", "Nitrate", "Carbon", "Organic", "Ozone", "Carbon monoxide"])
    axes.set_title("Five factors", position=(0.5, 1.1))
    axes.legend(loc=(0.9, 0.95))
    return figure


def stacked_panels() -> Figure:
    figure, panels = plt.subplots(3, 1, sharex=True)
    figure.subplots_adjust(hspace=0)
    for axes in panels:
        axes.plot([1, 3, 2])
    return figure


def surface() -> Figure:
    figure = Figure()
    axes = figure.add_subplot(projection="3d")
    x, y = np.meshgrid(np.linspace(-1, 1, 15), np.linspace(-1, 1, 15))
    axes.plot_surface(x, y, x**2 - y**2, color="grey")
    axes.set(xlabel="x", ylabel="y", zlabel="z")
    return figure


def hexagons() -> Figure:
    rng = np.random.default_rng(4)
    figure = Figure()
    axes = figure.subplots()
    figure.colorbar(axes.hexbin(rng.normal(size=2000), rng.normal(size=2000), gridsize=20, cmap="Greys"))
    return figure


def coloured_line() -> Figure:
    figure = Figure()
    axes = figure.subplots()
    x = np.linspace(0, 9, 50)
    points = np.column_stack([x, np.sin(x)])
    lines = LineCollection(list(np.stack([points[:-1], points[1:]], axis=1)), array=np.cos(x[:-1]), cmap="Greys")
    axes.add_collection(lines)
    axes.set(xlim=(0, 9), ylim=(-1.1, 1.1))
    figure.colorbar(lines)
    return figure


def points_over_contours() -> Figure:
    rng = np.random.default_rng(5)
    x, y = np.meshgrid(np.linspace(-2, 2, 30), np.linspace(-2, 2, 30))
    figure = Figure()
    axes = figure.subplots()
    figure.colorbar(axes.contourf(x, y, np.exp(-(x**2) - y**2), cmap="RdBu_r"))
    axes.contour(x, y, np.exp(-(x**2) - y**2), colors="k", linewidths=0.5)
    axes.plot(rng.uniform(-2, 2, 40), rng.uniform(-2, 2, 40), "ko", markersize=3)
    return figure


def own_theme() -> Figure:
    sns.set_theme()
    figure, axes = plt.subplots()
    axes.plot([1, 3, 2], label="measured")
    axes.plot([3, 1, 2], label="expected", color="#1b1b3a")
    axes.legend()
    return figure


def own_darkness() -> Figure:
    plt.style.use("dark_background")
    figure, axes = plt.subplots()
    axes.plot([1, 3, 2], label="measured")
    axes.set(title="On black", xlabel="Time (s)", ylabel="Voltage (mV)")
    axes.legend()
    return figure


def pastel_bars() -> Figure:
    figure = Figure()
    axes = figure.subplots()
    bars = axes.bar(["a", "b", "c"], [3, 5, 4], color=["lightblue", "wheat", "darkred"], edgecolor="black", yerr=0.4)
    axes.bar_label(bars, label_type="center", color="black")
    return figure


def table() -> Figure:
    figure = Figure()
    axes = figure.subplots()
    axes.bar(range(4), [1, 3, 2, 4])
    axes.set_xticks([])
    axes.table([["1", "3", "2", "4"], ["5", "6", "7", "8"]], rowLabels=["wind", "hail"], colLabels=list("abcd"))
    return figure


FIGURES = [
    *(scatter, clustermap, tight_after_colour_bar, image_grid, bars_beside_images, many_panels, flat),
    *(integer_columns, numpy_labels, twin_axes, inset, annotations, bar_of_pie, arrows, switched_off, footnote),
    *(radar, stacked_panels, surface, hexagons, coloured_line, points_over_contours, own_theme, own_darkness),
    *(pastel_bars, table),
]
