"""What a figure shows is told in numbers and in words."""

import csv
import io
import json
from typing import Any

import numpy as np
import pandas as pd
import pytest
from matplotlib.figure import Figure

from plotgate.datasets import breast_cancer
from plotgate.errors import DrawError
from tests import samples
from tests.drawing import picture
from tests.found import plot_handler
from tests.samples import SAMPLES

CORRELATION = plot_handler("breast_cancer_data/correlation_matrix").plot
PAIRPLOT = plot_handler("breast_cancer_data/pairplot").plot


def table(draw: Any, path: dict[str, str] | None = None, **query: Any) -> pd.DataFrame:
    return pd.read_csv(io.BytesIO(picture(draw, path, format="csv", **query).body))


@pytest.mark.parametrize("method", ["pearson", "kendall", "spearman"])
def test_csv_of_the_correlation_matrix_is_pandas_own_correlation(method: Any) -> None:
    listed = table(CORRELATION.draw, method=method, width=200).pivot(index="y", columns="x", values="value")
    expected = breast_cancer().drop(columns="diagnosis").corr(method)
    lower = np.tril(np.ones_like(expected, dtype=bool), -1)
    listed = listed.reindex(index=expected.index, columns=expected.columns)
    assert listed.notna().to_numpy().sum() == 30 * 29 / 2
    assert np.abs(listed.to_numpy()[lower] - expected.to_numpy()[lower]).max() < 1e-9


def test_csv_of_the_pairplot_is_its_points() -> None:
    features = ["mean radius", "mean texture"]
    listed = table(PAIRPLOT.draw, {"features": ",".join(features)}, width=300)
    points = listed[(listed["kind"] == "points") & (listed["x_name"] == "mean radius")]
    assert set(points["y_name"]) == {"mean texture"}
    given = breast_cancer()
    for diagnosis in ("M", "B"):
        ours = points[points["series"] == diagnosis][["x", "y"]].astype(float).to_numpy()
        theirs = given[given["diagnosis"] == diagnosis][features].to_numpy()
        assert sorted(map(tuple, ours)) == sorted(map(tuple, theirs))


def test_dates_and_names_are_written_as_such() -> None:
    assert table(samples.dates)["x"].iloc[[0, -1]].tolist() == ["2024-01-01", "2025-02-03"]
    assert table(samples.bars)["x"].iloc[0] == "Agriculture and forestry"


def test_lines_bear_the_names_of_the_legend() -> None:
    listed = table(samples.lines)
    assert listed.groupby("series", sort=False)["y"].agg(["first", "last"]).to_dict("index") == {
        "Spain": {"first": 10.0, "last": 26.0},
        "Norway": {"first": 30.0, "last": 20.0},
    }


def test_panels_of_a_grid_are_numbered_in_reading_order_with_their_titles() -> None:
    listed = table(samples.grid)
    assert listed.groupby("panel")["title"].unique().map(list).to_dict() == {
        1: ["site = north"],
        2: ["site = south"],
        3: ["site = west"],
    }
    assert listed.groupby("series").size().to_dict() == {"north": 30, "south": 30, "west": 30}


def test_cells_of_an_image_are_listed_with_the_name_of_the_colour_bar() -> None:
    listed = table(samples.image)
    assert listed[["x", "y", "value"]].iloc[-1].tolist() == [3, 2, 11]
    assert set(listed["value_name"]) == {"Counts"}


def test_text_that_a_spreadsheet_would_run_stays_text() -> None:
    def draw(name: str = "=HYPERLINK(1)") -> Figure:
        figure = Figure()
        figure.subplots().bar([name, "-1", 'plain, "quoted"\nname'], [1, 2, 3])
        return figure

    rows = list(csv.reader(io.StringIO(picture(draw, format="csv").body.decode())))
    assert [row[5] for row in rows[1:]] == ["'=HYPERLINK(1)", "-1", 'plain, "quoted" name']


@pytest.mark.parametrize(
    ("draw", "says"),
    [
        (samples.lines, "Spain rises from 10 to 26. Norway falls from 30 to 20."),
        (samples.bars, "The highest bar is 20.5 (Manufacturing of goods), the lowest 1.1 (Mining)."),
        (samples.dates, "from 2024-01-01 to 2025-02-03"),
        (samples.histogram, "Bar chart: Distribution of the residuals of the model."),
        (samples.grid, "3 scatter plots: site = north, site = south and site = west. They show x and y"),
        (samples.image, "the colour shows Counts from 0 to 11"),
        (samples.annotated, "The highest value is 30 (predicted yes and no)"),
        (samples.by_hand, "The x axis shows Time (s) from 0 to 1, the y axis shows Pressure (hPa) from 1000 to 2000"),
        (samples.pie, "The largest parts are rent 50 %, food 30 % and the rest of it 20 %."),
        (samples.empty, "an empty chart"),
    ],
)
def test_alt_text_says_what_is_to_be_seen(draw: Any, says: str) -> None:
    assert says in picture(draw, format="json").alt


@pytest.mark.parametrize("draw", SAMPLES)
def test_alt_text_is_short(draw: Any) -> None:
    assert len(picture(draw, format="json").alt) <= 600


def test_author_gives_his_own_words_in_the_docstring_or_on_the_figure() -> None:
    def described() -> Figure:
        """Two lines
        that cross.
        """
        return samples.lines()

    def labelled() -> Figure:
        """Not these words."""
        figure = samples.lines()
        figure.set_label("Trains are late")
        return figure

    assert picture(described, format="json").alt == "Two lines that cross."
    assert picture(labelled, format="json").alt == "Trains are late"


def test_json_tells_what_was_drawn() -> None:
    told = json.loads(picture(CORRELATION.draw, format="json", vmax=1, width=440).body)
    assert told["title"] == "Correlation of the measurements"
    assert told["parameters"] == {"method": "pearson", "vmax": 1.0}
    assert (told["width"], told["height"]) == (440, 360)
    assert told["alt"].startswith("Heatmap: Correlation of the measurements.")
    assert {"plotgate", "matplotlib", "pandas"} <= told["versions"].keys()


def test_figure_that_nobody_can_read_is_shown_all_the_same(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def unreadable(figure: Figure) -> None:
        raise TypeError("an artist of its own kind")

    monkeypatch.setattr("plotgate.figure.reading.panels.read", unreadable)
    assert picture(CORRELATION.draw, width=200).alt == "Correlation of the measurements"
    assert "an artist of its own kind" in caplog.text
    with pytest.raises(DrawError):
        picture(CORRELATION.draw, format="csv")
