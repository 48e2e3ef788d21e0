"""Tables that the examples draw, read without importing the package that ships them."""

from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

_MEASUREMENTS = (
    *("radius", "texture", "perimeter", "area", "smoothness"),
    *("compactness", "concavity", "concave points", "symmetry", "fractal dimension"),
)

BREAST_CANCER_FEATURES = (
    *(f"mean {name}" for name in _MEASUREMENTS),
    *(f"{name} error" for name in _MEASUREMENTS),
    *(f"worst {name}" for name in _MEASUREMENTS),
)
"""The 30 measurements of `breast_cancer()`, spelt and ordered as scikit-learn has them."""


def breast_cancer() -> "pd.DataFrame":
    """569 tumours: 30 measurements of their cell nuclei (float), and `diagnosis`, "M" malignant or "B" benign.

    Source: W. Wolberg, O. Mangasarian, N. Street and W. Street, Breast Cancer Wisconsin (Diagnostic), UCI Machine
    Learning Repository, 1995, doi 10.24432/C5DW2B, CC BY 4.0, as shipped with scikit-learn.
    """
    import pandas as pd

    # Finding scikit-learn does not import it, which would cost a second of cold start.
    spec = find_spec("sklearn")
    if spec is None or spec.origin is None:
        raise FileNotFoundError("The breast cancer table is read from scikit-learn, which is not installed.")
    table = Path(spec.origin).parent / "datasets" / "data" / "breast_cancer.csv"
    data = pd.read_csv(table, skiprows=1, names=[*BREAST_CANCER_FEATURES, "diagnosis"])
    data["diagnosis"] = data["diagnosis"].map({0: "M", 1: "B"})
    return data
