"""What was seen to be false of plots that nobody here wrote, each in its smallest form."""

import csv
import io
from collections.abc import Callable

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest
import seaborn as sns
from matplotlib.collections import LineCollection
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, PercentFormatter

from plotgate.figure.reading.alt_text import alt_text
from plotgate.figure.reading.panels import read
from plotgate.figure.reading.phrases import named, plain
from plotgate.figure.reading.series import Series
from plotgate.figure.reading.table import as_csv
from tests.figure.reading.figures import one, table


def words(figure: Figure) -> str:
    found = alt_text(read(figure), "Penguins")
    plt.close("all")
    return found


def series(figure: Figure) -> list[Series]:
    found = [one for panel in read(figure).panels for one in panel.series]
    plt.close("all")
    return found


def test_colour_gives_no_name_that_another_artist_has() -> None:
    figure, axes = one()
    axes.plot([1, 2, 3], [1, 4, 9], "C0", label="measured")
    axes.plot([1, 2, 3], [3, 2, 1], "C0--")
    axes.legend()
    assert [one.name for one in series(figure)] == ["measured", ""]


def test_colour_gives_the_name_of_a_handle_that_only_the_legend_has() -> None:
    figure, axes = one()
    axes.plot([1, 2, 3], [1, 4, 9], "C0")
    axes.plot([], [], "C0", label="measured")
    axes.legend()
    assert [one.name for one in series(figure)] == ["measured"]


def test_line_without_a_width_is_its_points() -> None:
    figure, axes = one()
    axes.plot(range(9), range(9), "s", linewidth=0, linestyle="-")
    assert words(figure).startswith("Scatter plot: Penguins. ")


def test_points_beside_measured_lines_are_not_told_as_if_they_were_all() -> None:
    figure, axes = one()
    for shift in (0, 1):
        axes.errorbar([1, 2, 3], np.array([3.0, 2, 1]) + shift, yerr=0.1, linestyle=":")
    axes.errorbar([1, 2, 3], [5, 6, 7], yerr=0.1, linestyle="none", marker="o")
    said = words(figure)
    assert "points" not in said and "rises" not in said


def test_points_beside_their_trend_are_told() -> None:
    figure, axes = one()
    axes.scatter(range(9), range(9))
    axes.plot([0, 8], [0, 8])
    assert "There are 9 points." in words(figure)


def test_line_of_one_point_is_a_point() -> None:
    figure, axes = one()
    for at in range(3):
        axes.plot(at, at, marker="o")
    assert words(figure).startswith("Scatter plot: Penguins. ")
    assert "There are 3 points." in words(figure)


def test_intervals_longer_than_their_line_are_its_intervals() -> None:
    figure, axes = one()
    sns.pointplot(table(), x="island", y="mass", capsize=0.2, errorbar="sd", ax=axes)
    (line,) = series(figure)
    assert len(line) == 3
    assert {"y_low", "y_high"} <= line.columns.keys()


def test_caps_of_error_bars_on_polar_axes_are_no_points() -> None:
    figure, axes = one(subplot_kw={"projection": "polar"})
    axes.errorbar([0, 1, 2], [1, 2, 3], xerr=0.1, yerr=0.2, capsize=5, fmt="o")
    assert "There are 3 points." in words(figure)


@pytest.mark.parametrize(
    ("formatter", "is_told"),
    [
        (FuncFormatter(lambda value, _: f"{np.degrees(value):.0f}°"), False),
        (FuncFormatter(lambda value, _: f"{value / 1000:g} km"), False),
        (FuncFormatter(lambda value, _: f"${value / 1000:,.1f}k"), True),
        (FuncFormatter(lambda value, _: f"{value:,.0f} m"), True),
        (FuncFormatter(lambda value, _: ""), True),
        (PercentFormatter(1), True),
        (PercentFormatter(7), False),
    ],
)
@pytest.mark.parametrize("method", ["plot", "bar", "boxplot", "stem", "fill_between", "scatter"])
def test_no_number_is_said_that_the_ticks_call_otherwise(
    formatter: FuncFormatter | PercentFormatter, is_told: bool, method: str
) -> None:
    figure, axes = one()
    y = np.array([1234.0, 2345, 3456, 4567])
    if method == "boxplot":
        axes.boxplot(y)
    else:
        getattr(axes, method)(range(4), y)
    axes.yaxis.set_major_formatter(formatter)
    said = words(figure)
    assert ("4567" in said) == is_told
    assert is_told or not any(digits in said for digits in ("1234", "2345", "3456"))


