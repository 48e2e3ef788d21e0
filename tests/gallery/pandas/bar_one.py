"""Bars of one row."""

import numpy as np
import pandas as pd

rng = np.random.default_rng(0)
table = pd.DataFrame(rng.random((10, 4)), columns=["a", "b", "c", "d"])
table.iloc[5].plot.bar().axhline(0, color="k")
