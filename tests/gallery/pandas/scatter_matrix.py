"""Each column against each."""

import numpy as np
import pandas as pd
from pandas.plotting import scatter_matrix

rng = np.random.default_rng(0)
table = pd.DataFrame(rng.normal(size=(150, 4)), columns=list("abcd")).assign(
    kind=np.repeat(["one", "two", "three"], 50)
)
table.loc[:49, "a"] += 2
scatter_matrix(table, figsize=(6, 6), diagonal="kde")
