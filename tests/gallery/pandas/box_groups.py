"""Boxes by group."""

import numpy as np
import pandas as pd

rng = np.random.default_rng(0)
table = pd.DataFrame(rng.random((10, 4)), columns=["a", "b", "c", "d"])
table["group"] = ["x", "y"] * 5
table.boxplot(by="group")
