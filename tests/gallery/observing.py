"""What can be seen in a figure: each artist's contrast with what lies beneath it, texts upon texts, what is cut off."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from typing import Any

from matplotlib.figure import Figure
from matplotlib.text import Text

from plotgate.local.linter.watching import Ink, Sight, all_axes, overlap
from plotgate.local.linter.watching import watched as sights

OVERLAP = 3  # pixels of ink that two texts must share, the one a pixel bolder, to be over each other
SMALLEST_AXES = 0.1  # of the figure's width or height: smaller ones, such as colour bars, are nobody's share


@dataclass
class Observation:
    """What was seen in one drawing of a figure."""

    contrasts: dict[str, float] = field(default_factory=dict)  # 1 to 21, by artist; the greatest in any pixel
    overlaps: list[tuple[str, str]] = field(default_factory=list)  # texts over each other
    cut: list[str] = field(default_factory=list)  # texts that reach beyond the canvas
    shares: dict[str, tuple[float, float]] = field(default_factory=dict)  # of the canvas, by axes

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, found: dict[str, Any]) -> "Observation":
        return cls(**found)

    @classmethod
    def of(cls, sight: Sight) -> "Observation":
        names = _texts_names(sight.figure)
        texts = [(_name(ink, names), ink) for ink in sight.texts if not ink.is_hidden]
        found = cls()
        for name, ink in [*sight.marks, *((f"“{name}”", ink) for name, ink in texts)]:
            found.contrasts[name] = round(max(found.contrasts.get(name, 1.0), ink.contrast), 2)
        found.cut = sorted({name for name, ink in texts if ink.is_cut})
        pairs = set()
        for number, (name, ink) in enumerate(texts):
            for other_name, other in texts[number + 1 :]:
                if overlap(ink, other) >= OVERLAP:
                    pairs.add((min(name, other_name), max(name, other_name)))
        found.overlaps = sorted(pairs)
        width, height = sight.figure.bbox.width, sight.figure.bbox.height
        for number, axes in enumerate(all_axes(sight.figure)):
            box = axes.get_window_extent()
            found.shares[f"axes {number}"] = (round(box.width / width, 4), round(box.height / height, 4))
        return found


@contextmanager
def watched(paper: str) -> Iterator[Callable[[], Observation | None]]:
    """Watches each figure that Agg draws meanwhile; yields what says what was seen in the last of them."""
    with sights(paper, Observation.of) as found:
        yield lambda: found[-1] if found else None


def _name(ink: Ink, names: dict[int, str]) -> str:
    assert isinstance(ink.artist, Text)
    return names.get(id(ink.artist), " ".join(ink.artist.get_text().split())[:40])


def _texts_names(figure: Figure) -> dict[int, str]:
    """Names of the texts that differ with the size of a picture: the labels of ticks."""
    names = {}
    for number, axes in enumerate(all_axes(figure)):
        for which in ("xaxis", "yaxis", "zaxis"):
            axis: Any = getattr(axes, which, None)
            for text in axis.findobj(Text) if axis is not None else ():
                if text is not axis.label:
                    names[id(text)] = f"axes {number}: labels of the {which}"
    return names
