"""Figures of every kind that is read, drawn from one table, with what can truly be said of them.

What is expected is computed from the table, never from the figure.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import seaborn as sns
from matplotlib import cbook
from matplotlib.figure import Figure
from scipy.cluster.hierarchy import dendrogram, linkage

Table = Any
"""A data frame: no type says what its columns are."""


def table(rows: int = 60) -> Table:
    """Measurements of penguins: islands and sexes are names, the rest are numbers; days follow each other."""
    rng = np.random.default_rng(7)
    mass = rng.normal(4200, 600, rows).round(1)
    return pd.DataFrame(
        {
            "island": pd.Series([["Biscoe", "Dream", "Torgersen"][i % 3] for i in range(rows)], dtype=object),
            "sex": pd.Series([["Female", "Male"][i // 3 % 2] for i in range(rows)], dtype=object),
            "mass": mass,
            "flipper": (150 + mass / 100 + rng.normal(0, 3, rows)).round(1),
            "day": pd.date_range("2024-02-27", periods=rows),
            "year": np.arange(1900, 1900 + rows),
        }
    )


def one(**settings: Any) -> tuple[Figure, Any]:
    figure, axes = plt.subplots(**settings)
    axes.set_title("Penguins")
    return figure, axes


def said(value: float) -> str:
    """A number with three digits, or all before its point: a second way to the same text as the runtime's."""
    digits = float(f"{value:.3g}")
    for least, most, word in ((1e6, 1e9, "million"), (1e9, 1e12, "billion"), (1e12, 1e15, "trillion")):
        if least <= abs(digits) < most and abs(value) >= 999_999.5:
            return f"{digits / least:g} {word}"
    return f"{value:.0f}" if 999.5 <= abs(value) < 999_999.5 else f"{digits:.3g}"


def span(values: Any) -> str:
    return f"from {said(values.min())} to {said(values.max())}"


def scatter(penguins: Table) -> Figure:
    figure, axes = one()
    axes.scatter(penguins["mass"], penguins["flipper"])
    axes.set(xlabel="mass", ylabel="flipper")
    return figure


def scatter_said(penguins: Table) -> str:
    r = penguins["mass"].corr(penguins["flipper"])
    return (
        f"Scatter plot: Penguins. The x axis shows mass {span(penguins['mass'])}, the y axis shows flipper "
        f"{span(penguins['flipper'])}. There are {len(penguins)} points. flipper rises clearly with mass "
        f"(correlation {r:.2f})."
    )


def scatter_of_groups(penguins: Table) -> Figure:
    figure, axes = one()
    sns.scatterplot(penguins, x="mass", y="flipper", hue="sex", style="island", ax=axes)
    return figure


def scatter_of_groups_said(penguins: Table) -> str:
    r, counts = penguins["mass"].corr(penguins["flipper"]), penguins["sex"].value_counts()
    return (
        f"Scatter plot: Penguins. The x axis shows mass {span(penguins['mass'])}, the y axis shows flipper "
        f"{span(penguins['flipper'])}, for Female and Male. There are {len(penguins)} points: "
        f"{counts['Female']} of Female and {counts['Male']} of Male. flipper rises clearly with mass "
        f"(correlation {r:.2f})."
    )


def scatter_of_categories(penguins: Table) -> Figure:
    figure, axes = one()
    axes.scatter(penguins["mass"], penguins["sex"])
    axes.set(xlabel="mass", ylabel="sex")
    return figure


def scatter_of_categories_said(penguins: Table) -> str:
    medians = penguins.groupby("sex", sort=False)["mass"].median().map(said)
    return (
        f"Scatter plot: Penguins. The x axis shows mass {span(penguins['mass'])}, the y axis shows sex: Female and "
        f"Male. There are {len(penguins)} points. The median of mass is {medians['Female']} for Female and "
        f"{medians['Male']} for Male."
    )


def strip(penguins: Table) -> Figure:
    figure, axes = one()
    sns.stripplot(penguins, x="island", y="mass", ax=axes)
    return figure


