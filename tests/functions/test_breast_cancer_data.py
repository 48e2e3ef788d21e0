"""What the breast-cancer plots draw, artist by artist."""

from typing import Literal

import numpy as np
import pytest
from matplotlib.collections import PathCollection, QuadMesh
from matplotlib.colors import same_color
from matplotlib.figure import Figure

from plotgate.datasets import BREAST_CANCER_FEATURES, breast_cancer
from tests.found import plot_handler


def mesh(figure: Figure) -> QuadMesh:
    (found,) = figure.axes[0].findobj(QuadMesh)
    assert isinstance(found, QuadMesh)
    return found


def test_data_set_is_scikit_learns() -> None:
    from sklearn.datasets import load_breast_cancer

    bunch = load_breast_cancer()
    data = breast_cancer()
    assert tuple(bunch.feature_names) == BREAST_CANCER_FEATURES
    assert np.array_equal(data[list(BREAST_CANCER_FEATURES)].to_numpy(), bunch.data)
    assert (data["diagnosis"] == np.where(bunch.target == 0, "M", "B")).all()


@pytest.mark.parametrize("method", ["pearson", "kendall", "spearman"])
def test_correlation_matrix_shows_the_lower_triangle(method: Literal["pearson", "kendall", "spearman"]) -> None:
    drawn = np.ma.asarray(
        mesh(plot_handler("breast_cancer_data/correlation_matrix").plot.draw(method=method)).get_array()
    )
    expected = breast_cancer().drop(columns="diagnosis").corr(method).to_numpy()
    lower = np.tril_indices(30, -1)
    assert np.allclose(drawn.data[lower], expected[lower])
    assert np.array_equal(drawn.mask, np.triu(np.ones((30, 30), dtype=bool)))


def test_correlation_matrix_saturates_at_vmax() -> None:
    assert mesh(plot_handler("breast_cancer_data/correlation_matrix").plot.draw(vmax=0.7)).get_clim()[1] == 0.7


def test_pairplot_marks_diagnoses_by_colour() -> None:
    figure = plot_handler("breast_cancer_data/pairplot").plot.draw(features=["mean radius", "mean area"])
    assert [axes.get_xlabel() for axes in figure.axes[-2:]] == ["mean radius", "mean area"]
    (points,) = figure.axes[1].findobj(PathCollection)
    assert isinstance(points, PathCollection)
    colours = [tuple(colour) for colour in np.atleast_2d(points.get_facecolor())]
    assert len(colours) == 569
    assert all(same_color(colour, "red") or same_color(colour, "#875FDB") for colour in set(colours))
