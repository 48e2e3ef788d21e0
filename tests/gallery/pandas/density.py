"""A density."""

import numpy as np
import pandas as pd

rng = np.random.default_rng(0)
table = pd.DataFrame({"a": rng.normal(size=1000) + 1, "b": rng.normal(size=1000), "c": rng.normal(size=1000) - 1})
table.plot.kde()