def test_colours_that_the_bar_calls_otherwise_are_not_told() -> None:
    figure, axes = one()
    cells = axes.imshow([[1.0, 2.0], [3.0, 4.0]])
    figure.colorbar(cells, label="rating", format=FuncFormatter(lambda value, _: "ABCDE"[int(value)]))
    assert words(figure).endswith("the colour shows rating.")


def test_dates_of_a_colour_bar_are_dates() -> None:
    figure, axes = one()
    days = pd.date_range("2024-01-01", periods=3)
    points = axes.scatter([1, 2, 3], [1, 3, 2], c=days.to_numpy().astype("datetime64[D]").astype(float))
    bar = figure.colorbar(points)
    bar.ax.yaxis.axis_date()
    assert series(figure)[0].columns["value"].values() == ["2024-01-01", "2024-01-02", "2024-01-03"]


def test_correlation_is_not_told_of_axes_that_show_no_equal_steps() -> None:
    figure, axes = one()
    axes.scatter([1, 10, 100, 1000], [1, 10, 100, 1e6])
    axes.set_xscale("log")
    assert "correlat" not in words(figure)


def test_place_of_an_extreme_is_not_told_where_there_are_several() -> None:
    figure, axes = one()
    axes.plot(range(7), [1, 9, 0, 4, 9, 5, 6])
    assert words(figure).endswith("The line goes from 1 to 6, with its highest value 9 and its lowest value 0 at 2.")


def test_highest_value_of_a_single_heatmap_is_in_no_other_panel() -> None:
    figure, (left, right) = plt.subplots(1, 2)
    left.imshow([[1, 2]])
    left.set_ylabel("mass")
    right.plot([1, 2])
    assert words(figure).endswith("The highest value is 2.")


def test_remarks_keep_their_quotation_marks() -> None:
    figure, axes = one()
    axes.plot([1, 2])
    axes.text(0, 1, "a very long remark " * 9)
    assert words(figure).endswith("…”.")


def test_names_with_commas_are_told_apart() -> None:
    assert named(["a, b", "c"]) == "“a, b” and c"


@pytest.mark.parametrize(
    ("formula", "said"),
    [
        (r"$\pm$ 1 std", "± 1 std"),
        (r"$\frac{\pi}{2}$", "π/2"),
        (r"$x \leq 3$", "x ≤ 3"),
        (r"$\left(a\right)$", "(a)"),
        (r"$\sqrt{x}$", "√x"),
        (r"$\mathdefault{10^{-2}}$", "10^-2"),
        (r"$\mathrm{Dose}\ (\mu g)$", "Dose (μ g)"),
        ("costs $5", "costs $5"),
    ],
)
def test_formula_is_read_by_its_signs(formula: str, said: str) -> None:
    assert plain(formula) == said


def test_levels_of_several_contours_are_not_counted_together() -> None:
    figure, axes = one()
    heights = np.add.outer(np.arange(9.0), np.arange(9.0))
    axes.contourf(heights, levels=[2, 5, 8])
    axes.contour(heights, levels=[3, 4])
    assert words(figure).endswith("The levels are from 2 to 8.")


@pytest.mark.parametrize("histtype", ["step", "stepfilled"])
@pytest.mark.parametrize("orientation", ["vertical", "horizontal"])
def test_outline_of_a_histogram_is_its_bins(histtype: str, orientation: str) -> None:
    figure, axes = one()
    mass = table()["mass"]
    axes.hist(mass, bins=7, histtype=histtype, orientation=orientation, label="mass")
    counts, edges = np.histogram(mass, 7)
    (bins,) = series(figure)
    along, across = ("x", "y") if orientation == "vertical" else ("y", "x")
    assert (bins.kind.name, bins.name) == ("bars", "mass")
    assert bins.columns[across].values() == counts.tolist()
    np.testing.assert_allclose(bins.columns[f"{along}_low"].numbers, edges[:-1])
    np.testing.assert_allclose(bins.columns[f"{along}_high"].numbers, edges[1:])


