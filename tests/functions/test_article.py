"""Our figures look like those of the article's code, drawn on the side."""

import io
from collections.abc import Iterator

import matplotlib
import matplotlib.pyplot as plt
import numpy as np
import pytest
from matplotlib.figure import Figure
from numpy.typing import NDArray
from PIL import Image
from skimage.metrics import structural_similarity

from benchmarks.article import plots as article
from tests.drawing import picture
from tests.found import plot_handler

CORRELATION = plot_handler("breast_cancer_data/correlation_matrix").plot.draw
PAIRPLOT = plot_handler("breast_cancer_data/pairplot").plot.draw


@pytest.fixture(autouse=True)
def _no_traces_of_the_article() -> Iterator[None]:
    # Our letters are not hinted, so that they are as wide at each resolution; his are drawn likewise.
    with matplotlib.rc_context({"text.hinting": "no_hinting"}):
        yield
    plt.close("all")


def pixels(png: bytes) -> NDArray[np.uint8]:
    return np.asarray(Image.open(io.BytesIO(png)).convert("RGB"))


def similarity(ours: bytes, theirs: bytes) -> float:
    return float(structural_similarity(pixels(ours), pixels(theirs), channel_axis=2))


def settled(figure: Figure) -> bytes:
    # Constrained layout of square axes needs two passes until it stays where it is.
    article.png(figure)
    return article.png(figure).read()


def test_correlation_matrix_looks_like_the_articles() -> None:
    ours = picture(CORRELATION).body
    # As the article saves it, 39 of its 60 labels are cut off: the one thing that ours must not repeat.
    matplotlib.rcParams["figure.constrained_layout.use"] = True
    assert similarity(ours, settled(article.correlation_matrix())) >= 0.98


def test_pairplot_looks_like_the_articles() -> None:
    features = ["mean radius", "mean texture", "mean smoothness"]
    ours = picture(PAIRPLOT, {"features": ",".join(features)}).body
    assert similarity(ours, article.png(article.pairplot(features)).read()) >= 0.98
