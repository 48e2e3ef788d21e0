"""TITLE.

Length and width of two kinds of leaves: what is longer is wider, in each kind in its own way. The numbers are made up.
"""

from typing import Annotated

import numpy as np
from matplotlib.figure import Figure
from pydantic import Field

from plotgate import serve

KINDS = {"beech": (7.0, 0.55), "willow": (9.0, 0.16)}  # mean length in cm, width as a share of the length


def draw(leaves: Annotated[int, Field(ge=10, le=1000, description="Leaves of each kind")] = 120) -> Figure:
    chance = np.random.default_rng(1)
    figure = Figure(figsize=(7, 5), layout="constrained")
    axes = figure.subplots()
    for kind, (mean, share) in KINDS.items():
        length = chance.normal(mean, 1.2, leaves)
        width = share * length + chance.normal(0, 0.25, leaves)
        axes.scatter(length, width, s=36, label=kind)
    axes.set(xlabel="Length (cm)", ylabel="Width (cm)", title="TITLE")
    axes.spines[["top", "right"]].set_visible(False)
    figure.legend(loc="outside lower center", frameon=False, ncols=2)
    return figure


handler = serve(draw)
