"""What the plots of breast-cancer models draw, artist by artist, and that their tables can be made again."""

from collections.abc import Callable
from importlib import import_module
from typing import Any

import numpy as np
import pandas as pd
import pytest
from matplotlib.collections import LineCollection, PathCollection, PolyCollection, QuadMesh
from matplotlib.contour import ContourSet
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from numpy.typing import NDArray
from scipy.stats import norm
from sklearn.metrics import confusion_matrix, roc_auc_score, roc_curve

from functions.breast_cancer_data import fit
from plotgate.datasets import BREAST_CANCER_FEATURES, breast_cancer
from tests.found import FUNCTIONS, plot_handler
from tests.wire import Request, answer, http_api

FOLDER = FUNCTIONS / "breast_cancer_data"
MODELS = list(fit.MODELS)


def drawn(plot: str, **arguments: Any) -> Figure:
    return plot_handler(f"breast_cancer_data/{plot}").plot.draw(**arguments)


def labelled(figure: Figure, start: str) -> Line2D:
    (line,) = (line for line in figure.axes[0].get_lines() if str(line.get_label()).startswith(start))
    return line


@pytest.fixture(scope="module")
def scores() -> pd.DataFrame:
    return pd.read_csv(FOLDER / "roc_curve" / "scores.csv")


def test_the_scores_are_those_of_models_that_have_not_seen_the_tumour(scores: pd.DataFrame) -> None:
    assert (scores["diagnosis"] == breast_cancer()["diagnosis"]).all()
    pd.testing.assert_frame_equal(fit.scores(), scores, check_dtype=False, rtol=0, atol=1e-5)


def test_the_copies_of_the_scores_are_one() -> None:
    assert len({file.read_bytes() for file in FOLDER.glob("*/scores.csv")}) == 1


@pytest.mark.parametrize("model", MODELS)
def test_roc_curve_is_the_mean_of_the_folds(scores: pd.DataFrame, model: str) -> None:
    figure = drawn("roc_curve", models=[model])
    line = labelled(figure, model.replace("_", " "))
    folds = [(fold["diagnosis"] == "M", fold[model]) for _, fold in scores.groupby("fold")]
    curves = [roc_curve(*fold, drop_intermediate=False)[:2] for fold in folds]
    shown = np.asarray(line.get_xdata())
    expected = np.array([np.interp(shown, false, found) for false, found in curves])
    assert np.allclose(np.asarray(line.get_ydata()), expected.mean(axis=0))
    (band,) = figure.axes[0].findobj(PolyCollection)
    assert isinstance(band, PolyCollection)
    corners = np.asarray(band.get_paths()[0].vertices)
    for at, low, high in zip(shown, expected.min(axis=0), expected.max(axis=0), strict=True):
        of_here = corners[np.isclose(corners[:, 0], at), 1]
        assert (of_here.min(), of_here.max()) == pytest.approx((low, high))
    areas = [roc_auc_score(*fold) for fold in folds]
    assert f"area {np.mean(areas):.3f} ({min(areas):.3f} to {max(areas):.3f})" in str(line.get_label())


def test_roc_curve_ends_where_it_is_asked_to() -> None:
    figure = drawn("roc_curve", models=MODELS, most_false_alarms=0.2)
    assert figure.axes[0].get_xlim() == (0, 0.2)
    assert len(figure.axes[0].get_lines()) == len(MODELS) + 1
    assert np.asarray(figure.axes[0].get_lines()[0].get_xdata()).max() == 0.2


@pytest.mark.parametrize("threshold", [0.01, 0.5, 0.99])
@pytest.mark.parametrize("model", MODELS)
def test_confusion_matrix_counts_what_is_called_what(scores: pd.DataFrame, model: str, threshold: float) -> None:
    figure = drawn("confusion_matrix", model=model, threshold=threshold)
    called = np.where(scores[model] >= threshold, "M", "B")
    expected = confusion_matrix(scores["diagnosis"], called, labels=["M", "B"])
    (mesh,) = figure.axes[0].findobj(QuadMesh)
    assert isinstance(mesh, QuadMesh)
    assert np.array_equal(np.asarray(mesh.get_array()), expected)
    words = [text.get_text() for text in figure.axes[0].texts]
    assert words[::2] == [str(count) for count in expected.ravel()]
    assert words[1] == f"found\n{expected[0, 0] / 212:.1%} of 212"
    assert f"misses {expected[0, 1]}; of 357" in str(figure.get_label())


@pytest.fixture(scope="module")
def shuffles() -> pd.DataFrame:
    return pd.read_csv(FOLDER / "feature_importance" / "importances.csv", index_col="measurement")


def of(shuffles: pd.DataFrame, model: str) -> pd.DataFrame:
    return shuffles[shuffles["model"] == model].drop(columns="model")


@pytest.mark.parametrize("model", ["logistic_regression", "decision_tree"])  # gradient boosting takes seconds
def test_the_importances_come_out_the_same(shuffles: pd.DataFrame, model: str) -> None:
    again, kept = fit.importances([model]).set_index("measurement"), of(shuffles, model)
    assert list(again.index) == list(kept.index)
    # A tumour whose probability is half to the last bit may be called either.
    assert np.abs(of(again, model).to_numpy() - kept.to_numpy()).max() <= 1


