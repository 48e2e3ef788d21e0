"""Months as periods."""

import numpy as np
import pandas as pd

rng = np.random.default_rng(0)
months = pd.period_range("2020-01", periods=36, freq="M")
pd.Series(rng.normal(size=36), index=months).plot()
