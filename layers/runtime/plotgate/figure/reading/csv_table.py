"""The data of a figure as a tidy table: a row for each mark, a column for each variable."""

import csv
import io
from collections.abc import Iterator
from itertools import zip_longest

from plotgate.figure.reading.panels import Panel, Series, Value

COLUMNS = ("panel", "title", "series", "kind", "x_name", "x", "y_name", "y", "value_name", "value")


def as_csv(panels: list[Panel]) -> str:
    """The panels as CSV (RFC 4180). Numbers are written so that reading them gives the same number again."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for panel in panels:
        for series in panel.series:
            writer.writerows(_rows(panel, series))
    return buffer.getvalue()


def _rows(panel: Panel, series: Series) -> Iterator[list[Value]]:
    before: list[Value] = [panel.number, _text(panel.title), _text(series.name), series.kind]
    for x, y, value in zip_longest(series.x, series.y, series.value, fillvalue=""):
        name = panel.value_name if series.value else ""
        yield [*before, _text(series.x_name), _cell(x), _text(series.y_name), _cell(y), _text(name), _cell(value)]


def _cell(value: Value) -> Value:
    if isinstance(value, str):
        return _text(value)
    return "" if value != value else value  # NaN: a gap


def _text(text: str) -> str:
    # A text that a spreadsheet would run as a formula must stay a text (OWASP, CSV injection).
    flat = " ".join(text.split())
    return f"'{flat}" if flat.startswith(("=", "+", "@", "-")) and not flat[1:2].isdigit() else flat
