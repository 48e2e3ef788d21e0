"""Words for a picture, computed from what its figure shows: a few plain sentences, of which none is false."""

from collections import Counter

from plotgate.figure.reading.panels import FEW, Panel, Reading
from plotgate.figure.reading.phrases import ended, listed, named, plain, quoted
from plotgate.figure.reading.sentences import ByKind, by_kind, called, described, names_of, names_only, ranked

LONGEST = 600  # characters
MOST_WORDS = 100


def alt_text(reading: Reading, title: str) -> str:
    """What is drawn, on which axes, and what stands out; the title alone where that is not understood.

    Args:
        reading: of the figure.
        title: of the plot.
    """
    title = plain(title)
    shown = {panel.number: found for panel in reading.panels if (found := by_kind(panel))}
    panels = [panel for panel in reading.panels if panel.number in shown]
    notes = [note for panel in reading.panels for note in panel.notes]
    if not reading.is_understood:
        sentences = [ended(reading.panels[0].title or title if len(reading.panels) == 1 else title)]
        sentences += names_only(reading.panels)
    elif not panels:
        sentences = [f"{title}: an empty chart." if reading.is_empty else ended(title)]
    elif len(panels) == 1:
        found = shown[panels[0].number]
        sentences = described(panels[0], found, title)
    else:
        sentences = [_overview(title, panels, list(shown.values())), _contents(panels, shown)]
        sentences += _compared(panels, shown)
    return _fitted([*sentences, _noted(notes)])


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


def _overview(title: str, panels: list[Panel], shown: list[ByKind]) -> str:
    """How many panels there are, of which kinds, and what they are called."""
    counts = Counter(called(found) for found in shown)
    kinds = listed([_counted(count, kind) for kind, count in counts.most_common()])
    titles = list(dict.fromkeys(panel.title for panel in panels if panel.title not in ("", title)))
    return ended(f"{title}, in {kinds}{f': {named(titles)}' if titles else ''}")


def _counted(count: int, chart: str) -> str:
    chart = chart[:1].lower() + chart[1:]
    return f"{count} {chart}{'s' if count > 1 else ''}"


def _contents(panels: list[Panel], shown: dict[int, ByKind]) -> str:
    """What several panels show together."""
    axes = list(dict.fromkeys(name for panel in panels for name in (panel.x_name, panel.y_name) if name))
    series = [one.name for panel in panels for found in shown[panel.number].values() for one in found]
    parts = [f"show {named(axes)}"] if axes else []
    parts += [f"have the series {named(names)}"] if len(names := names_of(series)) > 1 else []
    return f"They {' and '.join(parts)}." if parts else ""


def _compared(panels: list[Panel], shown: dict[int, ByKind]) -> list[str]:
    kinds = dict.fromkeys(kind for found in shown.values() for kind in ranked(found))
    return [kind.compare([(panel, shown[panel.number].get(kind, [])) for panel in panels]) for kind in kinds]


def _noted(notes: list[str]) -> str:
    """What the author wrote into the picture, if it is little enough to be a remark."""
    remarks = [quoted(note) for note in dict.fromkeys(notes) if any(map(str.isalpha, note))]
    return f"It says {listed(remarks)}." if 0 < len(remarks) <= FEW else ""