def test_axes_of_parasites_are_read() -> None:
    from mpl_toolkits.axes_grid1 import host_subplot  # type: ignore[import-untyped]

    host = host_subplot(111, figure=plt.figure())
    guest = host.twinx()
    host.plot([0, 1, 2], [0, 1, 2], label="Density")
    guest.plot([0, 1, 2], [0, 3, 2], label="Temperature")
    assert [one.name for one in series(host.figure)] == ["Density", "Temperature"]


def bars_in_space() -> Figure:
    figure, axes = one(subplot_kw={"projection": "3d"})
    axes.bar3d([1, 2], [3, 4], 0, 0.5, 0.5, [5, 6])
    return figure


def broken_bars() -> Figure:
    figure, axes = one()
    axes.broken_barh([(110, 30), (150, 10)], (10, 9), label="engine")
    return figure


@pytest.mark.parametrize(
    ("draw", "kind", "columns"),
    [
        (bars_in_space, "bars", {"x": [1.25, 2.25], "y": [3.25, 4.25], "z_low": [0, 0], "z_high": [5, 6]}),
        (broken_bars, "spans", {"x_low": [110, 150], "x_high": [140, 160], "y_low": [10, 10], "y_high": [19, 19]}),
    ],
)
def test_shapes_that_are_data_have_a_table(
    draw: Callable[[], Figure], kind: str, columns: dict[str, list[float]]
) -> None:
    (found,) = series(draw())
    assert found.kind.name == kind
    for name, values in columns.items():
        assert found.columns[name].values() == values


def test_controls_are_no_panels() -> None:
    from matplotlib.widgets import Button, Slider

    figure, (above, middle, below) = plt.subplots(3)
    above.plot([1, 2, 3])
    controls = Slider(middle, "speed", 0, 1), Button(below, "stop")
    assert words(figure).startswith("Line chart: Penguins.")
    assert controls


def test_shadow_of_a_pie_is_no_part_of_it() -> None:
    figure, axes = one()
    axes.pie([1, 3], labels=["a", "b"], shadow=True)
    assert words(figure) == "Pie chart: Penguins. The largest parts are b 75 % and a 25 %."


def test_bars_bear_the_name_that_their_first_has() -> None:
    figure, axes = one()
    axes.hist([[1, 2], [2, 3]], label=["Female", "Male"])
    assert [one.name for one in series(figure)] == ["Female", "Male"]


def test_lines_that_look_the_same_have_one_name() -> None:
    figure, axes = one()
    axes.plot([1, 2, 3], [1, 4, 9], "C0", label="first class")
    axes.plot([1, 2, 3], [3, 2, 1], "C0")
    axes.legend()
    assert [one.name for one in series(figure)] == ["first class", "first class"]


def test_name_that_seaborn_makes_of_none_is_none() -> None:
    figure, axes = one()
    sns.lineplot(x=pd.date_range("2024-01-01", periods=3), y=[1, 2, 3], ax=axes)
    assert "None" not in words(figure)


def test_panels_that_are_hardly_related_are_not_compared() -> None:
    figure, panels = plt.subplots(1, 2)
    for axes in panels:
        axes.scatter([0, 1, 2, 1], [1, 2, 1, 0])
    assert words(figure) == "Penguins, in 2 scatter plots."


def test_medians_are_not_told_of_points_among_which_are_means() -> None:
    figure, axes = one()
    sns.stripplot(table(), x="island", y="mass", ax=axes)
    axes.plot(["Biscoe", "Dream", "Torgersen"], [4000, 4100, 4200], "d", label="mean")
    assert "median" not in words(figure)


def test_axes_of_parasites_are_called_by_the_side_at_which_they_are_drawn() -> None:
    from mpl_toolkits import axisartist  # type: ignore[import-untyped]
    from mpl_toolkits.axes_grid1 import host_subplot

    host = host_subplot(111, axes_class=axisartist.Axes, figure=plt.figure())
    near, far = host.twinx(), host.twinx()
    far.axis["right"] = far.new_fixed_axis(loc="right", offset=(60, 0))
    for axes, name, top in ((host, "Density", 2), (near, "Temperature", 3), (far, "Velocity", 50)):
        axes.plot([0, 1, 2], [0, top, 1])
        axes.set_ylabel(name)
    assert (
        "the left y axis shows Density from 0 to 2, the right y axis shows Temperature from 0 to 3, the second right y "
        "axis shows Velocity from 0 to 50."
    ) in words(host.figure)


