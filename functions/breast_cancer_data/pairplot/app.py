"""Measurements against each other.

A scatter plot of each pair of the chosen breast-cancer measurements, with their distributions on the diagonal;
red circles are malignant (M), violet diamonds are benign (B) tumours.

Source: W. Wolberg et al., Breast Cancer Wisconsin (Diagnostic), UCI, 1995, CC BY 4.0, as shipped with scikit-learn.
"""

from typing import Annotated

import seaborn as sns
from matplotlib.figure import Figure
from pydantic import Field

from plotgate import CommaSeparated, Distinct, OneOf, serve
from plotgate.datasets import BREAST_CANCER_FEATURES, breast_cancer


def draw(
    features: Annotated[
        list[Annotated[str, OneOf(BREAST_CANCER_FEATURES)]],
        CommaSeparated,
        Distinct,
        Field(
            min_length=2,
            max_length=5,
            description="Measurements, separated by commas",
            examples=["mean radius,mean texture,mean smoothness"],
        ),
    ],
) -> Figure:
    grid = sns.pairplot(
        breast_cancer(),
        vars=features,
        hue="diagnosis",
        palette={"M": "Red", "B": "#875FDB"},
        markers=["o", "D"],  # told apart without colours too
    )
    return grid.figure


handler = serve(draw)
