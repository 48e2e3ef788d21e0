"""Texts that cannot be read: too pale for what lies beneath them, cut off, or upon each other."""

from collections.abc import Iterator
from itertools import combinations

from matplotlib.colors import to_rgba
from matplotlib.text import Text

from plotgate.figure.counterpart import READABLE
from plotgate.figure.painting import rgb
from plotgate.figure.perception import RGB, blended, contrast
from plotgate.local.linter.finding import Finding
from plotgate.local.linter.naming import colour_name, stronger, text_name
from plotgate.local.linter.watching import Ink, Sight, overlap

MOST_PALE = 0.3  # of a text's ink: what lies upon a line or an edge can be read all the same
SHARED = 0.05  # of the ink of the shorter of two texts, which are upon each other: a tail of a letter may touch another
ROUNDED = 0.99  # colours beneath are known to 8 bits


def texts(sight: Sight) -> Iterator[Finding]:
    """What is wrong with the texts of a figure."""
    upon_others = set[int]()  # which cannot be read for that reason
    for one, other in combinations([ink for ink in sight.texts if not ink.is_hidden], 2):
        if overlap(one, other) < SHARED * min(one.mask.sum(), other.mask.sum()):
            continue
        upon_others |= {id(one), id(other)}
        if _text(one).get_text() != _text(other).get_text():  # else it is a shadow
            names = f"{text_name(_text(one))} and {text_name(_text(other))}"
            yield Finding(
                "text over text", names, "lie upon each other", "move one of them, shorten it, or leave it out"
            )
    for ink in sight.texts:
        if id(ink) not in upon_others:
            yield from _contrast(ink)
        if ink.is_cut or _is_clipped(_text(ink)):
            what = "reaches beyond the picture's edge" if ink.is_cut else "is cut by the edge of its axes"
            remedy = "shorten it, break it into lines, or move it inside"
            yield Finding("cut off", text_name(_text(ink)), what, remedy)


def _contrast(ink: Ink) -> Iterator[Finding]:
    text = _text(ink)
    if ink.is_hidden:
        yield Finding("pale text", text_name(text), "has the colour of what lies beneath it", "give it another colour")
        return
    if text.get_path_effects():  # a stroke around letters: what is seen of both
        if ink.contrast < READABLE * ROUNDED:
            yield _pale(text, ink.contrast, ink.beneath[0][0])
        return
    found = [(_contrast_upon(text, ground), share, ground) for ground, share in ink.beneath]
    pale = [one for one in found if one[0] < READABLE * ROUNDED]
    if sum(share for _, share, _ in pale) > MOST_PALE:
        ratio, _, ground = max(pale, key=lambda one: one[1])
        yield _pale(text, ratio, ground)


def _contrast_upon(text: Text, ground: RGB) -> float:
    red, green, blue, alpha = to_rgba(text.get_color())
    opacity = text.get_alpha()
    return contrast(blended((red, green, blue), alpha if opacity is None else opacity, ground), ground)


def _pale(text: Text, ratio: float, ground: RGB) -> Finding:
    colours = f"{colour_name(rgb(text.get_color()))} upon {colour_name(ground)}"
    detail = f"{colours} has a contrast of {ratio:.1f} : 1, less than {READABLE:g} : 1"
    return Finding("pale text", text_name(text), detail, f"take a {stronger(ground)} colour")


def _is_clipped(text: Text) -> bool:
    """Whether a part of a text is outside of the box that it is clipped to."""
    clip = text.get_clip_box()
    if not text.get_clip_on() or clip is None:
        return False
    box = Text.get_window_extent(text)
    return bool(box.overlaps(clip) and (box.x0 < clip.x0 - 1 or box.x1 > clip.x1 + 1))


def _text(ink: Ink) -> Text:
    assert isinstance(ink.artist, Text)  # noqa: S101 - as those of `Sight.texts` are
    return ink.artist
