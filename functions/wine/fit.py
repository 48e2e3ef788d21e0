"""The projections of the wine data: computed here, once; the plot reads them from a table beside it.

python -m functions.wine.fit
"""

from collections.abc import Iterable
from pathlib import Path

import pandas as pd
from sklearn.datasets import load_wine
from sklearn.decomposition import PCA
from sklearn.manifold import TSNE
from sklearn.preprocessing import StandardScaler

FILE = Path(__file__).with_name("projection") / "projections.csv"
PERPLEXITIES = range(5, 55, 5)


def projections(perplexities: Iterable[int] = PERPLEXITIES) -> pd.DataFrame:
    """Where each wine lies by two principal components, and by t-SNE, of 13 measurements in standard deviations."""
    wines = load_wine()
    measured = StandardScaler().fit_transform(wines.data)
    found = pd.DataFrame({"cultivar": wines.target + 1})
    found[["pca_x", "pca_y"]] = PCA(2).fit_transform(measured)
    for perplexity in perplexities:
        laid_out = TSNE(perplexity=perplexity, random_state=0).fit_transform(measured)
        # Turned until it is widest from left to right: directions mean nothing in t-SNE.
        found[[f"tsne_{perplexity}_x", f"tsne_{perplexity}_y"]] = PCA(2).fit_transform(laid_out)
    return found


if __name__ == "__main__":
    projections().to_csv(FILE, index=False, float_format="%.4f")
