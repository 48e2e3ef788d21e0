"""The embeddings of handwritten digits: computed here, once; the plot reads them from a table beside it.

python -m functions.digits.fit
"""

from collections.abc import Iterable
from pathlib import Path

import pandas as pd
from sklearn.datasets import load_digits
from sklearn.manifold import TSNE
from sklearn.neighbors import NearestNeighbors

FILE = Path(__file__).with_name("embedding") / "embeddings.csv"
PERPLEXITIES = range(10, 60, 10)


def embeddings(perplexities: Iterable[int] = PERPLEXITIES) -> pd.DataFrame:
    """Where t-SNE lays each of 1797 digits by its 64 pixels, and which digit lies nearest to it there."""
    digits = load_digits()
    found = pd.DataFrame({"digit": digits.target})
    for perplexity in perplexities:
        places = TSNE(perplexity=perplexity, random_state=0).fit_transform(digits.data)
        nearest = NearestNeighbors(n_neighbors=1).fit(places).kneighbors(return_distance=False)[:, 0]
        found[[f"x_{perplexity}", f"y_{perplexity}"]] = places
        found[f"nearest_{perplexity}"] = digits.target[nearest]
    return found


if __name__ == "__main__":
    embeddings().to_csv(FILE, index=False, float_format="%.2f")
