"""Autocorrelation."""

import numpy as np
import pandas as pd
from pandas.plotting import autocorrelation_plot

rng = np.random.default_rng(0)
autocorrelation_plot(pd.Series(0.7 * rng.random(1000) + 0.3 * np.sin(np.arange(1000) / 9)))
