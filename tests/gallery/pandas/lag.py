"""A series against itself."""

import numpy as np
import pandas as pd
from pandas.plotting import lag_plot

rng = np.random.default_rng(0)
lag_plot(pd.Series(0.1 * rng.random(1000) + 0.9 * np.sin(np.arange(1000) / 30)))
