"""What the plot of the digits draws, artist by artist, and that its table can be made again."""

from typing import Any

import numpy as np
import pandas as pd
import pytest
from matplotlib.collections import PathCollection
from matplotlib.colors import same_color
from matplotlib.figure import Figure
from scipy.spatial.distance import pdist
from sklearn.datasets import load_digits
from sklearn.neighbors import KNeighborsClassifier
from threadpoolctl import threadpool_limits

from functions.digits import fit
from tests.found import FUNCTIONS, plot_handler


def drawn(**arguments: Any) -> Figure:
    return plot_handler("digits/embedding").plot.draw(**arguments)


def groups(figure: Figure) -> dict[int, PathCollection]:
    found = [points for points in figure.axes[0].collections if isinstance(points, PathCollection)]
    return {int(str(points.get_label())): points for points in found}


@pytest.fixture(scope="module")
def kept() -> pd.DataFrame:
    return pd.read_csv(FUNCTIONS / "digits" / "embedding" / "embeddings.csv")


def test_the_embeddings_come_out_the_same(kept: pd.DataFrame) -> None:
    with threadpool_limits(1):  # two that share a processor take longer
        again = fit.embeddings([30])
    assert np.array_equal(kept["digit"], load_digits().target)
    # Another processor's last bits may bend a t-SNE here and there; which digits lie together stays.
    tsne = ["x_30", "y_30"]
    assert np.corrcoef(pdist(again[tsne]), pdist(kept[tsne]))[0, 1] > 0.95
    assert (again["nearest_30"] == again["digit"]).mean() == pytest.approx(
        (kept["nearest_30"] == kept["digit"]).mean(), abs=0.005
    )


@pytest.mark.parametrize("perplexity", fit.PERPLEXITIES)
def test_each_digit_is_drawn_where_it_lies(kept: pd.DataFrame, perplexity: int) -> None:
    figure = drawn(perplexity=perplexity)
    columns = [f"x_{perplexity}", f"y_{perplexity}"]
    shown = groups(figure)
    assert list(shown) == list(range(10))
    for digit, points in shown.items():
        assert np.array_equal(np.asarray(points.get_offsets()), kept.loc[kept["digit"] == digit, columns])
    names = {text.get_text(): text.get_position() for text in figure.axes[0].texts}
    assert names["7"] == pytest.approx(kept.loc[kept["digit"] == 7, columns].median())
    nearest = KNeighborsClassifier(1).fit(kept[columns], kept["digit"]).kneighbors(return_distance=False)[:, 0]
    alike = (kept["digit"].to_numpy()[nearest] == kept["digit"]).mean()
    said = float(str(figure.get_label()).split("For ")[1].split("%")[0])
    assert said == pytest.approx(100 * alike, abs=0.5)  # of places with two decimals some are as near as others


def test_digits_that_are_not_highlighted_are_grey_and_have_no_name() -> None:
    figure = drawn(highlight=[3, 9])
    colours = {digit: tuple(np.atleast_2d(points.get_facecolor())[0]) for digit, points in groups(figure).items()}
    assert [digit for digit, colour in colours.items() if not same_color(colour, "0.58")] == [3, 9]
    assert sorted(text.get_text() for text in figure.axes[0].texts) == ["3", "9"]
