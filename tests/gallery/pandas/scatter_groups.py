"""Points of two groups."""

import numpy as np
import pandas as pd

rng = np.random.default_rng(0)
table = pd.DataFrame(rng.random((10, 4)), columns=["a", "b", "c", "d"])
axes = table.plot.scatter(x="a", y="b", color="DarkBlue", label="one")
table.plot.scatter(x="c", y="d", color="DarkGreen", label="two", ax=axes)
