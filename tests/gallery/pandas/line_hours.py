"""Hours of three days."""

import numpy as np
import pandas as pd

rng = np.random.default_rng(0)
hours = pd.date_range("2024-03-01", periods=72, freq="h", tz="Europe/Berlin")
pd.Series(rng.normal(size=72), index=hours).plot()
