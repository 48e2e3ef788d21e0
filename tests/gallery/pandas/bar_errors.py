"""Bars with errors."""

import numpy as np
import pandas as pd

rng = np.random.default_rng(0)
table = pd.DataFrame(rng.random((10, 4)), columns=["a", "b", "c", "d"])
table.mean().plot.bar(yerr=table.std(), capsize=4, rot=0)
