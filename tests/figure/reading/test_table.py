"""The table of a figure is that of its data."""

import csv
import io
from collections.abc import Callable
from typing import Any

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from matplotlib.figure import Figure
from scipy.cluster.hierarchy import linkage

from plotgate import set_table
from plotgate.errors import NoTableError
from plotgate.figure.reading.panels import read
from plotgate.figure.reading.table import as_csv
from tests.drawing import picture
from tests.figure.reading import figures
from tests.figure.reading.figures import SAMPLES, Sample, Table, one, table

pytestmark = pytest.mark.filterwarnings("ignore:vert. bool was deprecated")  # seaborn 0.13 under matplotlib 3.11

PENGUINS = table()


def listed(draw: Callable[[Table], Figure], penguins: Table = PENGUINS) -> Table:
    def drawn() -> Figure:
        return draw(penguins)

    return pd.read_csv(io.BytesIO(picture(drawn, format="csv").body), keep_default_na=True)


def rows(made: Table, *columns: str) -> list[tuple[Any, ...]]:
    return list(made[list(columns)].itertuples(index=False, name=None))


def test_points_are_the_rows_that_were_given() -> None:
    made = listed(figures.scatter)
    assert rows(made, "x", "y") == rows(PENGUINS, "mass", "flipper")
    assert set(rows(made, "kind", "x_name", "y_name")) == {("points", "mass", "flipper")}


def test_points_of_groups_bear_their_names() -> None:
    made = listed(figures.scatter_of_groups)
    assert sorted(rows(made, "series", "x", "y")) == sorted(rows(PENGUINS, "sex", "mass", "flipper"))


@pytest.mark.parametrize(
    ("draw", "columns"), [(figures.scatter_of_categories, ("y", "x")), (figures.strip, ("x", "y"))]
)
def test_points_at_categories_have_their_names(draw: Callable[..., Figure], columns: tuple[str, str]) -> None:
    which = "sex" if draw is figures.scatter_of_categories else "island"
    assert sorted(rows(listed(draw), *columns)) == sorted(rows(PENGUINS, which, "mass"))


def test_numbers_of_a_legend_are_no_series_but_what_each_point_has() -> None:
    def draw(penguins: Table) -> Figure:
        import seaborn as sns

        figure, axes = one()
        sns.scatterplot(penguins, x="mass", y="flipper", hue="year", ax=axes)  # its legend has but some of the years
        return figure

    assert listed(draw)["series"].isna().all()


def test_days_that_pandas_counts_are_dates() -> None:
    assert rows(listed(figures.days), "x", "y", "series") == [
        (day.strftime("%Y-%m-%d"), mass, "mass") for day, mass in rows(PENGUINS, "day", "mass")
    ]


@pytest.mark.parametrize(
    ("frequency", "written"),
    [
        ("ME", ["2024-01", "2024-02"]),
        ("QE", ["2024Q1", "2024Q2"]),
        ("YE", ["2024", "2025"]),
        ("B", ["2024-01-05", "2024-01-08"]),
        ("h", ["2024-01-05T00:00", "2024-01-05T01:00"]),
    ],
)
def test_periods_that_pandas_counts_are_written_as_such(frequency: str, written: list[str]) -> None:
    def draw(penguins: Table) -> Figure:
        figure, axes = one()
        times = pd.date_range("2024-01-05", periods=2, freq=frequency)
        pd.Series([1.0, 2.0], index=times).plot(ax=axes)
        return figure

    assert listed(draw)["x"].astype(str).tolist() == written


def test_times_of_another_zone_say_its_offset() -> None:
    def draw(penguins: Table) -> Figure:
        figure, axes = one()
        axes.plot(pd.date_range("2024-03-31", periods=2, tz="Europe/Madrid"), [1, 2])
        return figure

    assert listed(draw)["x"].tolist() == ["2024-03-31T00:00:00+01:00", "2024-04-01T00:00:00+02:00"]


def test_axes_upon_each_other_keep_their_names() -> None:
    made = listed(figures.twins)
    assert rows(made, "y_name", "y")[0] == ("total", PENGUINS["mass"].iloc[0])
    assert rows(made, "x_name", "y_name", "y")[-1] == ("year", "depth", pytest.approx(-PENGUINS["flipper"].sum()))


@pytest.mark.parametrize("draw", [figures.groups_of_bars, figures.groups_without_names])
def test_bars_side_by_side_have_one_category(draw: Callable[..., Figure]) -> None:
    means = PENGUINS.groupby(["sex", "island"], sort=True)["mass"].mean().reset_index()
    places = means["island"] if draw is figures.groups_of_bars else [0.0, 1.0, 2.0] * 2
    assert rows(listed(draw), "series", "x", "y") == rows(means.assign(x=places), "sex", "x", "mass")


