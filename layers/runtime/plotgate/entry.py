"""Where Lambda enters a function: `handler` of its `app.py`, or one that says that `app.py` cannot be imported.

Lambda by itself would answer such a failure with JSON, which an `<img>` tag shows as a broken image.
"""

import gc
import importlib
import importlib.util
import logging
import os
import sys
import time
from pathlib import Path
from typing import Any

os.environ["MPLBACKEND"] = "agg"  # before matplotlib is imported: there is no screen, and no author has to say so
gc.disable()  # imports leave little garbage, and a search for it walks over all that they have made, again and again

from plotgate.errors import LoadError  # noqa: E402
from plotgate.figure.chance_at_import import repeatable  # noqa: E402
from plotgate.http.events import Adapter  # noqa: E402
from plotgate.pictures.code import note_code  # noqa: E402
from plotgate.serve import serve_error  # noqa: E402

RETRY_AFTER = 5  # seconds after which a failed import is tried again: what it lacked may be there by then

logger = logging.getLogger("plotgate")


class Entry:
    """The handler of `app.py`, imported at the start, and later where that failed."""

    def __init__(self) -> None:
        self._handler: Adapter | None = None
        self._tried = 0.0  # seconds since 1970
        self._failure = serve_error(LoadError("The plot's file could not be imported; the log has the reason."))
        self._import()

    def __call__(self, event: dict[str, Any], context: Any) -> dict[str, Any]:
        if self._handler is None and time.time() - self._tried >= RETRY_AFTER:
            self._import()
        return (self._handler or self._failure)(event, context)

    def _import(self) -> None:
        before = set(sys.modules)
        folder = None
        try:
            if spec := importlib.util.find_spec("app"):
                folder = Path(str(spec.origin)).parent
                note_code(folder)  # before it is imported: a file may be saved meanwhile
            with repeatable(folder or Path()):
                self._handler = importlib.import_module("app").handler
        except (Exception, SystemExit):
            # The reason is for the log alone: it may hold paths or data.
            logger.exception("app.py could not be imported")
            importlib.invalidate_caches()
            self._tried = time.time()  # from the end: an import that takes long must not be tried in each request
            for name in set(sys.modules) - before:  # the plot's own are imported anew, as they are then
                if folder in Path(getattr(sys.modules[name], "__file__", None) or "").parents:
                    del sys.modules[name]


handler = Entry()
gc.freeze()  # nor will a search during a request find any in it
gc.enable()