@pytest.mark.parametrize("method", ["boxplot", "violinplot"])
def test_points_beside_boxes_are_not_related_to_their_places(method: str) -> None:
    rng = np.random.default_rng(0)
    values = [rng.normal(at, 0.1, 30) for at in range(1, 5)]
    figure, panels = plt.subplots(1, 2)
    for axes in panels:
        axes.set(xlabel="group", ylabel="mass")
        getattr(axes, method)(values)
        for at, group in enumerate(values, 1):
            axes.scatter(at + rng.uniform(-0.2, 0.2, 30), group)
    assert "related" not in words(figure)
    figure, axes = one()
    getattr(axes, method)(values)
    axes.scatter(np.repeat([1, 2, 3, 4], 30), np.concatenate(values))
    assert "correlat" not in words(figure)


def test_lines_have_no_name_that_the_legend_gives_to_points() -> None:
    figure, axes = one()
    axes.plot([1, 2, 3], [1, 3, 2], "C0.")
    axes.plot([1, 2, 3], [1, 2, 3], "C1-")
    axes.add_collection(LineCollection([[(2, 3), (2, 2)], [(3, 2), (3, 3)]]))
    axes.legend(("measured", "fitted"))
    assert [(one.kind.name, one.name) for one in series(figure)] == [
        ("points", "measured"),
        ("line", "fitted"),
        ("segments", ""),
    ]


@pytest.mark.parametrize("draw", [sns.stripplot, sns.swarmplot])
@pytest.mark.parametrize("is_upright", [True, False])
def test_points_strewn_around_a_number_have_it_nowhere(draw: Callable[..., object], is_upright: bool) -> None:
    rng = np.random.default_rng(5)
    rows = pd.DataFrame({"depth": np.repeat([10, 30, 70], 15), "salt": rng.normal(30, 2, 45)})
    figure, axes = one()
    names = {"x": "depth", "y": "salt"} if is_upright else {"x": "salt", "y": "depth"}
    draw(rows, **names, orient="x" if is_upright else "y", native_scale=True, ax=axes)
    said, written = alt_text(read(figure), "Water"), list(csv.DictReader(io.StringIO(as_csv(read(figure)))))
    plt.close("all")
    assert "shows depth," in said or "shows depth." in said
    assert "There are 45 points." in said
    assert "correlat" not in said
    assert {row["x" if is_upright else "y"] for row in written} == {""}
    assert sorted(float(row["y" if is_upright else "x"]) for row in written) == pytest.approx(sorted(rows["salt"]))


def test_lines_from_a_fit_to_its_points_are_no_intervals_of_it() -> None:
    figure, axes = one()
    dose = np.arange(8.0)
    seen = dose + np.array([0.5, -0.4, 0.2, -0.9, 0.1, 0.6, -0.3, 0.2])
    axes.scatter(dose, seen, label="seen")
    for at, end in zip(dose, seen, strict=True):
        axes.plot([at, at], [at, end], "C3")
    axes.plot(dose, dose, "C0", label="fit")
    axes.legend()
    assert all("y_low" not in found.columns for found in series(figure))


def test_axes_that_are_not_drawn_tell_no_numbers() -> None:
    rng = np.random.default_rng(6)
    figure, axes = one()
    axes.scatter(*rng.random((2, 20)))
    axes.axis("off")
    said = words(figure)
    assert "axis" not in said
    assert "correlat" not in said
    assert "There are 20 points." in said


def test_points_beside_the_names_of_groups_have_no_correlation() -> None:
    rng = np.random.default_rng(6)
    figure, axes = one()
    for place in range(3):
        axes.scatter(place + rng.uniform(-0.2, 0.2, 20), place + rng.normal(size=20))
    axes.set_xticks(range(3), ["low", "middle", "high"])
    assert "correlat" not in words(figure)