def test_stacked_bars_are_parts_from_where_to_where() -> None:
    parts = PENGUINS.pivot_table(index="island", columns="sex", values="mass", aggfunc="sum")
    ends = parts.cumsum(axis="columns")
    made = listed(figures.stacked_bars)
    for sex in ("Female", "Male"):
        own = made[made["series"] == sex].set_index("y")
        np.testing.assert_allclose(own["x"], parts[sex])
        np.testing.assert_allclose(own["x_low"], ends[sex] - parts[sex])
        np.testing.assert_allclose(own["x_high"], ends[sex])


def test_bars_of_a_histogram_are_its_bins() -> None:
    counts, edges = np.histogram(PENGUINS["mass"], 7)
    made = listed(figures.histogram)
    np.testing.assert_allclose(made[["y", "x_low", "x_high"]].to_numpy().T, [counts, edges[:-1], edges[1:]])


@pytest.mark.parametrize("draw", [figures.boxes, figures.lying_boxes, figures.groups_of_boxes])
def test_boxes_are_their_statistics(draw: Callable[..., Figure]) -> None:
    by = ["sex", "island"] if draw is figures.groups_of_boxes else ["island"]
    made = listed(draw)
    boxes, outliers = (made[made["kind"] == kind] for kind in ("box", "outlier"))
    along, across = ("y", "x") if draw is figures.lying_boxes else ("x", "y")
    beyond = []
    for (name, group), box in zip(PENGUINS.groupby(by)["mass"], boxes.itertuples(), strict=True):
        q1, median, q3 = np.percentile(group, [25, 50, 75])
        inside = group[(group >= q1 - 1.5 * (q3 - q1)) & (group <= q3 + 1.5 * (q3 - q1))]
        expected = (inside.min(), q1, median, q3, inside.max(), len(group) - len(inside))
        assert (box.low, box.q1, box.median, box.q3, box.high, box.outliers) == pytest.approx(expected)
        assert (*((box.series,) if len(by) > 1 else ()), getattr(box, along)) == name
        beyond += [(name[-1], value) for value in set(group) - set(inside)]
    assert sorted(rows(outliers, along, across)) == sorted(beyond)


def test_violins_are_where_their_density_is_greatest() -> None:
    from scipy.stats import gaussian_kde

    made = listed(figures.violins)
    assert set(made["kind"]) == {"violin"}
    for row in made.itertuples():
        group = PENGUINS[(PENGUINS["sex"] == row.series) & (PENGUINS["island"] == row.x)]["mass"]
        density = gaussian_kde(group)
        width = density.scotts_factor() * group.std()
        assert (row.low, row.high) == pytest.approx((group.min() - 2 * width, group.max() + 2 * width))
        along = np.linspace(row.low, row.high, 1000)
        assert density(row.widest)[0] == pytest.approx(density(along).max(), rel=1e-3)


def test_stacked_areas_are_their_parts() -> None:
    made = listed(figures.stacked_areas)
    assert set(made["kind"]) == {"area"}  # without the lines that pandas draws at the top of each
    for name in ("mass", "flipper"):
        np.testing.assert_allclose(made[made["series"] == name]["y"], PENGUINS[name])
    np.testing.assert_allclose(made[made["series"] == "flipper"]["y_high"], PENGUINS["mass"] + PENGUINS["flipper"])


def test_cells_of_whole_numbers_are_called_by_them() -> None:
    means = PENGUINS.groupby(["island", PENGUINS["year"] % 4 + 2000])["mass"].mean().reset_index()
    made = listed(figures.heatmap)
    assert rows(made, "y", "x") == rows(means, "island", "year")
    np.testing.assert_allclose(made["value"], means["mass"])


def test_parts_of_a_pie_are_shares() -> None:
    made = listed(figures.pie)
    assert made["series"].tolist() == ["Biscoe", "Dream", "Torgersen"]
    np.testing.assert_allclose(made["value"], [0.3, 0.2, 0.5], rtol=1e-6)  # matplotlib keeps angles in single precision


def test_hexagons_are_their_centres_and_counts() -> None:
    made = listed(figures.hexagons)
    assert made["value"].sum() == len(PENGUINS)
    assert set(made["value_name"]) == {"penguins"}
    centres = made[["x", "y"]].to_numpy()
    size = np.ptp(centres, axis=0) / [4, 2]  # of the cells of the grid that was asked for
    scaled = (PENGUINS[["mass", "flipper"]].to_numpy()[:, None] - centres) / size
    nearest = (scaled**2 * [1, 3]).sum(axis=2).argmin(axis=1)
    np.testing.assert_array_equal(np.bincount(nearest, minlength=len(made)), made["value"])


def test_contours_are_their_levels() -> None:
    made = listed(figures.contours)
    assert rows(made.fillna(0), "value_low", "value_high") == [(0, 2), (2, 5), (5, 8), (8, 11), (11, 0)]


