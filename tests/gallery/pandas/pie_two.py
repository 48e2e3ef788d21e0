"""Two pies."""

import numpy as np
import pandas as pd

rng = np.random.default_rng(0)
table = pd.DataFrame(3 * rng.random((4, 2)), index=["a", "b", "c", "d"], columns=["x", "y"])
table.plot(kind="pie", subplots=True, figsize=(8, 4), autopct="%.0f")