def strip_said(penguins: Table) -> str:
    medians = [f"{said(m)} for {island}" for island, m in penguins.groupby("island")["mass"].median().items()]
    return (
        f"Scatter plot: Penguins. The x axis shows island: Biscoe, Dream and Torgersen, the y axis shows mass "
        f"{span(penguins['mass'])}. There are {len(penguins)} points. The median of mass is {medians[0]}, {medians[1]} "
        f"and {medians[2]}."
    )


def line(penguins: Table) -> Figure:
    figure, axes = one()
    axes.plot(penguins["year"], penguins["mass"].cumsum())
    axes.set(xlabel="year", ylabel="total")
    return figure


def line_said(penguins: Table) -> str:
    total = penguins["mass"].cumsum()
    return (
        f"Line chart: Penguins. The x axis shows year from 1900 to {penguins['year'].max()}, the y axis shows total "
        f"{span(total)}. The line rises from {said(total.iloc[0])} to {said(total.iloc[-1])}."
    )


def precision_and_recall(penguins: Table) -> Figure:
    """As scikit-learn draws it: the thresholds rise, and so the recall falls from point to point."""
    figure, axes = one()
    recall = np.linspace(1, 0, len(penguins))
    axes.plot(recall, 1 - 0.4 * recall**2, drawstyle="steps-post")
    axes.set(xlabel="Recall", ylabel="Precision")
    return figure


def precision_and_recall_said(penguins: Table) -> str:
    return (
        "Line chart: Penguins. The x axis shows Recall from 0 to 1, the y axis shows Precision from 0.6 to 1. "
        "The line falls from 1 to 0.6."
    )


def loop(penguins: Table) -> Figure:
    """A line that comes back: the order of its points is no direction."""
    figure, axes = one()
    angle = np.linspace(0, 2 * np.pi, 41)
    axes.plot(np.cos(angle), 3 * np.sin(angle))
    return figure


def loop_said(penguins: Table) -> str:
    return "Line chart: Penguins. The x axis shows values from -1 to 1, the y axis shows values from -3 to 3."


def days(penguins: Table) -> Figure:
    figure, axes = one()
    penguins.set_index("day")[["mass"]].plot(ax=axes)  # pandas counts days by itself
    return figure


def days_said(penguins: Table) -> str:
    mass, day = penguins["mass"], penguins["day"].dt.strftime("%Y-%m-%d")
    high, low = day[mass.idxmax()], day[mass.idxmin()]
    return (
        f"Line chart: Penguins. The x axis shows day from {day.iloc[0]} to {day.iloc[-1]}, the y axis shows values "
        f"{span(mass)}. mass goes from {said(mass.iloc[0])} to {said(mass.iloc[-1])}, with its highest value "
        f"{said(mass.max())} at {high} and its lowest value {said(mass.min())} at {low}."
    )


def twins(penguins: Table) -> Figure:
    figure, axes = one()
    axes.plot(penguins["year"], penguins["mass"].cumsum())
    axes.set(xlabel="year", ylabel="total")
    right = axes.twinx()
    right.plot(penguins["year"], -penguins["flipper"].cumsum(), "C1")
    right.set_ylabel("depth")
    return figure


def twins_said(penguins: Table) -> str:
    total, depth = penguins["mass"].cumsum(), -penguins["flipper"].cumsum()
    return (
        f"Line chart: Penguins. The x axis shows year from 1900 to {penguins['year'].max()}, the left y axis shows "
        f"total {span(total)}, the right y axis shows depth {span(depth)}. total rises from "
        f"{said(total.iloc[0])} to {said(total.iloc[-1])}. depth falls from {said(depth.iloc[0])} to "
        f"{said(depth.iloc[-1])}."
    )


def zoomed(penguins: Table) -> Figure:
    figure, axes = one()
    axes.plot(penguins["year"], penguins["mass"].cumsum())
    axes.set_xlim(1910, 1920)
    return figure


