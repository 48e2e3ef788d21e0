"""What one panel shows, in sentences."""

from collections.abc import Iterator

from plotgate.figure.reading.kind import Kind
from plotgate.figure.reading.panels import Panel
from plotgate.figure.reading.phrases import MOST_NAMED, capitalised, ended, is_number, named, shortened
from plotgate.figure.reading.scale import Column, Scale, UntoldError
from plotgate.figure.reading.series import Series

ByKind = dict[Kind, list[Series]]


def described(panel: Panel, found: ByKind, title: str, most: int = MOST_NAMED) -> list[str]:
    """What a panel is, what its axes show, and what stands out.

    Args:
        panel: the panel.
        found: what is to be seen in it.
        title: what it is called where it has no title of its own.
        most: the names that a sentence on its axes lists.
    """
    said = [sentence for kind in ranked(found) if not _is_a_part(kind, found) for sentence in _told(kind, found[kind])]
    head = ": ".join(filter(None, [called(found), panel.title or title]))
    return [ended(head), _axes(panel, found, most), *said]


def _is_a_part(kind: Kind, found: ByKind) -> bool:
    """Whether what a kind says of all the points of a panel is true of some: joined ones with error bars are others."""
    others = [one for other in found if other is not kind for one in found[other]]
    return kind.name == "points" and any(f"{axis}_low" in one.columns for one in others for axis in "xy")


def _told(kind: Kind, series: list[Series]) -> Iterator[str]:
    """What stands out in series of one kind, as far as their axes call its numbers so."""
    try:
        yield from kind.say(series)
    except UntoldError:
        return


def by_kind(panel: Panel) -> ByKind:
    """What is to be seen of a panel's series."""
    found: ByKind = {}
    for series in panel.series:
        if len(seen := series.seen()):
            found.setdefault(series.kind, []).append(seen)
    return found


def ranked(found: ByKind) -> list[Kind]:
    """The kinds, first that which names the chart."""
    return sorted(found, key=lambda kind: (-kind.rank, -kind.weight(found[kind])))


def called(found: ByKind) -> str:
    """How a chart is called."""
    first = ranked(found)[0]
    return first.called(found[first])


def _axes(panel: Panel, found: ByKind, most: int) -> str:
    """What the axes show, from where to where, and for which series."""
    series = [one for kind in ranked(found) for one in found[kind]]
    columns = [column for one in series for column in one.columns.values()]
    parts = [
        _axis(name, next((scale for scale in scales if scale.name), scales[0]), columns, most)
        for name, scales in _by_axis(panel).items()
    ]
    colours = [column.scale for column in columns if column.scale.axis == "colour"]
    parts += [_axis("colour", colours[0], columns, most)] if colours else []
    names = names_of([one.name for one in series])
    if all(one.name for one in series) and len(names) > 1 and any(parts):
        parts[-1] += f", for {named(names, most)}"
    said = ", ".join(filter(None, parts))
    return capitalised(f"{said}.") if said else ""


def names_of(series: list[str]) -> list[str]:
    """The names of series, each once; none where they are but numbers, which say nothing without their legend."""
    names = list(dict.fromkeys(filter(None, series)))
    return [] if all(map(is_number, names)) else names


def _by_axis(panel: Panel) -> dict[str, list[Scale]]:
    axes: dict[str, list[Scale]] = {}
    for scale in panel.scales:
        axes.setdefault(scale.axis, []).append(scale)
    return axes


def _axis(which: str, scale: Scale, columns: list[Column], most: int) -> str:
    """One axis: its name, and what of it is there. Nothing is said of numbers that its ticks call otherwise."""
    own = [column for column in columns if column.scale.axis == scale.axis]
    found = [names for column in own if (names := column.names) is not None]
    subject = f"the {which} shows {shortened(scale.name)}" if scale.name else ""
    if found and len(found) == len(own):
        categories = list(dict.fromkeys(str(name) for names in found for name in names.flat))
        return f"{subject}: {named(categories, most)}" if subject else f"the {which} shows {named(categories, most)}"
    spans = [span for column in own if (span := column.span())]
    if not spans or found or scale.axis == "angle" or not all(column.is_told for column in own):
        return subject
    low, high = min(low for low, _ in spans), max(high for _, high in spans)
    noise = 1e-12 * (high - low)
    first, last = (own[0].told(0 if abs(end) < noise else end) for end in (low, high))
    if first == last:
        return f"{subject or f'the {which} shows values'} {'at' if low == high else 'near'} {first}"
    return f"{subject or f'the {which} shows values'} from {first} to {last}"


def names_only(panels: list[Panel]) -> list[str]:
    """What the axes are called, of a figure of which more is not understood."""
    axes = [(name, scale.name) for panel in panels for name, scales in _by_axis(panel).items() for scale in scales]
    said = [f"the {axis} shows {shortened(name)}" for axis, name in dict.fromkeys(axes) if name]
    return [capitalised(f"{', '.join(said)}.")] if said and len(panels) == 1 else []
