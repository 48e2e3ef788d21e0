"""Bars."""

import numpy as np
import pandas as pd

rng = np.random.default_rng(0)
table = pd.DataFrame(rng.random((10, 4)), columns=["a", "b", "c", "d"])
table.plot.bar()