def zoomed_said(penguins: Table) -> str:
    total = penguins["mass"].cumsum()[10:21]
    return (
        f"Line chart: Penguins. The x axis shows values from 1910 to 1920, the y axis shows values {span(total)}. "
        f"The line rises from {said(total.iloc[0])} to {said(total.iloc[-1])}."
    )


def _means(penguins: Table) -> Table:
    return penguins.pivot_table(index="island", columns="sex", values="mass")


def _highest(means: Table, what: str = "bar") -> str:
    flat: Any = means.stack() if isinstance(means, pd.DataFrame) else means
    (low, high) = (", ".join(k) if isinstance(k, tuple) else k for k in (flat.idxmin(), flat.idxmax()))
    return f"The highest {what} is {said(flat.max())} ({high}), the lowest {said(flat.min())} ({low})."


def bars(penguins: Table) -> Figure:
    figure, axes = one()
    means = penguins.groupby("island")["mass"].mean()
    axes.bar(means.index, means)
    axes.set_ylabel("mass")
    return figure


def bars_said(penguins: Table) -> str:
    means = penguins.groupby("island")["mass"].mean()
    return (
        f"Bar chart: Penguins. The x axis shows Biscoe, Dream and Torgersen, the y axis shows mass {span(means)}. "
        f"{_highest(means)}"
    )


def groups_of_bars(penguins: Table) -> Figure:
    figure, axes = one()
    means, places = _means(penguins), np.arange(3)
    for offset, sex in ((-0.2, "Female"), (0.2, "Male")):
        axes.bar(places + offset, means[sex], 0.4, label=sex)
    axes.set_xticks(places, means.index)
    axes.legend()
    return figure


def groups_of_bars_said(penguins: Table) -> str:
    means = _means(penguins)
    return (
        f"Bar chart: Penguins. The x axis shows Biscoe, Dream and Torgersen, the y axis shows values "
        f"{span(means.stack())}, for Female and Male. {_highest(means)}"
    )


def groups_without_names(penguins: Table) -> Figure:
    figure, axes = one()
    means, places = _means(penguins), np.arange(3)
    axes.bar(places - 0.2, means["Female"], 0.4, label="Female")
    axes.bar(places + 0.2, means["Male"], 0.4, label="Male")
    return figure


def groups_without_names_said(penguins: Table) -> str:
    means = _means(penguins).reset_index(drop=True)
    means.index = means.index.astype(str)
    return (
        f"Bar chart: Penguins. The x axis shows values from 0 to 2, the y axis shows values {span(means.stack())}, "
        f"for Female and Male. {_highest(means)}"
    )


def stacked_bars(penguins: Table) -> Figure:
    figure, axes = one()
    penguins.pivot_table(index="island", columns="sex", values="mass", aggfunc="sum").plot.barh(stacked=True, ax=axes)
    return figure


def stacked_bars_said(penguins: Table) -> str:
    totals = penguins.groupby("island")["mass"].sum()
    return (
        f"Stacked bar chart: Penguins. The x axis shows values from 0 to {said(totals.max())}, "
        f"the y axis shows island: "
        f"Biscoe, Dream and Torgersen, for Female and Male. {_highest(totals, 'total')}"
    )


def histogram(penguins: Table) -> Figure:
    figure, axes = one()
    axes.hist(penguins["mass"], bins=7)
    axes.set(xlabel="mass", ylabel="count")
    return figure


def histogram_said(penguins: Table) -> str:
    counts, edges = np.histogram(penguins["mass"], 7)
    assert np.count_nonzero(counts == counts.max()) == np.count_nonzero(counts == counts.min()) == 1
    top, bottom = (f"from {said(edges[at])} to {said(edges[at + 1])}" for at in (counts.argmax(), counts.argmin()))
    return (
        f"Bar chart: Penguins. The x axis shows mass {span(penguins['mass'])}, the y axis shows count from "
        f"{counts.min()} to {counts.max()}. The highest bar is {counts.max()} ({top}), the lowest {counts.min()} "
        f"({bottom})."
    )


