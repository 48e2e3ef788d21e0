"""A pie."""

import numpy as np
import pandas as pd

rng = np.random.default_rng(0)
pd.Series(3 * rng.random(4), index=["a", "b", "c", "d"], name="share").plot(kind="pie", figsize=(6, 6))
