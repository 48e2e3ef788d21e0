"""What the plots of breast-cancer models draw, artist by artist, and that their tables can be made again."""

from typing import Any

import numpy as np
import pandas as pd
import pytest
from matplotlib.collections import LineCollection, PolyCollection, QuadMesh
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from sklearn.metrics import confusion_matrix, roc_auc_score, roc_curve

from functions.breast_cancer_data import fit
from plotgate.datasets import BREAST_CANCER_FEATURES, breast_cancer
from tests.found import FUNCTIONS, plot_handler

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
