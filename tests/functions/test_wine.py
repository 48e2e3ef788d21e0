"""What the plot of the wine data draws, artist by artist, and that its table can be made again."""

from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd
import pytest
from matplotlib.collections import PathCollection
from matplotlib.figure import Figure
from scipy.spatial.distance import pdist
from sklearn.datasets import load_wine
from sklearn.neighbors import NearestNeighbors
from threadpoolctl import threadpool_limits

from functions.wine import fit
from tests.found import FUNCTIONS, plot_handler


def drawn(**arguments: Any) -> Figure:
    return plot_handler("wine/projection").plot.draw(**arguments)


@pytest.fixture(scope="module")
def kept() -> pd.DataFrame:
    return pd.read_csv(FUNCTIONS / "wine" / "projection" / "projections.csv")


@pytest.fixture
def _one_thread() -> Iterator[None]:
    with threadpool_limits(1):  # so few points are slower in two
        yield


@pytest.mark.usefixtures("_one_thread")
def test_the_projections_come_out_the_same(kept: pd.DataFrame) -> None:
    again = fit.projections([15])
    assert list(kept["cultivar"]) == list(load_wine().target + 1)
    assert np.allclose(again[["pca_x", "pca_y"]], kept[["pca_x", "pca_y"]], atol=1e-3)
    # Another processor's last bits may bend a t-SNE here and there; which wines are neighbours stays.
    tsne = ["tsne_15_x", "tsne_15_y"]
    assert np.corrcoef(pdist(again[tsne]), pdist(kept[tsne]))[0, 1] > 0.95


@pytest.mark.parametrize(
    ("name", "arguments"),
    [("pca", {}), *((f"tsne_{p}", {"method": "tsne", "perplexity": p}) for p in fit.PERPLEXITIES)],
)
def test_projection_shows_each_wine_by_its_cultivar(kept: pd.DataFrame, name: str, arguments: dict[str, Any]) -> None:
    figure = drawn(**arguments)
    groups = [points for points in figure.axes[0].collections if isinstance(points, PathCollection)]
    shown = {str(points.get_label()): np.asarray(points.get_offsets()) for points in groups}
    assert list(shown) == ["cultivar 1", "cultivar 2", "cultivar 3"]
    columns = [f"{name}_x", f"{name}_y"]
    for cultivar, points in shown.items():
        assert np.array_equal(points, kept.loc[kept["cultivar"] == int(cultivar[-1]), columns])
    nearest = NearestNeighbors(n_neighbors=2).fit(kept[columns]).kneighbors(return_distance=False)[:, 0]
    alike = np.mean(kept["cultivar"].to_numpy()[nearest] == kept["cultivar"])
    assert f"For {alike:.0%} of them" in str(figure.get_label())


def test_axes_of_principal_components_say_how_much_they_tell() -> None:
    measured = load_wine().data
    variances = np.linalg.eigvalsh(np.corrcoef(measured.T))[::-1]
    first, second = variances[:2] / variances.sum()
    axes = drawn().axes[0]
    assert axes.get_xlabel() == f"First component ({first:.0%} of variance)"
    assert axes.get_ylabel() == f"Second component ({second:.0%})"
