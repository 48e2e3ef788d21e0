"""Words for a picture, computed from what its figure shows: a few plain sentences, of which none is false."""

from collections import Counter
from collections.abc import Iterator

from plotgate.figure.reading.kind import Kind
from plotgate.figure.reading.panels import FEW, Panel, Reading
from plotgate.figure.reading.phrases import capitalised, ended, is_number, listed, named, plain, quoted, shortened
from plotgate.figure.reading.scale import Column, Scale, UntoldError
from plotgate.figure.reading.series import Series

LONGEST = 600  # characters
MOST_WORDS = 100

ByKind = dict[Kind, list[Series]]


def alt_text(reading: Reading, title: str) -> str:
    """What is drawn, on which axes, and what stands out; the title alone where that is not understood.

    Args:
        reading: of the figure.
        title: of the plot.
    """
    title = plain(title)
    shown = {panel.number: found for panel in reading.panels if (found := _by_kind(panel))}
    panels = [panel for panel in reading.panels if panel.number in shown]
    notes = [note for panel in reading.panels for note in panel.notes]
    if not reading.is_understood:
        sentences = [ended(reading.panels[0].title or title if len(reading.panels) == 1 else title)]
        sentences += _names_only(reading.panels)
    elif not panels:
        sentences = [f"{title}: an empty chart." if reading.is_empty else ended(title)]
    elif len(panels) == 1:
        found = shown[panels[0].number]
        sentences = [ended(f"{_called(found)}: {panels[0].title or title}"), _axes(panels[0], found)]
        sentences += [sentence for kind in _ranked(found) for sentence in _told(kind, found[kind])]
    else:
        sentences = [_overview(title, panels, list(shown.values())), _contents(panels, shown)]
        sentences += _compared(panels, shown)
    return _fitted([*sentences, _noted(notes)])


def _told(kind: Kind, series: list[Series]) -> Iterator[str]:
    """What stands out in series of one kind, as far as their axes call its numbers so."""
    try:
        yield from kind.say(series)
    except UntoldError:
        return


def _fitted(sentences: list[str]) -> str:
    """As many sentences as there is room for; a title that is too long by itself is cut."""
    text = ""
    for sentence in filter(None, sentences):
        longer = f"{text} {sentence}".lstrip()
        if len(longer) > LONGEST or len(longer.split()) > MOST_WORDS:
            if not text:
                return " ".join(longer[: LONGEST - 1].split()[:MOST_WORDS]) + "…"
            continue
        text = longer
    return text


def _by_kind(panel: Panel) -> ByKind:
    found: ByKind = {}
    for series in panel.series:
        if len(seen := series.seen()):
            found.setdefault(series.kind, []).append(seen)
    return found


def _ranked(found: ByKind) -> list[Kind]:
    return sorted(found, key=lambda kind: (-kind.rank, -kind.weight(found[kind])))


def _called(found: ByKind) -> str:
    first = _ranked(found)[0]
    return first.called(found[first])


def _overview(title: str, panels: list[Panel], shown: list[ByKind]) -> str:
    """How many panels there are, of which kinds, and what they are called."""
    counts = Counter(_called(found) for found in shown)
    kinds = listed([_counted(count, kind) for kind, count in counts.most_common()])
    titles = list(dict.fromkeys(panel.title for panel in panels if panel.title))
    return ended(f"{title}, in {kinds}{f': {named(titles)}' if titles else ''}")


def _counted(count: int, chart: str) -> str:
    chart = chart[:1].lower() + chart[1:]
    return f"{count} {chart}{'s' if count > 1 else ''}"


def _axes(panel: Panel, found: ByKind) -> str:
    """What the axes show, from where to where, and for which series."""
    series = [one for kind in _ranked(found) for one in found[kind]]
    columns = [column for one in series for column in one.columns.values()]
    parts = [
        _axis(name, next((scale for scale in scales if scale.name), scales[0]), columns)
        for name, scales in _by_axis(panel).items()
    ]
    colours = [column.scale for column in columns if column.scale.axis == "colour"]
    parts += [_axis("colour", colours[0], columns)] if colours else []
    names = _names([one.name for one in series])
    if all(one.name for one in series) and len(names) > 1 and any(parts):
        parts[-1] += f", for {named(names)}"
    said = ", ".join(filter(None, parts))
    return capitalised(f"{said}.") if said else ""


def _names(series: list[str]) -> list[str]:
    """The names of series, each once; none where they are but numbers, which say nothing without their legend."""
    names = list(dict.fromkeys(filter(None, series)))
    return [] if all(map(is_number, names)) else names


def _by_axis(panel: Panel) -> dict[str, list[Scale]]:
    axes: dict[str, list[Scale]] = {}
    for scale in panel.scales:
        axes.setdefault(scale.axis, []).append(scale)
    return axes


def _axis(which: str, scale: Scale, columns: list[Column]) -> str:
    """One axis: its name, and what of it is there. Nothing is said of numbers that its ticks call otherwise."""
    own = [column for column in columns if column.scale.axis == scale.axis]
    found = [names for column in own if (names := column.names) is not None]
    subject = f"the {which} shows {shortened(scale.name)}" if scale.name else ""
    if found and len(found) == len(own):
        categories = list(dict.fromkeys(str(name) for names in found for name in names.flat))
        return f"{subject}: {named(categories)}" if subject else f"the {which} shows {named(categories)}"
    spans = [span for column in own if (span := column.span())]
    if not spans or found or scale.axis == "angle" or not all(column.is_told for column in own):
        return subject
    low, high = min(low for low, _ in spans), max(high for _, high in spans)
    noise = 1e-12 * (high - low)
    first, last = (own[0].told(0 if abs(end) < noise else end) for end in (low, high))
    if first == last:
        return f"{subject or f'the {which} shows values'} {'at' if low == high else 'near'} {first}"
    return f"{subject or f'the {which} shows values'} from {first} to {last}"


def _contents(panels: list[Panel], shown: dict[int, ByKind]) -> str:
    """What several panels show together."""
    axes = list(dict.fromkeys(name for panel in panels for name in (panel.x_name, panel.y_name) if name))
    series = [one.name for panel in panels for found in shown[panel.number].values() for one in found]
    parts = [f"show {named(axes)}"] if axes else []
    parts += [f"have the series {named(names)}"] if len(names := _names(series)) > 1 else []
    return f"They {' and '.join(parts)}." if parts else ""


def _compared(panels: list[Panel], shown: dict[int, ByKind]) -> list[str]:
    kinds = dict.fromkeys(kind for found in shown.values() for kind in _ranked(found))
    return [kind.compare([(panel, shown[panel.number].get(kind, [])) for panel in panels]) for kind in kinds]


def _names_only(panels: list[Panel]) -> list[str]:
    """What the axes are called, of a figure of which more is not understood."""
    axes = [(name, scale.name) for panel in panels for name, scales in _by_axis(panel).items() for scale in scales]
    said = [f"the {axis} shows {shortened(name)}" for axis, name in dict.fromkeys(axes) if name]
    return [capitalised(f"{', '.join(said)}.")] if said and len(panels) == 1 else []


def _noted(notes: list[str]) -> str:
    """What the author wrote into the picture, if it is little enough to be a remark."""
    remarks = [quoted(note) for note in dict.fromkeys(notes) if any(map(str.isalpha, note))]
    return f"It says {listed(remarks)}." if 0 < len(remarks) <= FEW else ""
