"""The data of a figure as a tidy table: a row for each mark, a column for each variable."""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import zip_longest
from math import isfinite
from typing import Any

from plotgate.errors import NoTableError
from plotgate.figure.reading.panels import Panel, Reading
from plotgate.figure.reading.phrases import plain
from plotgate.figure.reading.series import Series

COLUMNS = ["panel", "title", "series", "kind", "x_name", "x", "y_name", "y", "value_name", "value"]
COMMON = ("x", "y", "value")
NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?", re.ASCII | re.IGNORECASE)
FORMULA = (
    "=",
    "+",
    "-",
    "@",
    "\N{FULLWIDTH EQUALS SIGN}",
    "\N{FULLWIDTH PLUS SIGN}",
    "\N{FULLWIDTH HYPHEN-MINUS}",
    "\N{FULLWIDTH COMMERCIAL AT}",
)


def as_csv(reading: Reading) -> str:
    """The figure's data as CSV (RFC 4180). Numbers are written so that reading them gives the same number again.

    Columns that only some kinds have, such as the quartiles of a box, follow those that all have. A table that the
    author gave is written instead.

    Raises:
        NoTableError: the figure shows something, and none of it is of a known kind.
    """
    if reading.table is not None:
        return _written(_given(reading.table))
    if not reading.is_empty and not any(panel.known for panel in reading.panels):
        raise NoTableError(
            "What this plot shows cannot be listed: its artists are of no known kind. Ask for a picture, such as "
            "`format=png`; the plot's author can give a table with `set_table(figure, data_frame)`."
        )
    return _written(_read(reading))


def _written(rows: Iterable[Sequence[object]]) -> str:
    buffer = io.StringIO(newline="")
    csv.writer(buffer, lineterminator="\r\n").writerows([_cell(value) for value in row] for row in rows)
    return buffer.getvalue()


def _given(table: Any) -> Iterator[Sequence[object]]:
    """The rows of a data frame, its columns' names first, with its index where that has a name."""
    named = any(name is not None for name in table.index.names)
    frame = table.reset_index() if named else table
    yield [" ".join(map(str, name)) if isinstance(name, tuple) else str(name) for name in frame.columns]
    yield from frame.itertuples(index=False, name=None)


def _read(reading: Reading) -> Iterator[Sequence[object]]:
    found = [series for panel in reading.panels for series in panel.series]
    own = list(dict.fromkeys(name for series in found for name in series.columns if name not in COMMON))
    yield COLUMNS + own
    for panel in reading.panels:
        for series in panel.series:
            yield from _rows(panel, series, own)


def _rows(panel: Panel, series: Series, own: list[str]) -> Iterator[list[object]]:
    before: list[object] = [panel.number, panel.title, series.name, series.kind.name]
    value_name = series.columns["value"].scale.name if "value" in series.columns else ""
    columns = [series.columns[name].values() if name in series.columns else [] for name in (*COMMON, *own)]
    for x, y, value, *others in zip_longest(*columns, fillvalue=""):
        yield [*before, series.x_name, x, series.y_name, y, value_name, value, *others]


def _cell(value: object) -> object:
    if isinstance(value, int | float):
        return value if isfinite(value) else ""  # a gap: no axis shows it
    return _text("" if value is None or str(value) in ("NaT", "<NA>") else value)


def _text(value: object) -> str:
    # A text that a spreadsheet would run as a formula must stay a text (OWASP, CSV injection).
    flat = plain(value.isoformat() if isinstance(value, date) else value)
    return f"'{flat}" if flat.startswith(FORMULA) and not NUMBER.fullmatch(flat) else flat
