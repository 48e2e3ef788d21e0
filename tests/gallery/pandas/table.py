"""A table below the axes."""

import numpy as np
import pandas as pd

rng = np.random.default_rng(0)
table = pd.DataFrame(rng.random((10, 4)), columns=["a", "b", "c", "d"])
table.head(5).round(2).plot(table=True, figsize=(7, 6.5)).xaxis.tick_top()
