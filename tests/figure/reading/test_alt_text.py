"""Of a figure is said what is true of its data, and nothing else."""

import logging
from collections.abc import Callable

import numpy as np
import pytest
from matplotlib.figure import Figure

from tests.drawing import picture
from tests.figure.reading.figures import SAMPLES, Sample, Table, table

pytestmark = pytest.mark.filterwarnings("ignore:vert. bool was deprecated")  # seaborn 0.13 under matplotlib 3.11


def alt(draw: Callable[[], Figure]) -> str:
    return picture(draw, format="json").alt


def drawn(sample: Sample, penguins: Table) -> Callable[[], Figure]:
    def draw() -> Figure:
        return sample.draw(penguins)

    return draw


@pytest.mark.parametrize("sample", [sample for sample in SAMPLES if sample.said], ids=lambda sample: sample.name)
@pytest.mark.parametrize("rows", [60, 49])
def test_every_number_and_name_is_that_of_the_data(sample: Sample, rows: int) -> None:
    assert sample.said is not None
    assert alt(drawn(sample, table(rows))) == sample.said(table(rows))


def changed(penguins: Table, how: str) -> Table:
    if how == "empty":
        return penguins[:0]
    if how == "one row":
        return penguins[:1]
    if how == "constant":
        return penguins.assign(mass=4000.0, flipper=200.0)
    return penguins.assign(mass=np.nan, flipper=np.nan)


@pytest.mark.parametrize("how", ["empty", "one row", "constant", "all missing"])
@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.name)
@pytest.mark.filterwarnings("ignore")  # numpy, seaborn and matplotlib warn of such data
def test_data_that_says_little_is_told_as_little(sample: Sample, how: str, caplog: pytest.LogCaptureFixture) -> None:
    penguins = changed(table(), how)
    try:
        sample.draw(penguins)
    except (ValueError, TypeError, IndexError, KeyError, UnboundLocalError, np.linalg.LinAlgError):
        pytest.skip("cannot be drawn of such data")
    words = alt(drawn(sample, penguins))
    assert not [record for record in caplog.records if record.levelno >= logging.ERROR]
    assert "nan" not in words.lower().split() and "inf" not in words.lower()
    assert " from  " not in words and "  " not in words
    assert words.endswith((".", "”."))
    if how in ("empty", "all missing") and sample.name not in MADE_UP:
        assert not any(word in words for word in ("rises", "falls", "correlat", "highest", "median"))
    if how == "constant":
        assert "correlat" not in words


# These draw numbers that are not missing with the table's.
MADE_UP = {"precision_and_recall", "loop", "pie", "pie_without_names", "contours", "heatmap"}
