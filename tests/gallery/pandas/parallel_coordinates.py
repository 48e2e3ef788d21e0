"""Parallel coordinates."""

import numpy as np
import pandas as pd
from pandas.plotting import parallel_coordinates

rng = np.random.default_rng(0)
table = pd.DataFrame(rng.normal(size=(150, 4)), columns=list("abcd")).assign(
    kind=np.repeat(["one", "two", "three"], 50)
)
table.loc[:49, "a"] += 2
parallel_coordinates(table, "kind")
