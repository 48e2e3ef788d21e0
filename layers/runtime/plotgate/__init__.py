"""plotgate: a URL for every plot.

A plot is one file: a typed function that returns a matplotlib `Figure`, and `handler = serve(draw)`.
"""

from plotgate.handler import serve
from plotgate.parameters import CommaSeparated, Distinct, OneOf

__all__ = ["CommaSeparated", "Distinct", "OneOf", "serve"]
