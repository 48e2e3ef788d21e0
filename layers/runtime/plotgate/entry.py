"""Where Lambda enters a function: `handler` of its `app.py`, or one that says that `app.py` cannot be imported.

Lambda by itself would answer such a failure with JSON, which an `<img>` tag shows as a broken image.
"""

import importlib
import logging

from plotgate.adapter import Adapter
from plotgate.errors import LoadError
from plotgate.handler import serve_error

logger = logging.getLogger("plotgate")


def _entered() -> Adapter:
    try:
        app_handler: Adapter = importlib.import_module("app").handler
    except Exception:
        # The reason is for the log alone: it may hold paths or data.
        logger.exception("app.py could not be imported")
        return serve_error(LoadError("The plot's file could not be imported; the log has the reason."))
    return app_handler


handler = _entered()