@pytest.mark.parametrize("model", ["logistic_regression", "decision_tree", "gradient_boosting"])
def test_feature_importance_shows_mean_and_range_of_the_shuffles(shuffles: pd.DataFrame, model: str) -> None:
    figure = drawn("feature_importance", model=model, top=30)
    of_model = of(shuffles, model)
    points = figure.axes[0].get_lines()[0]
    (whiskers,) = figure.axes[0].findobj(LineCollection)
    assert isinstance(whiskers, LineCollection)
    ends = np.array([np.asarray(segment)[:, 0] for segment in whiskers.get_segments()])
    names = [label.get_text() for label in figure.axes[0].get_yticklabels()]
    assert sorted(names) == sorted(BREAST_CANCER_FEATURES)
    assert np.allclose(np.asarray(points.get_xdata()), of_model.mean(axis=1)[names])
    assert np.allclose(ends, np.column_stack([of_model.min(axis=1)[names], of_model.max(axis=1)[names]]))
    assert of_model.mean(axis=1)[names].is_monotonic_increasing  # upwards
    assert f"most on {names[-1]}" in str(figure.get_label())


def test_feature_importance_shows_the_most_important() -> None:
    few, all_ = (drawn("feature_importance", top=top).axes[0].get_lines()[0].get_xdata() for top in (5, 30))
    assert np.array_equal(np.asarray(few), np.asarray(all_)[-5:])


MEASURED = breast_cancer()[["worst radius", "worst texture"]].to_numpy()
IS_MALIGNANT = (breast_cancer()["diagnosis"] == "M").to_numpy()


def nearest(places: NDArray[np.float64]) -> NDArray[np.float64]:
    scale = MEASURED.std(axis=0)
    distances = np.linalg.norm((places[:, np.newaxis] - MEASURED) / scale, axis=2)
    found: NDArray[np.float64] = IS_MALIGNANT[np.argsort(distances, axis=1)[:, :15]].mean(axis=1)
    return found


def bayes(places: NDArray[np.float64]) -> NDArray[np.float64]:
    likely = [IS_MALIGNANT.mean() * likelihood(places, MEASURED[IS_MALIGNANT])]
    likely += [(~IS_MALIGNANT).mean() * likelihood(places, MEASURED[~IS_MALIGNANT])]
    found: NDArray[np.float64] = likely[0] / sum(likely)
    return found


def likelihood(places: NDArray[np.float64], of: NDArray[np.float64]) -> NDArray[np.float64]:
    found: NDArray[np.float64] = norm.pdf(places, of.mean(axis=0), of.std(axis=0)).prod(axis=1)
    return found


@pytest.mark.parametrize(("model", "judge"), [("nearest_neighbours", nearest), ("naive_bayes", bayes)])
def test_decision_boundary_is_where_the_model_wavers(
    model: str, judge: Callable[[NDArray[np.float64]], NDArray[np.float64]]
) -> None:
    axes = drawn("decision_boundary", model=model).axes[0]
    filled, boundary = (found for found in axes.collections if isinstance(found, ContourSet))
    assert np.allclose(list(filled.levels), np.linspace(0, 1, 11))
    (path,) = boundary.get_paths()
    at = judge(np.asarray(path.vertices)[::10])
    assert np.abs(at - 0.5).mean() < 0.05  # the grid is a hundred wide, and neighbours change by a fifteenth


def test_decision_boundary_of_logistic_regression_is_straight() -> None:
    axes = drawn("decision_boundary", threshold=0.2).axes[0]
    _, boundary = (found for found in axes.collections if isinstance(found, ContourSet))
    (path,) = boundary.get_paths()
    x, y = np.asarray(path.vertices).T
    assert abs(np.corrcoef(x, y)[0, 1]) > 0.9999


@pytest.mark.parametrize("threshold", [0.01, 0.5, 0.99])
def test_decision_boundary_tells_how_often_it_errs(threshold: float) -> None:
    figure = drawn("decision_boundary", model="naive_bayes", threshold=threshold)
    is_called = bayes(MEASURED).round(4) >= threshold
    missed, alarms = (IS_MALIGNANT & ~is_called).sum(), (is_called & ~IS_MALIGNANT).sum()
    assert f"misses {missed} malignant ones and takes {alarms} benign ones" in str(figure.get_label())
    shown = [np.asarray(found.get_offsets()) for found in figure.axes[0].findobj(PathCollection)]
    assert [len(points) for points in shown] == [357, 212]
    assert np.array_equal(shown[1], MEASURED[IS_MALIGNANT])


def test_a_model_that_is_never_so_sure_has_no_boundary() -> None:
    features = ["symmetry error", "texture error"]
    axes = drawn("decision_boundary", features=features, threshold=0.99).axes[0]
    assert len([found for found in axes.collections if isinstance(found, ContourSet)]) == 1


def test_a_model_is_fitted_once_and_its_tag_stays_strong() -> None:
    plot = import_module("functions.breast_cancer_data.decision_boundary.app")
    path = "/plots/breast_cancer_data/decision_boundary"
    plot.judged.cache_clear()
    for query in ("width=300", "width=301", "width=302&threshold=0.3"):
        assert answer(plot.handler(http_api(Request(path, query)), None)).headers["etag"].startswith('"')
    assert plot.judged.cache_info().misses == 1
