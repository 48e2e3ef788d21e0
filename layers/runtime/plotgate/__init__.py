"""plotgate: a URL for every plot.

A plot is one file: a typed function that returns a matplotlib `Figure`, and `handler = serve(draw)`.
"""

import sys
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from plotgate.data.table import Table
    from plotgate.figure.reading.given_table import set_table
    from plotgate.serve import serve
    from plotgate.url.grant import sign_url
    from plotgate.url.signature import CommaSeparated, Distinct, OneOf
    from plotgate.url.time_range import TimeRange

__all__ = ["CommaSeparated", "Distinct", "OneOf", "Table", "TimeRange", "serve", "set_table", "sign_url"]

_HOMES = {
    "CommaSeparated": "plotgate.url.signature",
    "Distinct": "plotgate.url.signature",
    "OneOf": "plotgate.url.signature",
    "Table": "plotgate.data.table",
    "TimeRange": "plotgate.url.time_range",
    "set_table": "plotgate.figure.reading.given_table",
    "sign_url": "plotgate.url.grant",
}


class _Plotgate(ModuleType):
    """Imports a name when it is asked for: a back end that signs URLs needs neither FastAPI nor matplotlib."""

    def __getattr__(self, name: str) -> Any:
        if name not in _HOMES:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        return getattr(import_module(_HOMES[name]), name)

    @property
    def serve(self) -> Any:
        return import_module("plotgate.serve").serve

    @serve.setter
    def serve(self, module: ModuleType) -> None:
        """Stay the function: Python would put the module of that name here."""


sys.modules[__name__].__class__ = _Plotgate
