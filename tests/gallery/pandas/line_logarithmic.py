"""A walk on a logarithmic axis."""

import numpy as np
import pandas as pd

rng = np.random.default_rng(0)
days = pd.date_range("2000-01-01", periods=1000)
table = pd.DataFrame(rng.normal(size=(1000, 4)), index=days, columns=list("ABCD")).cumsum()
np.exp(table["A"] / 9).plot(logy=True)
