"""How the colours of an artist are taken and set."""

from collections.abc import Callable
from copy import copy
from functools import partial
from typing import Any

import numpy as np
from matplotlib.artist import Artist
from matplotlib.collections import Collection, LineCollection, PathCollection, PolyCollection
from matplotlib.colors import to_rgba, to_rgba_array
from matplotlib.contour import ContourSet
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.text import Text
from numpy.typing import NDArray

from plotgate.figure.counterpart import READABLE, Pair, Pairs, covered, light, upon
from plotgate.figure.perception import RGB, lifted

Turn = Callable[[RGB, float], RGB]
"""What a colour with an opacity becomes."""

DARKEST = 0.55  # the lightness in OKLab from which on all colours are visible on dark paper
MOST_COLOURS = 256  # of a palette
SAME_HUE = 0.05  # the shares of red, green and blue in the shades of one colour differ by less


def turn_line(line: Line2D, turn: Turn) -> None:
    """Turn the colours of a line and its markers."""
    colour, edge, face = line.get_color(), line.get_markeredgecolor(), line.get_markerfacecolor()
    alpha = line.get_alpha()
    line.set_color(turned(colour, _thin(turn, line, line.get_linewidth(), alpha)))
    if line.get_marker() not in ("None", None, "", " "):
        line.set_markeredgecolor(turned(edge, _thin(turn, line, line.get_markeredgewidth(), alpha)))
        line.set_markerfacecolor(turned(face, _thin(turn, line, line.get_markersize(), alpha)))


def turn_patch(patch: Patch, turn: Turn) -> None:
    """Turn the colours of a patch's edge and face."""
    edge, face = patch.get_edgecolor(), patch.get_facecolor()
    patch.set_edgecolor(turned(edge, _thin(turn, patch, patch.get_linewidth())))
    patch.set_facecolor(turned(face, turn))


def turn_collection(collection: Collection, turn: Turn) -> None:
    """Turn the colours of a collection, unless they mean numbers; those of a surface keep their order as shades."""
    of = kind(collection)
    edges, faces = to_rgba_array(of.get_edgecolor(collection)), to_rgba_array(of.get_facecolor(collection))
    of_faces = any(np.array_equal(edges, each) for each in (faces, collection.get_facecolor()))  # as those of hexagons
    is_of_numbers = is_map(collection)
    is_surface = isinstance(collection, PolyCollection) and hasattr(collection, "do_3d_projection")
    is_shaded = is_surface and (len(faces) == 1 or len(np.unique(faces, axis=0)) > 1)
    if is_shaded and not is_of_numbers:
        collection.set_facecolor(_shades(faces).tolist())
    if is_shaded or (is_of_numbers and (isinstance(collection, LineCollection) or not len(faces))):
        return
    if len(edges) and not of_faces:
        collection.set_edgecolor(_turned_all(edges, _thin(turn, collection, float(np.max(collection.get_linewidth())))))
    if len(faces) and not is_of_numbers:
        sizes = collection.get_sizes() if isinstance(collection, PathCollection) else ()
        width = float(np.sqrt(np.max(sizes))) if len(sizes) else 1000
        collection.set_facecolor(_turned_all(faces, _thin(turn, collection, width)))


def is_map(collection: Collection) -> bool:
    """Whether a collection shows numbers by colour: those of a colour map, or so many that they must be of one."""
    if isinstance(collection, ContourSet) and collection.colors is not None and not collection.filled:
        return False  # its author chose the colours of its lines, such as black
    faces = kind(collection).get_facecolor(collection)
    return collection.get_array() is not None or (len(faces) > MOST_COLOURS and len(distinct(faces)) > MOST_COLOURS)


def distinct(colours: Any) -> NDArray[Any]:
    """The different ones of many colours, as rows of red, green, blue and alpha."""
    found: NDArray[Any] = to_rgba_array(colours)
    if len(found) > 1:
        _, first = np.unique((255 * found).round().astype(np.uint8).view("<u4")[:, 0], return_index=True)
        found = found[np.sort(first)]
    return found