def test_arrows_are_their_parts_along_each_axis() -> None:
    made = listed(figures.arrows)
    expected = PENGUINS.assign(down=-PENGUINS["mass"])
    assert rows(made, "x", "y", "u", "v") == rows(expected, "year", "flipper", "mass", "down")


def test_error_bars_are_their_ends() -> None:
    made, total = listed(figures.error_bars), PENGUINS["mass"].cumsum()
    np.testing.assert_allclose(made["y"], total)
    np.testing.assert_allclose(made["y_low"], total - PENGUINS["flipper"])
    np.testing.assert_allclose(made["y_high"], total + PENGUINS["flipper"])


def test_points_in_space_are_not_projected() -> None:
    assert rows(listed(figures.space), "x", "y", "z") == rows(PENGUINS, "mass", "flipper", "year")


def test_dendrograms_are_their_mergers() -> None:
    np.testing.assert_allclose(sorted(listed(figures.tree)["height"]), linkage(PENGUINS[["mass"]][:8])[:, 2])


def test_lines_right_across_are_single_values() -> None:
    made = listed(figures.remarks)
    assert rows(made[made["kind"] == "reference"], "series", "y") == [("quota", 90_000)]


@pytest.mark.filterwarnings("ignore")  # of data that is missing
@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.name)
def test_every_kind_can_be_listed_of_data_that_is_missing(sample: Sample) -> None:
    for penguins in (PENGUINS[:0], PENGUINS[:1], PENGUINS.assign(mass=np.nan, flipper=np.nan)):
        try:
            figure = sample.draw(penguins)
        except (ValueError, TypeError, IndexError, KeyError, UnboundLocalError, np.linalg.LinAlgError):
            continue
        made = list(csv.reader(io.StringIO(as_csv(read(figure)), newline="")))
        assert {len(row) for row in made} == {len(made[0])}
        assert not {"nan", "NaT", "None", "inf"} & {cell for row in made for cell in row}
        plt.close("all")


def test_figure_of_no_known_kind_is_an_error_that_says_what_to_do() -> None:
    def draw(penguins: Table) -> Figure:
        figure, axes = one()
        axes.tripcolor([0, 1, 0], [0, 0, 1], [1, 2, 3])
        return figure

    with pytest.raises(NoTableError, match=r"`set_table\(figure, data_frame\)`"):
        listed(draw)


def test_figure_without_data_is_a_table_without_rows() -> None:
    assert listed(lambda penguins: one()[0]).empty


def test_author_gives_the_table_himself() -> None:
    own = pd.DataFrame(
        {"pressure (hPa)": [1013.25, np.nan], "remark": ["=1+1", None], "day": [pd.Timestamp(2024, 1, 1), pd.NaT]},
        index=pd.Index(["Zürich", "Oslo"], name="station"),
    )

    def draw() -> Figure:
        figure = figures.letter_values(PENGUINS)
        set_table(figure, own)
        return figure

    made = list(csv.reader(io.StringIO(picture(draw, format="csv").body.decode(), newline="")))
    assert made == [
        ["station", "pressure (hPa)", "remark", "day"],
        ["Zürich", "1013.25", "'=1+1", "2024-01-01T00:00:00"],
        ["Oslo", "", "", ""],
    ]


def test_table_that_is_no_data_frame_is_refused() -> None:
    with pytest.raises(TypeError, match=r"^The table must be a pandas DataFrame, not list$"):
        set_table(Figure(), [[1, 2]])  # type: ignore[arg-type]


@pytest.mark.parametrize("number", ["1", "-1", "+1.5", "-.5e-3", "1E6"])
def test_text_that_is_a_number_is_not_quoted(number: str) -> None:
    assert cell(number) == number


@pytest.mark.parametrize(
    "formula",
    ['=1+HYPERLINK("https://example.com")', "-1+cmd|' /C calc'!A0", "+1-1", "@SUM(1)", "-inf", "--1", "\uff1d1", "-1e"],
)
def test_text_that_is_a_formula_is_quoted(formula: str) -> None:
    assert cell(formula) == f"'{formula}"


@given(st.text(max_size=30))
@settings(max_examples=200, deadline=None)
def test_no_text_is_run_or_breaks_a_row(text: str) -> None:
    made = cell(text)
    assert made.replace("\u200c", "").replace("\u200d", "").isprintable()
    assert not made.startswith(("=", "@", "\t", "\r"))
    if made.startswith(("+", "-")):
        float(made)


def cell(name: str) -> str:
    """A name as it comes out of a table."""
    figure = Figure()
    figure.subplots().plot([1], [2], "o", label=name)
    (_, row) = csv.reader(io.StringIO(as_csv(read(figure)), newline=""))
    return row[2]