def boxes(penguins: Table) -> Figure:
    figure, axes = one()
    axes.boxplot(
        [group for _, group in penguins.groupby("island")["mass"]],
        tick_labels=["Biscoe", "Dream", "Torgersen"],
        notch=True,
        showmeans=True,
    )
    return figure


def _statistics(penguins: Table) -> Table:
    listed = [cbook.boxplot_stats(group)[0] for _, group in penguins.groupby("island")["mass"]]
    return pd.DataFrame(listed, index=["Biscoe", "Dream", "Torgersen"])


def _boxes_said(penguins: Table) -> str:
    sentences = []
    for island, group in penguins.groupby("island")["mass"]:
        q1, median, q3 = np.percentile(group, [25, 50, 75])
        reach = 1.5 * (q3 - q1)
        beyond = int(((group < q1 - reach) | (group > q3 + reach)).sum())
        outliers = f", {beyond} outlier{'s' if beyond > 1 else ''}" if beyond else ""
        sentences.append(f"{island}: median {said(median)}, quartiles {said(q1)} and {said(q3)}{outliers}.")
    return " ".join(sentences)


def boxes_said(penguins: Table) -> str:
    return (
        f"Box plot: Penguins. The x axis shows Biscoe, Dream and Torgersen, "
        f"the y axis shows values {span(penguins['mass'])}. "
        f"{_boxes_said(penguins)}"
    )


def lying_boxes(penguins: Table) -> Figure:
    figure, axes = one()
    sns.boxplot(penguins, y="island", x="mass", ax=axes)
    return figure


def lying_boxes_said(penguins: Table) -> str:
    return (
        f"Box plot: Penguins. The x axis shows mass {span(penguins['mass'])}, the y axis shows island: Biscoe, Dream "
        f"and Torgersen. {_boxes_said(penguins)}"
    )


def groups_of_boxes(penguins: Table) -> Figure:
    figure, axes = one()
    sns.boxplot(penguins, x="island", y="mass", hue="sex", ax=axes)
    return figure


def groups_of_boxes_said(penguins: Table) -> str:
    medians = penguins.groupby(["island", "sex"])["mass"].median()
    high, low = (f"{said(medians[at])} ({', '.join(at)})" for at in (medians.idxmax(), medians.idxmin()))
    return (
        f"Box plot: Penguins. The x axis shows island: Biscoe, Dream and Torgersen, the y axis shows mass "
        f"{span(penguins['mass'])}, for Female and Male. The highest median is {high}, the lowest {low}."
    )


def violins(penguins: Table) -> Figure:
    figure, axes = one()
    sns.violinplot(penguins, x="island", y="mass", hue="sex", split=True, inner="quart", ax=axes)
    return figure


def violins_said(penguins: Table) -> str:
    return (
        "Violin plot: Penguins. The x axis shows island: Biscoe, Dream and Torgersen, the y axis shows mass, "
        "for Female and Male."
    )


def stacked_areas(penguins: Table) -> Figure:
    figure, axes = one()
    penguins.set_index("year")[["mass", "flipper"]].plot.area(ax=axes)
    return figure


def _years(penguins: Table) -> str:
    return f" at {penguins['year'].iloc[0]}" if len(penguins) == 1 else ""


def stacked_areas_said(penguins: Table) -> str:
    top = (penguins["mass"] + penguins["flipper"]).max()
    courses = []
    for name in ("mass", "flipper"):
        part = penguins[name]
        high, low = (_years(penguins[part == value]) for value in (part.max(), part.min()))
        courses.append(
            f"{name} goes from {said(part.iloc[0])} to {said(part.iloc[-1])}, with its highest value "
            f"{said(part.max())}{high} and its lowest value {said(part.min())}{low}."
        )
    return (
        f"Stacked area chart: Penguins. The x axis shows year from 1900 to {penguins['year'].max()}, "
        f"the y axis shows values "
        f"from 0 to {said(top)}, for mass and flipper. {' '.join(courses)}"
    )


