"""plotgate: a URL for every plot.

A plot is one file: a typed function that returns a matplotlib `Figure`, and `handler = serve(draw)`.
"""

from plotgate.data.table import Table
from plotgate.figure.reading.given_table import set_table
from plotgate.serve import serve
from plotgate.url.signature import CommaSeparated, Distinct, OneOf
from plotgate.url.time_range import TimeRange

__all__ = ["CommaSeparated", "Distinct", "OneOf", "Table", "TimeRange", "serve", "set_table"]
