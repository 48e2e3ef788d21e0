"""The process that draws one plot for the linter, started as a module in the plot's folder, as a worker is.

It draws the URL's own picture in each theme and width, then of no rows and of one row, and writes a line of JSON about
each: which view it is, and what was found in it.
"""

import json
import logging
import os
import signal
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict
from importlib import import_module
from pathlib import Path
from typing import Any

from plotgate.colours import THEMES
from plotgate.errors import PlotgateError
from plotgate.local.explaining import explained
from plotgate.local.linter.finding import Finding
from plotgate.local.linter.linting import lint
from plotgate.local.linter.watching import watched
from plotgate.pictures.identity import identify
from plotgate.pictures.render import render
from plotgate.serve import Handler
from plotgate.url.plot import Plot
from plotgate.url.request import read_request
from plotgate.url.signature import in_path
from plotgate.url.time_range import current_time

WIDTHS = (440, 880, 1320)
"""CSS pixels: a phone, a column, a page."""

SECONDS = 60
"""That a drawing may take."""

ROWS = {"no rows": 0, "one row": 1}


def main() -> None:
    """Lint the plot in the working folder, whose URL's path begins with the first argument."""
    lines = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)  # what the plot prints
    logging.getLogger("plotgate").addHandler(logging.NullHandler())
    logging.getLogger("plotgate").propagate = False
    for view, findings in _views(sys.argv[1]):
        lines.write(json.dumps([view, [asdict(finding) for finding in findings]]) + "\n")
        lines.flush()


def _views(folder: str) -> Iterator[tuple[str, list[Finding]]]:
    try:
        import_module("plotgate.entry")  # as Lambda does
        handler = import_module("app").handler
    except (Exception, SystemExit) as error:  # noqa: BLE001 - whatever the file raises
        yield "import", [_failure(error)]
        return
    if not isinstance(handler, Handler):
        yield "import", [Finding("no plot", "app.py", "its `handler` is not made by `serve`", "handler = serve(draw)")]
        return
    for theme in THEMES:
        for width in WIDTHS:
            query = {"theme": theme, "width": str(width)}
            yield f"{theme} {width}", _linted(handler.plot, folder, query)
    if handler.plot.tables:
        for view, rows in ROWS.items():
            with _tables_of(handler.plot, rows):
                yield view, _linted(handler.plot, folder, {}, lambda _: [])


def _linted(
    plot: Plot, folder: str, query: Mapping[str, str], judge: Callable[[Any], list[Finding]] = lint
) -> list[Finding]:
    """What is found in the picture of a URL, by all rules or by `judge`; that it cannot be drawn is a finding too."""
    examples = {name: str((field.examples or [""])[0]) for name, field in plot.parameters.model_fields.items()}
    path = {name: examples[name] for name in in_path(plot.parameters)}
    signal.alarm(SECONDS)
    try:
        with watched(THEMES[query.get("theme", "light")].paper, judge) as found:
            render(identify(read_request(plot, folder, path, list(query.items()), current_time())))
    except PlotgateError as error:
        return [_failure(error.__cause__ or error, plot.draw)]
    finally:
        signal.alarm(0)
    return found[-1] if found else []


def _failure(error: BaseException, draw: Callable[..., Any] | None = None) -> Finding:
    said = " ".join(line.strip() for line in explained(error, Path.cwd(), draw).splitlines())
    return Finding("cannot be drawn", "draw" if draw else "app.py", said, "mend it")


@contextmanager
def _tables_of(plot: Plot, rows: int) -> Iterator[None]:
    """Let the plot's tables have their first `rows` alone."""

    def cut(read: Callable[..., Any]) -> Callable[..., Any]:
        return lambda *arguments, **options: read(*arguments, **options).iloc[:rows]

    tables: list[Any] = list(plot.tables)
    for table in tables:
        table.read = cut(table.read)
    try:
        yield
    finally:
        for table in tables:
            del table.read


if __name__ == "__main__":
    main()
