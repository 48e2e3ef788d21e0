"""Hexagons."""

import numpy as np
import pandas as pd

rng = np.random.default_rng(0)
table = pd.DataFrame(rng.normal(size=(1000, 2)), columns=["a", "b"])
table.plot.hexbin(x="a", y="b", gridsize=25)
