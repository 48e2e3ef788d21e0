"""Handwritten digits that look alike.

1797 digits of eight by eight pixels, laid out by t-SNE so that alike ones lie close; it has not been told which digit
is which. The axes have no unit, and distances between groups mean little.

Source: E. Alpaydin and C. Kaynak, Optical Recognition of Handwritten Digits, UCI, 1998, doi 10.24432/C50P49, CC BY 4.0,
as shipped with scikit-learn.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import pandas as pd
from matplotlib.figure import Figure
from matplotlib.textpath import TextPath
from pydantic import Field

from plotgate import CommaSeparated, Distinct, serve

EMBEDDINGS = Path(__file__).with_name("embeddings.csv")  # `python -m functions.digits.fit` writes it
Digit = Annotated[int, Field(ge=0, le=9)]


def draw(
    highlight: Annotated[
        Sequence[Digit],
        CommaSeparated,
        Distinct,
        Field(min_length=1, description="Digits that have a colour, separated by commas"),
    ] = tuple(range(10)),
    perplexity: Annotated[
        int, Field(ge=10, le=50, multiple_of=10, description="How many neighbours t-SNE keeps close")
    ] = 30,
) -> Figure:
    table = pd.read_csv(EMBEDDINGS)
    x, y = table[f"x_{perplexity}"], table[f"y_{perplexity}"]
    figure = Figure(figsize=(8, 7), layout="constrained")
    axes = figure.subplots()
    for digit, of in table.groupby("digit").groups.items():
        is_seen = digit in highlight
        colour = f"C{digit}" if is_seen else "0.58"
        glyph = TextPath((-0.32, -0.36), f"{digit}", size=1)  # about its middle
        axes.scatter(x[of], y[of], s=34, marker=glyph, color=colour, lw=0, zorder=1 + is_seen, label=f"{digit}")
        if is_seen:
            middle = x[of].median(), y[of].median()
            badge = {"boxstyle": "circle,pad=0.1", "facecolor": axes.get_facecolor(), "alpha": 0.75, "linewidth": 0}
            axes.text(*middle, f"{digit}", size=22, weight="bold", ha="center", va="center", bbox=badge)
    axes.set(xticks=[], yticks=[], title=f"Handwritten digits by t-SNE, perplexity {perplexity}")
    axes.set_aspect("equal", adjustable="datalim")
    alike = (table["digit"] == table[f"nearest_{perplexity}"]).mean()
    figure.set_label(
        f"A map of {len(table)} handwritten digits by t-SNE, perplexity {perplexity}. For {alike:.1%} of them the "
        "nearest on the map is the same digit."
    )
    return figure


handler = serve(draw)
