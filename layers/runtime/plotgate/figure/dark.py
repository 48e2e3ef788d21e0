"""The dark counterpart of what a plot's code took from a white page."""

from collections.abc import Callable
from dataclasses import fields
from functools import cache, partial
from typing import Any

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.axis import Axis
from matplotlib.collections import Collection, LineCollection
from matplotlib.colors import to_rgba, to_rgba_array
from matplotlib.figure import Figure
from matplotlib.inset import InsetIndicator
from matplotlib.legend import Legend
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.quiver import QuiverKey
from matplotlib.text import Annotation, Text

from plotgate.colours import THEMES
from plotgate.figure.grounds import OPAQUE, Ground, ground_of, points_of
from plotgate.figure.perception import RGB, chroma, contrast, luminance, mixed, with_luminance

Turn = Callable[[RGB], RGB]

WHITE: RGB = (1.0, 1.0, 1.0)
PAPER, INK = (to_rgba(colour)[:3] for colour in (THEMES["dark"].paper, THEMES["dark"].ink))
VISIBLE = 3.0  # WCAG 2.2, 1.4.11: the contrast of what must be seen, and
READABLE = 4.5  # 1.4.3: of what must be read
GREY = 0.04  # the chroma of paper and ink: less than any colour of a palette, more than the bluish greys of seaborn

# The dark theme's own colours, and what the light theme has in their place.
_LIGHT: dict[RGB, RGB] = {
    to_rgba(getattr(THEMES["dark"], name))[:3]: to_rgba(getattr(THEMES["light"], name))[:3]
    for name in [field.name for field in fields(THEMES["dark"])]
    if name != "series"
}
_OWN = {*_LIGHT, *(to_rgba(colour)[:3] for colour in THEMES["dark"].series)}


def darken(figure: Figure) -> None:
    """Let what a plot's code chose for a white page be seen on a dark one.

    Greys, among them white and black, keep their contrast with the page; colours stay as they are, but the dark ones
    become as light as it takes to see them. What shows numbers by colour stays as it is, and so does what lies upon
    it. Where a figure or axes are dark by themselves, all stays.
    """
    if _is_dark_by_itself(figure.patch):
        return
    _turn(figure.patch, _page)
    everywhere = figure.findobj(Axes)
    for artist in figure.get_children():
        if artist is not figure.patch and not isinstance(artist, Axes):
            _turn_all(artist, counterpart)
    for axes in everywhere:
        _darken_axes(axes)


def _darken_axes(axes: Any) -> None:
    if _is_dark_by_itself(axes.patch):
        outside = [axes.xaxis, axes.yaxis, axes.title]
        for artist in outside:
            _turn_all(artist, counterpart)
        return
    _turn(axes.patch, _page)
    red, green, blue, alpha = to_rgba(axes.patch.get_facecolor())
    turn: Turn = partial(counterpart, page=(red, green, blue)) if alpha > OPAQUE else counterpart
    grounds: list[Ground] = []
    keys: list[QuiverKey] = []
    for artist in sorted(axes.get_children(), key=lambda child: float(child.get_zorder())):
        if artist is axes.patch or isinstance(artist, Axes) or not artist.get_visible():
            continue
        if isinstance(artist, QuiverKey):
            keys.append(artist)
            continue
        ground = None if isinstance(artist, Axis) else _beneath(artist, grounds)
        _turn_all(artist, turn if ground is None else _upon(ground, artist))
        if axes.name != "3d" and (own := ground_of(artist)) and (own.colour is None or chroma(own.colour) > GREY):
            grounds.append(own)
    for key in keys:  # they copy the colour of their arrows
        arrow: Any = key
        own = arrow.color
        arrow.color = arrow.Q.get_facecolor()[0] if own is None else counterpart(to_rgba(own)[:3])
        _turn_all(key.text, counterpart)


@cache
def counterpart(colour: RGB, page: RGB = PAPER) -> RGB:
    """What is seen on the dark `page` as `colour` is on white."""
    if colour in _OWN:
        return colour
    wanted = contrast(colour, WHITE)
    if chroma(colour) <= GREY:
        return mixed(PAPER, INK, wanted * (luminance(PAPER) + 0.05) - 0.05)
    if wanted >= VISIBLE > contrast(colour, page):
        return with_luminance(colour, VISIBLE * (luminance(page) + 0.05) - 0.05)
    return colour


