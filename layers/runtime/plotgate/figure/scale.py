"""The colours of marks that mean something beside each other: those of a scale, or of categories."""

from collections.abc import Iterable, Mapping
from typing import Any

from matplotlib.axes import Axes
from matplotlib.collections import PolyCollection
from matplotlib.colors import to_rgba
from matplotlib.figure import Figure
from matplotlib.patches import Patch
from matplotlib.spines import Spine

from plotgate.figure.counterpart import GREY, INK, PAPER, READABLE, VISIBLE, WHITE
from plotgate.figure.painting import distinct, is_map
from plotgate.figure.perception import RGB, chroma, contrast, luminance, with_luminance

PURE = 0.01  # red, green and blue of a pure grey differ by less
FEWEST = 3  # colours, of which one may be nearly grey: from so many on they are a scale, with the greys among them


def on_dark_paper(axes: Axes) -> Mapping[RGB, RGB]:
    """What each colour of the scales in `axes` becomes on dark paper; those that are seen well there stay.

    The darker of two stays the darker: neither do light greys become paper nor the darkest colours the lightest, as
    they do alone.
    """
    faces: list[Any] = []
    for artist in axes.get_children():
        if isinstance(artist, Patch) and artist is not axes.patch and not isinstance(artist, Spine):
            faces.append(to_rgba(artist.get_facecolor()))
    areas = [part for part in axes.collections if not is_map(part)]
    found = {**_scale(faces), **_scale(colour for part in areas for colour in distinct(part.get_facecolor()).tolist())}
    # A grey line is one beside the data, such as that of an average; the greys of a scale are hardly ever pure.
    lines = [to_rgba(line.get_color()) for line in axes.lines]
    return {**_scale(colour for colour in lines if not _is_pure(colour[:3])), **found}


def on_dark_paper_of_panels(figure: Figure) -> Mapping[RGB, RGB]:
    """What each colour of areas becomes that are in axes of their own, as ridges are."""
    panels = [axes for axes in figure.axes if axes.name != "3d"]
    areas = [part for axes in panels for part in axes.collections if isinstance(part, PolyCollection)]
    return _scale(colour for part in areas if not is_map(part) for colour in distinct(part.get_facecolor()).tolist())


def _scale(colours: Iterable[Any]) -> dict[RGB, RGB]:
    shown = dict.fromkeys((red, green, blue) for red, green, blue, alpha in colours if alpha)
    pure = [colour for colour in shown if _is_pure(colour)]
    if any(contrast(colour, WHITE) >= VISIBLE for colour in pure):  # ink: all of these turn, to be told apart
        shown = dict.fromkeys(colour for colour in shown if not _is_pure(colour))
    found = [colour for colour in shown if colour not in (WHITE, PAPER, INK)]
    coloured = sum(chroma(colour) > GREY for colour in found)
    if coloured < FEWEST - 1 or sum(not _is_pure(colour) for colour in found) < FEWEST:
        return {}
    is_lost = any(contrast(colour, PAPER) < VISIBLE <= contrast(colour, WHITE) for colour in found)
    return {colour: _seen(colour) if is_lost else colour for colour in found}


def _is_pure(grey: RGB) -> bool:
    return max(grey) - min(grey) <= PURE


def _seen(colour: RGB) -> RGB:
    """The colours from black to those that can be read become those from what is just seen to them, in their order."""
    above = (luminance(colour) + 0.05) / (luminance(PAPER) + 0.05)
    if above >= READABLE:
        return colour
    darkest = 0.05 / (luminance(PAPER) + 0.05)
    wanted = VISIBLE + (READABLE - VISIBLE) * (above - darkest) / (READABLE - darkest)
    return with_luminance(colour, wanted * (luminance(PAPER) + 0.05) - 0.05)
