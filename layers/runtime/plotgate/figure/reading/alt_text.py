"""Words for a picture, computed from what its figure shows: one to three plain sentences."""

from collections import Counter
from math import isfinite

import numpy as np

from plotgate.figure.reading.panels import Panel, Series, Value

LONGEST = 600  # characters
KINDS = {
    "line": "Line chart",
    "points": "Scatter plot",
    "bars": "Bar chart",
    "cells": "Heatmap",
    "area": "Area chart",
    "segments": "Chart",
    "wedges": "Pie chart",
    "contours": "Contour plot",
}
MOST_NAMED = 5  # series, panels or names that a sentence lists


def alt_text(panels: list[Panel], title: str) -> str:
    """What is drawn, on which axes, and what stands out.

    Args:
        panels: the contents of the figure.
        title: of the plot.
    """
    shown = [panel for panel in panels if panel.series]
    if not shown:
        return f"{title}: an empty chart."
    if len(shown) == 1:
        (panel,) = shown
        sentences = [f"{_kind(panel)}: {panel.title or title}.", _axes(panel), _finding(panel)]
    else:
        sentences = [f"{title}, in {_kinds(shown)}.", _names(shown), _strongest(shown)]
    text = " ".join(" ".join(sentence for sentence in sentences if sentence).split())
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"


def _kind(panel: Panel) -> str:
    counts = Counter[str]()
    for series in panel.series:
        counts[series.kind] += max(len(series.x), len(series.y), len(series.value))
    # Lines upon cells or bars comment on them; else what has most marks names the whole.
    telling = [kind for kind in ("cells", "wedges", "contours", "bars") if kind in counts]
    return KINDS[telling[0] if telling else counts.most_common(1)[0][0]]


def _kinds(panels: list[Panel]) -> str:
    counts = Counter(_kind(panel).lower() for panel in panels)
    return _listed([f"{count} {kind}{'s' if count > 1 else ''}" for kind, count in counts.most_common()])


def _axes(panel: Panel) -> str:
    values = [value for series in panel.series for value in series.value]
    parts = [
        _axis("x axis", panel.x_name, [value for series in panel.series for value in series.x]),
        _axis("y axis", panel.y_name, [value for series in panel.series for value in series.y]),
        _axis("colour", panel.value_name, list[Value](values)) if _kind(panel) != KINDS["wedges"] else "",
    ]
    said = ", ".join(part for part in parts if part)
    names = list(dict.fromkeys(series.name for series in panel.series if series.name))
    said += f", for {_listed(names)}" if said and len(names) > 1 else ""
    return f"{said[:1].upper()}{said[1:]}." if said else ""


def _axis(which: str, name: str, values: list[Value]) -> str:
    texts = sorted({value for value in values if isinstance(value, str)})
    numbers = [value for value in values if isinstance(value, float) and isfinite(value)]
    subject = f"the {which} shows {name}" if name else f"the {which}"
    if texts and _is_time(texts):
        return f"{subject}{'' if name else ' goes'} from {texts[0]} to {texts[-1]}"
    if texts:
        names = list(dict.fromkeys(value for value in values if isinstance(value, str)))
        return f"{subject}{':' if name else ' shows'} {_listed(names)}"
    if numbers:
        return f"{subject}{'' if name else ' goes'} from {_number(min(numbers))} to {_number(max(numbers))}"
    return ""


def _finding(panel: Panel) -> str:
    """What stands out in a panel."""
    cells = [series for series in panel.series if series.kind == "cells"]
    if cells:
        return _extremes(cells[0], "The highest value is", "the lowest")
    wedges = [series for series in panel.series if series.kind == "wedges"]
    if wedges:
        largest = sorted(wedges, key=lambda series: -series.value[0])[:MOST_NAMED]
        shares = [f"{series.name or 'an unnamed part'} {_number(100 * series.value[0])} %" for series in largest]
        return f"The largest parts are {_listed(shares)}."
    bars = [series for series in panel.series if series.kind == "bars"]
    if len(bars) == 1:
        return _extremes(bars[0], "The highest bar is", "the lowest")
    lines = [series for series in panel.series if series.kind == "line" and len(series.y) > 1]
    if lines and len(lines) <= MOST_NAMED:
        return " ".join(_trend(series) for series in lines)
    points = [series for series in panel.series if series.kind == "points"]
    correlation = _correlation(points)
    if correlation is None:
        return ""
    how = "rises" if correlation > 0 else "falls"
    much = "hardly changes" if abs(correlation) < 0.2 else f"{how}{' clearly' if abs(correlation) > 0.7 else ''}"
    return f"{panel.y_name or 'y'} {much} with {panel.x_name or 'x'} (correlation {correlation:.2f})."