def _page(colour: RGB) -> RGB:
    """The counterpart of a background: light ones become dark, whatever their colour."""
    if chroma(colour) > GREY and contrast(colour, WHITE) < VISIBLE:
        return with_luminance(colour, contrast(colour, WHITE) * (luminance(PAPER) + 0.05) - 0.05)
    return counterpart(colour)


def _is_dark_by_itself(background: Patch) -> bool:
    red, green, blue, alpha = to_rgba(background.get_facecolor())
    colour = red, green, blue
    return alpha > OPAQUE and colour not in _OWN and contrast(colour, WHITE) > READABLE


def _beneath(artist: Artist, grounds: list[Ground]) -> Ground | None:
    if not grounds:
        return None
    points = points_of(artist)
    return next((ground for ground in reversed(grounds) if len(points) and ground.holds(points)), None)


def _upon(ground: Ground, artist: Artist) -> Turn:
    """How colours turn upon a ground that stays: greys stay, too, as long as they are seen there."""
    if isinstance(artist, Legend):
        return counterpart  # it has a ground of its own
    own = ground.colour

    def turn(colour: RGB) -> RGB:
        if chroma(colour) > GREY:
            return counterpart(colour)
        kept = _LIGHT.get(colour, colour)
        if own is None:
            return kept
        return _first_seen([counterpart(colour), kept], own, READABLE if isinstance(artist, Text) else VISIBLE)

    return turn


def _first_seen(colours: list[RGB], ground: RGB, least: float) -> RGB:
    """The first of `colours`, or else of ink and paper, that is seen upon `ground`; or what is seen best."""
    found = [*colours, INK, PAPER]
    return next(
        (colour for colour in found if contrast(colour, ground) >= least),
        max(found, key=lambda colour: contrast(colour, ground)),
    )


def _turn_all(artist: Artist, turn: Turn) -> None:
    for part in artist.findobj():
        _turn(part, turn)
        # What these are made of are no children of theirs.
        if isinstance(part, Annotation) and part.arrow_patch is not None:
            _turn(part.arrow_patch, turn)
        if isinstance(part, InsetIndicator):
            for patch in (part.rectangle, *(part.connectors or ())):
                _turn(patch, turn)


def _turn(artist: Artist, turn: Turn) -> None:
    def turned(colour: Any) -> Any:
        """The colour in the form that it had: Line2D compares the new one with the old."""
        if isinstance(colour, str) and colour == "none":
            return colour
        red, green, blue, alpha = to_rgba(colour)
        if not alpha:
            return "none"  # for which an artist's own alpha does not stand in
        new = turn((red, green, blue))
        if new == (red, green, blue):
            return colour
        return new if not isinstance(colour, str) and len(colour) == 3 else (*new, alpha)

    def turned_all(colours: Any) -> list[Any]:
        return [turned(tuple(colour)) for colour in to_rgba_array(colours).tolist()]

    match artist:
        case Text():
            _turn_text(artist, turn)
        case Line2D():
            line, edge, face = artist.get_color(), artist.get_markeredgecolor(), artist.get_markerfacecolor()
            artist.set_color(turned(line))
            artist.set_markeredgecolor(turned(edge))
            artist.set_markerfacecolor(turned(face))
        case Patch():
            edge, face = artist.get_edgecolor(), artist.get_facecolor()
            artist.set_edgecolor(turned(edge))
            artist.set_facecolor(turned(face))
        case Collection():
            edges, faces = to_rgba_array(artist.get_edgecolor()), to_rgba_array(artist.get_facecolor())
            of_faces = np.array_equal(edges, faces)  # such as those of hexagons: they follow
            is_map = artist.get_array() is not None
            is_shaded = hasattr(artist, "do_3d_projection") and len(np.unique(faces, axis=0)) > 1
            if is_shaded or (is_map and (isinstance(artist, LineCollection) or not len(faces))):
                return
            if len(edges) and not of_faces:
                artist.set_edgecolor(turned_all(edges))
            if len(faces) and not is_map:
                artist.set_facecolor(turned_all(faces))


def _turn_text(text: Text, turn: Turn) -> None:
    colour: RGB = to_rgba(text.get_color())[:3]
    new = turn(colour)
    if (box := text.get_bbox_patch()) is not None and box.get_visible():
        _turn(box, counterpart)
        *face, alpha = to_rgba(box.get_facecolor())
        if alpha > 0:
            ground = tuple(alpha * part + (1 - alpha) * paper for part, paper in zip(face, PAPER, strict=True))
            red, green, blue = ground
            new = _first_seen([new, colour], (red, green, blue), READABLE)
    if new != colour:
        text.set_color((*new, to_rgba(text.get_color())[3]))
