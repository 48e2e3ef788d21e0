"""plotgate: a URL for every plot.

A plot is one file: a typed function that returns a matplotlib `Figure`, and `handler = serve(draw)`.
"""

from plotgate.data.table import Table
from plotgate.handler import serve
from plotgate.parameters import CommaSeparated, Distinct, OneOf
from plotgate.time_range import TimeRange

__all__ = ["CommaSeparated", "Distinct", "OneOf", "Table", "TimeRange", "serve"]