def heatmap(penguins: Table) -> Figure:
    figure, axes = one()
    sns.heatmap(_means(penguins.assign(sex=penguins["year"] % 4 + 2000)), annot=True, ax=axes)
    return figure


def heatmap_said(penguins: Table) -> str:
    means = _means(penguins.assign(sex=penguins["year"] % 4 + 2000)).stack()
    high, low = (f"{said(means[at])} ({at[1]} and {at[0]})" for at in (means.idxmax(), means.idxmin()))
    return (
        f"Heatmap: Penguins. The x axis shows sex: 2000, 2001, 2002 and 2003, the y axis shows island: Biscoe, Dream "
        f"and Torgersen, the colour shows values {span(means)}. The highest value is {high}, the lowest {low}."
    )


def pie(penguins: Table) -> Figure:
    figure, axes = one()
    axes.pie([3, 2, 5], labels=["Biscoe", "Dream", "Torgersen"], autopct="%.0f", counterclock=False)
    return figure


def pie_said(penguins: Table) -> str:
    return "Pie chart: Penguins. The largest parts are Torgersen 50 %, Biscoe 30 % and Dream 20 %."


def pie_without_names(penguins: Table) -> Figure:
    figure, axes = one()
    axes.pie([3, 2, 5])
    return figure


def pie_without_names_said(penguins: Table) -> str:
    return "Pie chart: Penguins. The largest parts are 50 %, 30 % and 20 %."


def hexagons(penguins: Table) -> Figure:
    figure, axes = one()
    figure.colorbar(axes.hexbin(penguins["mass"], penguins["flipper"], gridsize=(4, 2)), label="penguins")
    return figure


def contours(penguins: Table) -> Figure:
    figure, axes = one()
    heights = np.add.outer(np.arange(9.0), np.arange(9.0))
    figure.colorbar(axes.contourf(heights, levels=[2, 5, 8, 11], extend="both"), label="height (m)")
    return figure


def contours_said(penguins: Table) -> str:
    return "Contour plot: Penguins. The 4 levels of height (m) are from 2 to 11."


def arrows(penguins: Table) -> Figure:
    figure, axes = one()
    axes.quiver(penguins["year"], penguins["flipper"], penguins["mass"], -penguins["mass"])
    return figure


def arrows_said(penguins: Table) -> str:
    longest = float(np.hypot(penguins["mass"], penguins["mass"]).max())
    return (
        f"Vector field: Penguins. The x axis shows values from 1900 to {penguins['year'].max()}, "
        f"the y axis shows values "
        f"{span(penguins['flipper'])}. It has {len(penguins)} arrows; the longest is {said(longest)}."
    )


def error_bars(penguins: Table) -> Figure:
    figure, axes = one()
    axes.errorbar(penguins["year"], penguins["mass"].cumsum(), yerr=penguins["flipper"], fmt="-", capsize=2)
    return figure


def error_bars_said(penguins: Table) -> str:
    total = penguins["mass"].cumsum()
    low, high = (total - penguins["flipper"]).min(), (total + penguins["flipper"]).max()
    return (
        f"Line chart: Penguins. The x axis shows values from 1900 to {penguins['year'].max()}, "
        f"the y axis shows values from "
        f"{said(low)} to {said(high)}. The line rises from {said(total.iloc[0])} to {said(total.iloc[-1])}."
    )


def stems(penguins: Table) -> Figure:
    figure, axes = one()
    axes.stem(penguins["year"], penguins["mass"])
    return figure


def stems_said(penguins: Table) -> str:
    mass, year = penguins["mass"], penguins["year"]
    return (
        f"Stem plot: Penguins. The x axis shows values from 1900 to {year.max()}, "
        f"the y axis shows values {span(mass)}. "
        f"The highest of {len(mass)} values is {said(mass.max())} (at {year[mass.idxmax()]}), "
        f"the lowest {said(mass.min())} (at {year[mass.idxmin()]})."
    )


