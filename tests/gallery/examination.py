"""What a process of its own finds out about one plot: drawn by matplotlib alone, or asked for by its URL."""

import hashlib
import importlib.util
import json
import logging
import signal
import sys
import time
import traceback
from collections.abc import Iterable
from pathlib import Path
from types import ModuleType
from typing import Any

from plotgate.colours import THEMES
from tests.gallery.observing import watched
from tests.gallery.recording import recorded
from tests.gallery.requests import PLAIN, REQUESTS
from tests.wire import Request, answer, http_api


def examine(app: Path, requests: Iterable[str], results: Path, pictures: Path | None, seconds: int) -> None:
    """Writes a line of JSON to `results` for each of `requests`, with the bodies of answers in `pictures`.

    A request that takes longer than `seconds` ends the process.
    """
    with results.open("w") as lines:
        for name in requests:
            signal.alarm(seconds)  # nothing catches it: it ends compiled code and endless loops too
            start = time.process_time()
            if name == PLAIN:
                found, body, suffix = _plain(app)
            else:
                found, body, suffix = _served(app, name)
            found |= {"request": name, "seconds": round(time.process_time() - start, 2)}
            found["digest"] = hashlib.sha256(body).hexdigest()
            if pictures is not None:
                pictures.mkdir(parents=True, exist_ok=True)
                (pictures / f"{name}.{suffix}").write_bytes(body)
            lines.write(json.dumps(found) + "\n")
            lines.flush()
        signal.alarm(0)


def _plain(app: Path) -> tuple[dict[str, Any], bytes, str]:
    import io

    import matplotlib.pyplot as plt
    from matplotlib import rcdefaults, rcParams
    from matplotlib.figure import Figure
    from matplotlib.text import Text

    rcdefaults()
    plt.switch_backend("agg")
    try:
        with recorded() as record:
            module = _module(app)
            rcParams.update(module.handler.plot.style)  # which `serve` has taken back
            figure = module._draw()
        if not isinstance(figure, Figure):
            return {"error": "draws no figure"}, b"", "png"
        buffer = io.BytesIO()
        with watched(THEMES["light"].paper) as seen:
            figure.savefig(buffer, format="png", dpi=100, bbox_inches=None)
    except (Exception, SystemExit) as error:  # noqa: BLE001 - whatever a script raises is its answer
        return {"error": _last_line(error)}, b"", "png"
    inches = figure.get_size_inches()
    found: dict[str, Any] = {"sides": [int(100 * float(side) + 1e-6) for side in inches]}
    texts = [text.get_text() for text in figure.findobj(Text) if isinstance(text, Text)]
    record.counts += range(1, len(figure.axes) + 1)  # panels, some of which are of one kind
    found["drew"] = record.as_json() | {"texts": list(dict.fromkeys([*texts, (module.__doc__ or "").strip(".")]))}
    if observation := seen():
        found["seen"] = observation.as_json()
    return found, buffer.getvalue(), "png"


def _served(app: Path, name: str) -> tuple[dict[str, Any], bytes, str]:
    log = _Log()
    logger = logging.getLogger("plotgate")
    logger.addHandler(log)
    request = REQUESTS[name]
    paper = THEMES["dark" if name == "dark" else "light"].paper
    try:
        with watched(paper) as seen:
            handler = sys.modules["app"].handler if "app" in sys.modules else _module(app).handler
            path = "/plots/gallery/plot"
            given = answer(handler(http_api(Request(path, request.query, headers={"accept": "*/*"})), None))
    except (Exception, SystemExit) as error:  # noqa: BLE001 - nothing may get past a handler: that it did is the finding
        return {"status": 500, "type": "", "logged": [_last_line(error)]}, b"", "txt"
    finally:
        logger.removeHandler(log)
    found: dict[str, Any] = {"status": given.status, "type": given.content_type, "logged": log.lines}
    if given.status >= 400:
        found["said"] = given.body.decode(errors="replace")[:600]
    elif request.is_watched and (observation := seen()):
        found["seen"] = observation.as_json()
    suffix = given.content_type.partition(";")[0].rpartition("/")[2].partition("+")[0]
    return found, given.body, suffix


def _module(app: Path) -> ModuleType:
    sys.path[:0] = [str(app.parent)]  # as a function's folder is on Lambda
    spec = importlib.util.spec_from_file_location("app", app)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["app"] = module
    try:
        spec.loader.exec_module(module)
    except BaseException:
        del sys.modules["app"]
        raise
    return module


class _Log(logging.Handler):
    """The last lines of the tracebacks that were logged."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        error = record.exc_info[1] if record.exc_info else None
        if error is not None:
            self.lines.append(_last_line(error))


def _last_line(error: BaseException) -> str:
    said = (traceback.format_exception_only(error)[-1].strip().splitlines() or [""])[0][:200]
    frames = traceback.extract_tb(error.__traceback__)
    ours = next((frame for frame in reversed(frames) if "/plotgate/" in frame.filename), None)
    return f"{said} ({ours.filename.rpartition('/plotgate/')[2]}: {ours.name})" if ours else said
