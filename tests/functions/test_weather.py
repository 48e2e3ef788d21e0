"""What the weather plots draw, artist by artist."""

import hashlib
from datetime import date

import numpy as np
import pandas as pd
import pytest
from matplotlib.collections import PolyCollection, QuadMesh
from matplotlib.figure import Figure

from tests.found import FUNCTIONS, plot_handler

FILES = sorted(FUNCTIONS.glob("weather/*/seattle_weather.csv"))


def drawn(plot: str, **arguments: object) -> Figure:
    return plot_handler(f"weather/{plot}").plot.draw(**arguments)


@pytest.fixture(scope="module")
def weather() -> pd.DataFrame:
    return pd.read_csv(FILES[0], parse_dates=["date"])


def test_the_copies_of_the_data_file_are_one() -> None:
    assert len(FILES) == 2
    digests = {hashlib.sha256(file.read_bytes()).hexdigest() for file in FILES}
    assert digests == {"5c822be5f9b70c9180dff922d1b43bcfaff89b48250215bef9a4d9465f356a89"}


def test_temperature_shows_the_mean_of_the_days_around(weather: pd.DataFrame) -> None:
    figure = drawn("temperature", start=date(2014, 3, 1), end=date(2014, 4, 1), rolling=7)
    (line,) = figure.axes[0].get_lines()
    means = pd.Series(np.asarray(line.get_ydata()), pd.to_datetime(np.asarray(line.get_xdata())))
    # The days before the range count towards its first mean.
    for day in (pd.Timestamp(2014, 3, 1), pd.Timestamp(2014, 3, 15)):
        around = weather[abs(weather["date"] - day) <= pd.Timedelta(days=3)]
        assert means[day] == pytest.approx((around["temp_min"] + around["temp_max"]).mean() / 2)


def test_temperature_shows_the_minimum_and_maximum_of_each_day(weather: pd.DataFrame) -> None:
    figure = drawn("temperature", start=date(2012, 1, 1), end=date(2016, 1, 1), rolling=1)
    (band,) = figure.axes[0].findobj(PolyCollection)
    assert isinstance(band, PolyCollection)
    shown = band.get_paths()[0].vertices
    assert {*weather["temp_min"], *weather["temp_max"]} == set(np.asarray(shown)[:, 1])


def test_precipitation_shows_each_day_once(weather: pd.DataFrame) -> None:
    figure = drawn("precipitation", start=date(2012, 1, 1), end=date(2016, 1, 1))
    meshes = [mesh for axes in figure.axes[:4] for mesh in axes.findobj(QuadMesh)]
    for year, mesh in zip(range(2012, 2016), meshes, strict=True):
        shown = np.ma.asarray(mesh.get_array())
        of_year = weather[weather["date"].dt.year == year]
        assert shown.count() == len(of_year)
        assert shown.sum() == pytest.approx(of_year["precipitation"].sum())
        wettest = of_year.sort_values("precipitation")["date"].iloc[-1]
        row, _ = np.unravel_index(np.argmax(shown.filled(-1)), (7, 54))
        assert row == wettest.weekday()


@pytest.mark.parametrize("plot", ["temperature", "precipitation"])
def test_a_range_without_measurements_says_so(plot: str) -> None:
    figure = drawn(plot, start=date(2020, 1, 1), end=date(2020, 3, 1))
    assert "No measurements in this range" in [text.get_text() for text in figure.axes[0].texts]