def space(penguins: Table) -> Figure:
    figure, axes = one(subplot_kw={"projection": "3d"})
    axes.scatter(penguins["mass"], penguins["flipper"], penguins["year"])
    axes.set(xlabel="mass", ylabel="flipper", zlabel="year")
    return figure


def space_said(penguins: Table) -> str:
    return (
        f"3D scatter plot: Penguins. The x axis shows mass {span(penguins['mass'])}, the y axis shows flipper "
        f"{span(penguins['flipper'])}, the z axis shows year from 1900 to {penguins['year'].max()}."
    )


def tree(penguins: Table) -> Figure:
    figure, axes = one()
    dendrogram(linkage(penguins[["mass"]][:8]), ax=axes)
    return figure


def tree_said(penguins: Table) -> str:
    heights = pd.Series(linkage(penguins[["mass"]][:8])[:, 2])
    return f"Dendrogram: Penguins. It has 7 mergers, at distances {span(heights)}."


def remarks(penguins: Table) -> Figure:
    figure, axes = one()
    axes.plot(penguins["year"], penguins["mass"].cumsum())
    axes.axhline(90_000, color="red", label="quota")
    axes.axvspan(1910, 1915, alpha=0.3)
    axes.annotate("a cold winter", (1910, 5e4), (1905, 2e5), arrowprops={"arrowstyle": "->"})
    return figure


def remarks_said(penguins: Table) -> str:
    total = penguins["mass"].cumsum()
    return (
        f"Line chart: Penguins. The x axis shows values from 1900 to {penguins['year'].max()}, "
        f"the y axis shows values {span(total)}. "
        f"The line rises from {said(total.iloc[0])} to {said(total.iloc[-1])}. A line marks quota at y = 90000. "
        f"It says “a cold winter”."
    )


def letter_values(penguins: Table) -> Figure:
    """Of no known kind: its lines and points are parts of what nobody reads."""
    figure, axes = one()
    sns.boxenplot(penguins, x="island", y="mass", ax=axes)
    return figure


def letter_values_said(penguins: Table) -> str:
    return "Penguins. The x axis shows island, the y axis shows mass."


@dataclass(frozen=True)
class Sample:
    draw: Callable[[Table], Figure]
    said: Callable[[Table], str] | None = None

    @property
    def name(self) -> str:
        return self.draw.__name__


SAMPLES = [
    Sample(scatter, scatter_said),
    Sample(scatter_of_groups, scatter_of_groups_said),
    Sample(scatter_of_categories, scatter_of_categories_said),
    Sample(strip, strip_said),
    Sample(line, line_said),
    Sample(precision_and_recall, precision_and_recall_said),
    Sample(loop, loop_said),
    Sample(days, days_said),
    Sample(twins, twins_said),
    Sample(zoomed, zoomed_said),
    Sample(bars, bars_said),
    Sample(groups_of_bars, groups_of_bars_said),
    Sample(groups_without_names, groups_without_names_said),
    Sample(stacked_bars, stacked_bars_said),
    Sample(histogram, histogram_said),
    Sample(boxes, boxes_said),
    Sample(lying_boxes, lying_boxes_said),
    Sample(groups_of_boxes, groups_of_boxes_said),
    Sample(violins, violins_said),
    Sample(stacked_areas, stacked_areas_said),
    Sample(heatmap, heatmap_said),
    Sample(pie, pie_said),
    Sample(pie_without_names, pie_without_names_said),
    Sample(hexagons),
    Sample(contours, contours_said),
    Sample(arrows, arrows_said),
    Sample(error_bars, error_bars_said),
    Sample(stems, stems_said),
    Sample(space, space_said),
    Sample(tree, tree_said),
    Sample(remarks, remarks_said),
    Sample(letter_values, letter_values_said),
]
