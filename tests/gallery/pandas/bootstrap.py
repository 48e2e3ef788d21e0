"""Bootstrap."""

import numpy as np
import pandas as pd
from pandas.plotting import bootstrap_plot

rng = np.random.default_rng(0)
bootstrap_plot(pd.Series(rng.random(1000)), size=50, samples=200, color="grey")
