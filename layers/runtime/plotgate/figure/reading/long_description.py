"""What there is to say of a picture where there is room: each panel, each series and each category."""

from collections.abc import Iterator

from plotgate.figure.reading.panels import Panel, Reading
from plotgate.figure.reading.phrases import ended, named, plain, quoted, shortened
from plotgate.figure.reading.scale import Column
from plotgate.figure.reading.sentences import ByKind, by_kind, described, names_only, ranked
from plotgate.figure.reading.series import Series

LONGEST = 20_000  # characters
MOST_NAMED = 50  # names that a sentence lists


def long_description(reading: Reading, title: str) -> str:
    """All that is understood of a figure, a line for each panel; whole sentences, as many as there is room for.

    Of each panel it says what the alt text says of a figure that has no other, and from where to where each of
    several series goes. Of a panel with artists of no known kind it says the title and the names of its axes.

    Args:
        reading: of the figure.
        title: of the plot.
    """
    lines = [ended(plain(title))]
    for panel in reading.panels:
        found = by_kind(panel)
        sentences = [f"Panel {panel.number} of {len(reading.panels)}."] if len(reading.panels) > 1 else []
        sentences += _panel(panel, found) if found or panel.unknown else []
        room = LONGEST - sum(len(line) + 1 for line in lines)
        lines += [line] if (line := _fitted(sentences, room)) else []
    return "\n".join(lines)


def _panel(panel: Panel, found: ByKind) -> Iterator[str]:
    if panel.unknown:
        yield ended(panel.title) if panel.title else ""
        yield from names_only([panel])
    else:
        yield from described(panel, found, "", MOST_NAMED)
        series = [one for kind in ranked(found) for one in found[kind]]
        yield from (_ranges(one) for one in series if len(series) > 1)
    yield from (f"It says {quoted(note)}." for note in dict.fromkeys(panel.notes) if any(map(str.isalpha, note)))


def _ranges(series: Series) -> str:
    """From where to where the marks of a series go, in each of its columns."""
    called = {"x": series.x_name, "y": series.y_name}
    said = []
    for which, column in series.columns.items():
        name = shortened(
            called.get(which) or (column.scale.name if which == "value" else "") or which.replace("_", " ")
        )
        if values := _span(column):
            said.append(f"{name} {values}")
    what = f"{shortened(series.name) or 'Without a name'} ({series.kind.name}, {len(series)} in the table)"
    return f"{what}: {', '.join(said)}." if said else f"{what}."


def _span(column: Column) -> str:
    if column.names is not None:
        return named(list(dict.fromkeys(map(str, column.names.flat))), MOST_NAMED)
    span = column.span()
    if span is None or not column.is_told or column.scale.axis == "angle":
        return ""
    first, last = map(column.told, span)
    return first if first == last else f"from {first} to {last}"


def _fitted(sentences: list[str], room: int) -> str:
    text = ""
    for sentence in filter(None, sentences):
        longer = f"{text} {sentence}".lstrip()
        if len(longer) > room:
            break
        text = longer
    return text