def _extremes(series: Series, high: str, low: str) -> str:
    values = np.array(series.value or [v if isinstance(v, float) else np.nan for v in series.y], dtype=float)
    if not np.isfinite(values).any():
        return ""
    top, bottom = int(np.nanargmax(values)), int(np.nanargmin(values))

    def at(index: int) -> str:
        names = [
            str(v) if isinstance(v, str) else _number(v)
            for v in ([series.x[index], series.y[index]] if series.value else [series.x[index]])
        ]
        return f"{_number(values[index])} ({' and '.join(names)})"

    return f"{high} {at(top)}, {low} {at(bottom)}."


def _trend(series: Series) -> str:
    pairs = [(x, y) for x, y in zip(series.x, series.y, strict=False) if isinstance(y, float) and isfinite(y)]
    if len(pairs) < 2:
        return ""
    numbers = [y for _, y in pairs]
    first, last, span = numbers[0], numbers[-1], max(numbers) - min(numbers)
    how = (
        "begins and ends near" if abs(last - first) <= 0.1 * span or not span else "rises" if last > first else "falls"
    )
    subject = series.name or "The line"
    where, highest = max(pairs, key=lambda pair: pair[1])
    course = (
        f"{subject} {how} {_number(first)}"
        if how == "begins and ends near"
        else f"{subject} {how} from {_number(first)} to {_number(last)}"
    )
    place = where if isinstance(where, str) else _number(where)
    peak = "" if highest in (first, last) else f", with its highest value {_number(highest)} at {place}"
    return f"{course}{peak}."


def _names(panels: list[Panel]) -> str:
    titles = list(dict.fromkeys(panel.title for panel in panels if panel.title))
    axes = list(dict.fromkeys(name for panel in panels for name in (panel.x_name, panel.y_name) if name))
    series = list(dict.fromkeys(one.name for panel in panels for one in panel.series if one.name))
    parts = [f"of {_listed(titles)}"] if titles else []
    parts += [f"they show {_listed(axes)}"] if axes else []
    parts += [f"with the series {_listed(series)}"] if len(series) > 1 else []
    said = ", ".join(parts)
    return f"{said[:1].upper()}{said[1:]}." if said else ""


def _strongest(panels: list[Panel]) -> str:
    cells = [(panel, series) for panel in panels for series in panel.series if series.kind == "cells" and series.value]
    if cells:
        panel, series = max(cells, key=lambda pair: max(pair[1].value))
        return f"The highest value is {_number(max(series.value))}, in {panel.title or panel.y_name or 'one panel'}."
    related = [
        (abs(correlation), correlation, panel)
        for panel in panels
        if (correlation := _correlation([s for s in panel.series if s.kind == "points"])) is not None
        and panel.x_name != panel.y_name
    ]
    if not related:
        return ""
    # Rounded: x against y and y against x differ in a last bit on one processor, not on the next; the first shall win.
    _, correlation, panel = max(related, key=lambda triple: round(triple[0], 9))
    pair = f"{panel.x_name or 'x'} and {panel.y_name or 'y'}{f' in {panel.title}' if panel.title else ''}"
    return f"Most closely related are {pair} (correlation {correlation:.2f})."


def _correlation(points: list[Series]) -> float | None:
    """Pearson's, over all points of a panel; None where it has no meaning."""
    x = [value for series in points for value in series.x]
    y = [value for series in points for value in series.y]
    if len(x) < 3 or len(x) != len(y) or any(isinstance(value, str) for value in (*x, *y)):
        return None
    pairs = np.array([x, y], dtype=float)
    if not pairs.std(axis=1).all():
        return None
    return float(np.corrcoef(pairs)[0, 1])


def _listed(names: list[str]) -> str:
    if len(names) > MOST_NAMED:
        return f"{', '.join(names[: MOST_NAMED - 1])} and {len(names) - MOST_NAMED + 1} more"
    return " and ".join(filter(None, [", ".join(names[:-1]), names[-1]])) if names else ""


def _said(value: Value) -> str:
    return value if isinstance(value, str) else _number(value)


def _number(value: float) -> str:
    """Three significant digits, or all of those before the point."""
    if value == 0 or not isfinite(value):
        return f"{value:g}"
    return f"{value:.0f}" if abs(value) >= 1000 else f"{value:.3g}"


def _is_time(names: list[str]) -> bool:
    return all(len(name) >= 10 and name[:4].isdigit() and name[4] == "-" and name[7] == "-" for name in names)