def kind(collection: Collection) -> Any:
    """The class by whose methods a collection is asked: in space, its own answer in the order of depth."""
    return Collection if hasattr(collection, "do_3d_projection") else type(collection)


def turn_hatch(patch: Patch, beneath: Pairs) -> None:
    """Turn the colour of a patch's hatches, which lie upon its face."""
    if patch.get_hatch():
        patch.set_hatchcolor(turned(patch.get_hatchcolor(), partial(upon, beneath)))


def turn_effects(artist: Artist, turn: Turn) -> Pair | None:
    """Turn the colours of the strokes around an artist; returns what the last was on the light page, and what it is."""
    effects, last = [], None
    for effect in artist.get_path_effects() or ():
        settings: Any = getattr(effect, "_gc", {})
        if "foreground" in settings:
            *colour, alpha = to_rgba(settings["foreground"])
            new = turn(rgb(colour), alpha)
            last = light(rgb(colour)), new
            own: Any = copy(effect)
            own._gc = settings | {"foreground": (*new, alpha)}
            effect = own
        effects.append(effect)
    if last is not None:
        artist.set_path_effects(effects)
    return last


def rgb(colour: Any) -> RGB:
    """A colour without its opacity."""
    red, green, blue = to_rgba(colour)[:3]
    return red, green, blue


def _shades(faces: NDArray[Any]) -> NDArray[Any]:
    """The shades of a surface of one colour, all as much lighter as makes the darkest visible; of several, as it is."""
    brightest = faces[:, :3].max(axis=1, keepdims=True)
    hues = (faces[:, :3] / np.maximum(brightest, 1e-6))[brightest[:, 0] > 0]
    if len(hues) and np.ptp(hues, axis=0).max() < SAME_HUE:
        return np.column_stack([lifted(faces[:, :3], DARKEST), faces[:, 3]])
    return faces


def _thin(turn: Turn, artist: Artist, width: float, opacity: float | None = None) -> Turn:
    """What is less than a pixel wide, given in points, covers a part of each pixel, as if it were translucent."""
    figure = artist.get_figure(root=True)
    share = 1.0 if figure is None else min(1.0, max(0.1, width * figure.dpi / 72))
    if share == 1 and opacity is None:
        return turn
    return lambda colour, alpha: turn(colour, share * (alpha if opacity is None else opacity))


def turned(colour: Any, turn: Turn) -> Any:
    """The colour in the form that it had: Line2D compares the new one with the old."""
    red, green, blue, alpha = to_rgba(colour)
    if not alpha:
        return "none"  # for which an artist's own alpha does not stand in
    new = turn((red, green, blue), alpha)
    if new == (red, green, blue):
        return colour
    return new if not isinstance(colour, str) and len(colour) == 3 else (*new, alpha)


def _turned_all(colours: Any, turn: Turn) -> list[Any]:
    return [turned(tuple(colour), turn) for colour in colours.tolist()]


def turn_axis(axis: Any, beside: Pairs, inside: Pairs) -> None:
    """Turn an axis, most of which lies beside its axes."""
    lines = {id(line) for line in axis.get_gridlines()}
    for part in axis.findobj():
        match part:
            case Text():
                turn_text(part, beside)
            case Line2D():
                turn = partial(upon, inside if id(part) in lines else beside)
                turn_effects(part, turn)
                turn_line(part, turn)
            case Patch():
                turn_patch(part, partial(upon, inside))
            case Collection():
                turn_collection(part, partial(upon, inside))


def turn_text(text: Text, beneath: Pairs) -> None:
    """Turn a text upon its box, if it has one, or upon the stroke around its letters."""
    if (box := text.get_bbox_patch()) is not None and box.get_visible():
        face = to_rgba(box.get_facecolor())
        turn_patch(box, partial(upon, beneath))
        beneath = covered(beneath, face, to_rgba(box.get_facecolor()))
    stroke = turn_effects(text, partial(upon, beneath))
    beneath = (stroke,) if stroke else beneath
    opacity = text.get_alpha()
    turn = partial(upon, beneath, least=READABLE)
    text.set_color(turned(text.get_color(), lambda colour, alpha: turn(colour, alpha if opacity is None else opacity)))
