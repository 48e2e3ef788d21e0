"""Where Lambda enters a function: `handler` of its `app.py`, or one that says that `app.py` cannot be imported.

Lambda by itself would answer such a failure with JSON, which an `<img>` tag shows as a broken image.
"""

import gc
import importlib
import logging

gc.disable()  # imports leave little garbage, and a search for it walks over all that they have made, again and again

from plotgate.errors import LoadError  # noqa: E402
from plotgate.http.events import Adapter  # noqa: E402
from plotgate.serve import serve_error  # noqa: E402

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
gc.freeze()  # nor will a search during a request find any in it
gc.enable()
