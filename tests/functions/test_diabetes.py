"""What the plot of the diabetes data draws, artist by artist, and that its table can be made again."""

from typing import Any

import numpy as np
import pandas as pd
import pytest
from matplotlib.collections import LineCollection, PathCollection
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from sklearn.datasets import load_diabetes
from sklearn.metrics import mean_absolute_error

from functions.diabetes import fit
from tests.found import FUNCTIONS, plot_handler

MODELS = list(fit.MODELS)


def drawn(**arguments: Any) -> Figure:
    return plot_handler("diabetes/residuals").plot.draw(**arguments)


@pytest.fixture(scope="module")
def kept() -> pd.DataFrame:
    return pd.read_csv(FUNCTIONS / "diabetes" / "residuals" / "predictions.csv")


def test_the_predictions_come_out_the_same(kept: pd.DataFrame) -> None:
    assert np.array_equal(kept["progression"], load_diabetes().target)
    pd.testing.assert_frame_equal(fit.predictions(), kept, check_dtype=False, rtol=1e-4)


@pytest.mark.parametrize("model", MODELS)
def test_residuals_are_what_was_measured_less_what_was_predicted(kept: pd.DataFrame, model: str) -> None:
    figure = drawn(model=model, against="age")
    (points,) = figure.axes[0].findobj(PathCollection)
    assert isinstance(points, PathCollection)
    residuals = kept["progression"] - kept[model]
    assert np.allclose(np.asarray(points.get_offsets()), np.column_stack([kept["age"], residuals]))
    counts, _ = np.histogram(residuals, np.arange(-180, 181, 20))
    bars = [bar for bar in figure.axes[1].patches if isinstance(bar, Rectangle)]
    assert [bar.get_width() for bar in bars] == list(counts)
    assert sum(counts) == len(kept)  # none lies outside
    error = mean_absolute_error(kept["progression"], kept[model])
    assert f"off by {error:.0f} on average" in figure.get_suptitle()


@pytest.mark.parametrize("against", ["prediction", "age", "body_mass_index", "blood_pressure"])
@pytest.mark.parametrize("groups", [2, 8, 20])
def test_groups_have_their_mean_and_its_interval(kept: pd.DataFrame, against: str, groups: int) -> None:
    figure = drawn(against=against, groups=groups)
    line = figure.axes[0].get_lines()[0]
    (bars,) = figure.axes[0].findobj(LineCollection)
    assert isinstance(bars, LineCollection)
    order = kept["linear_regression" if against == "prediction" else against].to_numpy()
    residuals = (kept["progression"] - kept["linear_regression"]).to_numpy()
    # A patient upon a border belongs to the group below it.
    edges = np.unique(np.quantile(order, np.linspace(0, 1, groups + 1)[1:-1]))
    inside = [np.digitize(order, edges, right=True) == group for group in range(len(edges) + 1)]
    means = np.array([residuals[of].mean() for of in inside])
    errors = np.array([1.96 * residuals[of].std(ddof=1) / np.sqrt(of.sum()) for of in inside])
    assert np.allclose(np.asarray(line.get_xdata()), [order[of].mean() for of in inside])
    assert np.allclose(np.asarray(line.get_ydata()), means)
    ends = np.array([np.asarray(segment)[:, 1] for segment in bars.get_segments()])
    assert np.allclose(ends, np.column_stack([means - errors, means + errors]))
