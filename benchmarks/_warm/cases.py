"""The pictures that are drawn: a plot's file, and its arguments for each picture, no two of which are the same."""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import permutations
from pathlib import Path
from typing import Any

from benchmarks._servers import ROOT
from plotgate.datasets import BREAST_CANCER_FEATURES

CLINIC = ROOT / "functions" / "breast_cancer_data"
PLOTS = ROOT / "benchmarks" / "plots"


@dataclass(frozen=True)
class Case:
    name: str
    folder: Path
    """Of `app.py`."""
    arguments: Callable[[int], dict[str, Any]]
    """Those of `draw` for the picture of this number."""
    path: str = ""
    """The end of the URL's path, as a format string of the arguments in it."""

    @property
    def plot(self) -> str:
        return self.folder.name


def sized(plot: str, **size: int) -> Case:
    """A plot of benchmarks/plots with another seed for each picture."""
    (count,) = size.values()
    return Case(f"{plot}, {spaced(count)}", PLOTS / plot, lambda number: {**size, "seed": number})


def spaced(count: int) -> str:
    return f"{count:,}".replace(",", " ")


def _three_features(number: int) -> dict[str, Any]:
    order, third = divmod(number, len(BREAST_CANCER_FEATURES) - 2)
    three = (*BREAST_CANCER_FEATURES[:2], BREAST_CANCER_FEATURES[2 + third])
    return {"features": list(tuple(permutations(three))[order])}


CASES = {
    case.name: case
    for case in (
        Case("heatmap", CLINIC / "correlation_matrix", lambda number: {"vmax": round(0.3 + number / 1000, 3)}),
        Case("pairplot", CLINIC / "pairplot", _three_features, "/features/{features}"),
        sized("line", points=100_000),
        sized("scatter", points=10_000),
        sized("scatter", points=100_000),
        sized("scatter", points=1_000_000),
        sized("panels", panels=16),
        sized("bars", bars=20),
        sized("image", points=9_000_000),
    )
}
