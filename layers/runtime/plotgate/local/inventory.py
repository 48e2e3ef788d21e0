"""What is known of plots: what their files declare, and what was measured."""

import json
import statistics
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from plotgate.local.asking import Functions
from plotgate.local.catalog import example_path, load_plot
from plotgate.local.entry import entry
from plotgate.local.explaining import explained
from plotgate.local.plots import PlotFunction
from plotgate.local.template import Template, TemplateError
from plotgate.pages.declaration import Parameter
from plotgate.pages.entries import Entry
from plotgate.pages.rules import rule_in_words

WARM = 5
"""Pictures that the time of a warm one is the median of."""


def declared(template: Template, plot: PlotFunction) -> Entry:
    """What a plot's file declares.

    Raises:
        TemplateError: it cannot be imported, or serves no plot; the message says why.
    """
    try:
        loaded = load_plot(plot.function)
        url = quote(example_path(plot.route, loaded), safe="/,") if loaded else ""
    except TemplateError:
        raise
    except (Exception, SystemExit) as error:  # noqa: BLE001  # whatever the file does when it is imported
        raise TemplateError(explained(error, plot.function.code)) from None
    if loaded is None:
        raise TemplateError(f"{plot.name}: its handler must be that of a plot.")
    return Entry.of(entry(plot.route, loaded, url, template.file.parent))


def rule(parameter: Parameter) -> str:
    """What a parameter may be, in words; empty where any text may."""
    choices = parameter.schema.get("enum") or parameter.schema.get("items", {}).get("enum") or ()
    shown = [str(choice) for choice in choices[:8]] + ["…"] * (len(choices) > 8)
    words = rule_in_words(parameter) or ("true or false" if parameter.schema.get("type") == "boolean" else "")
    return ": ".join(part for part in (words or ("one of" if choices else ""), ", ".join(shown)) if part)


@dataclass(frozen=True)
class Measured:
    """A picture of a plot, and what it took here."""

    alt: str
    data_version: str | None
    first: float  # seconds of the first picture, with its process and its imports
    warm: float  # seconds of a later one that is drawn anew
    size: int  # bytes as PNG


def measure(functions: Functions, url: str) -> Measured:
    """Draw a URL in a new process, and then others that differ in a width.

    Raises:
        NoRouteError: the template has no route for it.
        AnswerError: it is refused, or cannot be drawn.
    """
    and_ = "&" if "?" in url else "?"
    first, png = _seconds(functions, url)
    told = json.loads(functions.ask(f"{url}{and_}format=json").body)
    widths = [told["width"] - number for number in range(1, WARM + 1)]
    warm = [_seconds(functions, f"{_without(url, 'width')}{and_}width={width}")[0] for width in widths]
    return Measured(told["alt"], told["data_version"], first, statistics.median(warm), len(png))


def measured_cold(project: Path, plot: PlotFunction) -> float | None:
    """Seconds to the first picture in a container like Lambda's, as `python -m benchmarks cold_start` last had them."""
    file = project / "docs" / "cold-start.json"
    rows: Sequence[dict[str, object]] = json.loads(file.read_text()) if file.exists() else []
    name = plot.name.rpartition("/")[2]
    found = [row["total"] for row in rows if row["plot"] == name and row["way"] == "plotgate"]
    return float(str(found[0])) if found else None


def _seconds(functions: Functions, url: str) -> tuple[float, bytes]:
    start = time.perf_counter()
    body = functions.ask(url).body
    return time.perf_counter() - start, body


def _without(url: str, parameter: str) -> str:
    path, question_mark, query = url.partition("?")
    kept = [pair for pair in query.split("&") if pair.partition("=")[0] != parameter]
    return f"{path}{question_mark}{'&'.join(kept)}"
