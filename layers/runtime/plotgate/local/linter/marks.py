"""Marks that are too pale for what lies beneath them.

Left out is what need not be seen so well: what shows numbers by colour, for a scale has a pale end; what only guides
the eye, such as lines right across the axes; and the translucent band around a line that is seen itself.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.collections import Collection
from matplotlib.colors import to_rgba
from matplotlib.lines import AxLine, Line2D
from matplotlib.patches import Patch

from plotgate.figure.counterpart import VISIBLE
from plotgate.figure.painting import distinct, is_map
from plotgate.figure.perception import RGB, RGBA, blended, contrast
from plotgate.figure.reading.artists import shows_data
from plotgate.local.linter.finding import Finding
from plotgate.local.linter.naming import colour_name, mark_name, page_of, stronger
from plotgate.local.linter.watching import Ink, Sight

ON_OTHERS = 1.5  # the contrast of what lies upon other marks alone, as the median does upon its box
RARE = 0.08  # of what lies beneath a mark: what it only touches is not its ground
ROUNDED = 0.99  # colours beneath are known to 8 bits
MOST_COLOURS = 20  # of a collection's marks: more of them must mean numbers
SAME = 0.02  # of each channel: by how much one colour may seem to be two


@dataclass(frozen=True)
class _Look:
    """A colour that an artist's marks have, with the edge that outlines them."""

    face: RGBA
    edge: RGBA

    @property
    def colours(self) -> Iterator[RGBA]:
        yield from (colour for colour in (self.face, self.edge) if colour[3])


def marks(sight: Sight) -> Iterator[Finding]:
    """The marks of a figure that are pale; those that are called alike are one finding."""
    inks = [ink for _, ink in sight.marks if is_mark(ink.artist)]
    seen = {colour for ink in inks for colour in _seen_colours(ink)}
    found = Counter(finding for ink in inks for finding in _pale(ink, seen))
    for finding, count in found.items():
        yield (
            finding
            if count == 1
            else Finding(finding.rule, f"{count} of {finding.artist}", finding.detail, finding.remedy)
        )


def is_mark(artist: Artist) -> bool:
    """Whether an artist shows data by a shape that has to be seen."""
    axes: Any = artist.axes
    if not isinstance(artist, Line2D | Patch | Collection) or axes is None or axes.get_label() == "<colorbar>":
        return False
    if isinstance(artist, Collection) and is_map(artist):
        return False
    if artist not in axes.get_children():  # such as a legend's key, which looks as its mark does
        return False
    return shows_data(artist, axes) and not _is_guide(artist, axes)


def _is_guide(artist: Artist, axes: Axes) -> bool:
    """Whether an artist runs right across the axes: what `axhline`, `axvspan`, `axline` and the like draw."""
    by_x, by_y = artist.get_transform().contains_branch_seperately(axes.transData)
    return isinstance(artist, AxLine) or (not isinstance(artist, Collection) and by_x != by_y)


def _looks(artist: Any) -> list[_Look]:
    """The colours of an artist; none where they are so many that they must mean numbers."""
    if isinstance(artist, Line2D):
        alpha = artist.get_alpha()
        has_line = artist.get_linestyle() not in ("None", "", " ") and artist.get_linewidth() > 0
        line = to_rgba(artist.get_color(), alpha) if has_line else (0.0, 0.0, 0.0, 0.0)
        if artist.get_marker() in ("None", None, "", " "):
            return [_Look(line, line)]
        marker = [to_rgba(artist.get_markerfacecolor(), alpha), to_rgba(artist.get_markeredgecolor(), alpha)]
        return [_Look(*marker)] if not has_line else [_Look(line, marker[0]), _Look(line, marker[1])]
    if isinstance(artist, Patch):
        edge = artist.get_edgecolor() if artist.get_linewidth() > 0 else (0.0, 0.0, 0.0, 0.0)
        return [_Look(to_rgba(artist.get_facecolor()), to_rgba(edge))]
    faces = [to_rgba(colour) for colour in distinct(artist.get_facecolor()).tolist()]
    edges = [to_rgba(colour) for colour in distinct(artist.get_edgecolor()).tolist()]
    if len(faces) > MOST_COLOURS or len(edges) > MOST_COLOURS:
        return []
    if len(edges) == 1 and faces:
        return [_Look(face, edges[0]) for face in faces]
    return [_Look(colour, colour) for colour in faces or edges]


def _seen_colours(ink: Ink) -> Iterator[RGB]:
    """The colours of opaque marks that are seen well."""
    for look in _looks(ink.artist):
        for colour in look.colours:
            if _contrast(ink, [colour]) >= VISIBLE * ROUNDED:
                yield colour[:3]


def _pale(ink: Ink, seen: Iterable[RGB]) -> Iterator[Finding]:
    looks = _looks(ink.artist)
    if not ink.mask.any() and not (ink.is_hidden and isinstance(ink.artist, Line2D)):
        return  # it has no extent, is outside of the view, or covers something on purpose
    if len(looks) == 1 and ink.contrast >= VISIBLE * ROUNDED:  # by a hatch, an effect, or where translucent ones meet
        return
    for look in looks:
        if not list(look.colours):
            continue
        ratio = _contrast(ink, look.colours)
        if ratio >= ROUNDED * (VISIBLE if _is_on_page(ink) else ON_OTHERS) or _is_band(look, seen):
            continue
        colour = max(look.colours, key=lambda colour: _contrast(ink, [colour]))
        ground = max(ink.beneath, key=lambda one: one[1])[0] if ink.beneath else None
        yield _finding(ink.artist, colour, ground, ratio)


def _is_on_page(ink: Ink) -> bool:
    """Whether some of a mark lies on its axes or on the figure, rather than on other marks."""
    page = page_of(ink.artist)
    return ink.is_hidden or any(share >= RARE and _is_same(ground, page) for ground, share in ink.beneath)


def _contrast(ink: Ink, colours: Iterable[RGBA]) -> float:
    """The greatest contrast that one of `colours` has with one of the grounds; 1 for what is hidden."""
    grounds = [ground for ground, share in ink.beneath if share >= RARE]
    return max(
        (contrast(blended(colour[:3], colour[3], ground), ground) for colour in colours for ground in grounds),
        default=1.0,
    )


def _is_band(look: _Look, seen: Iterable[RGB]) -> bool:
    """Whether this is the translucent form of a colour that is seen elsewhere."""
    face = look.face
    return 0 < face[3] < 1 and any(_is_same(face[:3], colour) for colour in seen)


def _is_same(one: RGB, other: RGB) -> bool:
    return all(abs(here - there) <= SAME for here, there in zip(one, other, strict=True))


def _finding(artist: Artist, colour: RGBA, ground: RGB | None, ratio: float) -> Finding:
    name = mark_name(artist, colour[:3])
    if ground is None:
        return Finding("pale mark", name, "has the colour of what lies beneath it", "give it another colour or an edge")
    translucent = f" with alpha {colour[3]:.2g}" if colour[3] < 1 else ""
    detail = f"{colour_name(colour[:3])}{translucent} upon {colour_name(ground)} has a contrast of {ratio:.1f} : 1"
    remedy = (
        f"take a {stronger(ground)} colour" + (", a higher alpha" if translucent else "") + ", or an edge that is seen"
    )
    return Finding("pale mark", name, f"{detail}, less than {VISIBLE:g} : 1", remedy)
