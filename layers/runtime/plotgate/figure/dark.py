"""The dark counterpart of what a plot's code took from a white page."""

from collections.abc import Collection as Set
from collections.abc import Mapping
from functools import partial
from typing import Any

from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.axis import Axis
from matplotlib.collections import Collection, PolyCollection
from matplotlib.colors import to_rgba
from matplotlib.figure import Figure, SubFigure
from matplotlib.inset import InsetIndicator
from matplotlib.legend import Legend
from matplotlib.lines import Line2D
from matplotlib.patches import FancyArrowPatch, Patch
from matplotlib.quiver import QuiverKey
from matplotlib.spines import Spine
from matplotlib.table import Cell
from matplotlib.text import Annotation, Text

from plotgate.figure.counterpart import GREY, VISIBLE, Pairs, covered, light, page, upon
from plotgate.figure.grounds import Grounds, is_ground
from plotgate.figure.ink import Ink, around, within
from plotgate.figure.painting import (
    Turn,
    is_map,
    rgb,
    turn_axis,
    turn_collection,
    turn_effects,
    turn_hatch,
    turn_line,
    turn_patch,
    turn_text,
    turned,
)
from plotgate.figure.perception import RGB, RGBA, chroma
from plotgate.figure.scale import on_dark_paper, on_dark_paper_of_panels
from plotgate.figure.space import beneath_all, has_colours_of_numbers, panes_of

BESIDE = 6  # pixels from the axes: there the labels of their ticks lie
MOST = 0.5  # of what lies beneath an area of a colour: it is seen there, and need not give way to the rest


def darken(figure: Figure) -> None:
    """Let what a plot's code chose for a white page be seen on a dark one.

    What had a contrast of 3 : 1 with what lies beneath it has it again, and words have 4.5 : 1: greys, among them
    white and black, by becoming what they are on the dark page, colours by becoming lighter or darker where they must.
    What shows numbers by colour stays as it is. Where a figure or axes are dark by themselves, all stays.
    """
    _Darkening(figure).darken(figure)


class _Darkening:
    """A walk through a figure in the order in which it is drawn."""

    def __init__(self, figure: Figure) -> None:
        self._grounds, self._ink = Grounds(figure), Ink()
        self._in_space: Pairs = ()  # what lies beneath all that axes in three dimensions project
        self._keeps_faces = False  # for their colours mean numbers
        self._bare: tuple[object, int, Pairs] = (None, 0, ())  # axes, with nothing in them yet but their page
        self._scale: Mapping[RGB, RGB] = {}  # what the colours of the axes' scales become
        self._scale_of_panels = on_dark_paper_of_panels(figure)  # as ridges have, each of a colour
        self._became: dict[RGB, RGB] = {}  # the colours of marks, for their keys

    def darken(self, artist: Any, keys: Set[int] = ()) -> None:
        """Turn an artist with all that it is made of, and let it be a ground for those above it."""
        if not artist.get_visible():
            return
        match artist:
            case Figure() | SubFigure():
                self._page(artist.patch)
                self._all_of(artist)
            case Axes():
                self._axes(artist)
            case Text():
                if isinstance(artist, Annotation) and artist.arrow_patch is not None:
                    artist.get_window_extent()  # finds the arrow's place
                    self._mark(artist.arrow_patch)
                self._text(artist)
            case Patch() | Line2D() | Collection():
                self._mark(artist, is_key=id(artist) in keys)
                if isinstance(artist, Cell):
                    self._text(artist.get_text())
            case QuiverKey():
                self._key_of_arrows(artist)
            case _:
                self._parts(artist, keys)

    def _all_of(self, parent: Any) -> None:
        for artist in sorted(parent.get_children(), key=lambda child: float(child.get_zorder())):
            if artist is not parent.patch:
                self.darken(artist)

    def _axes(self, axes: Any) -> None:
        beside = self._grounds.at(around(axes.bbox, BESIDE))
        self._page(axes.patch, is_drawn=axes.axison and axes.get_frame_on())
        inside, panes = self._grounds.at(within(axes.bbox.get_points())), panes_of(axes)
        for axis in axes.get_children():
            if isinstance(axis, Axis):
                turn_axis(axis, beside or inside, inside)
        for pane, _ in panes:
            turn_patch(pane, partial(upon, inside))
        around_all = partial(upon, tuple(dict.fromkeys((*beside, *inside))))
        for spine in axes.spines.values():
            turn_effects(spine, around_all)
            turn_patch(spine, around_all)
        self._in_space = beneath_all(inside, panes) if axes.name == "3d" else ()
        self._keeps_faces = bool(self._in_space) and has_colours_of_numbers(axes)
        self._bare = axes, self._grounds.changes, self._in_space or inside
        outer = self._scale
        self._scale = {} if self._in_space else on_dark_paper(axes) or self._scale_of_panels
        self._all_of(axes)
        self._in_space, self._keeps_faces, self._scale = (), False, outer  # these axes may be part of others

    def _parts(self, artist: Any, keys: Set[int]) -> None:
        """What is drawn as its parts, its frame the first; or an image."""
        if isinstance(artist, Axis):  # with its axes
            return
        if isinstance(line := getattr(artist, "line", None), Patch):  # of axes that axisartist draws, with arrows
            turn_patch(line, partial(upon, self._bare[2]))
        parts = artist.get_children()
        if parts:
            self._grounds.place(artist)
        if isinstance(artist, Legend):
            keys = {id(handle) for handle in artist.legend_handles}
        if isinstance(artist, InsetIndicator):
            parts = [artist.rectangle, *(artist.connectors or ())]
        frame = getattr(artist, "legendPatch", getattr(artist, "patch", None))
        if isinstance(frame, Patch):
            parts = [frame, *(part for part in parts if part is not frame)]
        for part in parts:
            self.darken(part, keys)
        if not parts and hasattr(artist, "get_array"):
            self._grounds.draw_later(artist)

    def _page(self, patch: Patch, *, is_drawn: bool = True) -> None:
        face = patch.get_facecolor()
        turn_effects(patch, page)
        turn_patch(patch, page)
        if is_drawn and patch.get_visible():
            self._fill(patch, to_rgba(face))

    def _fill(self, patch: Patch, face: RGBA) -> None:
        if face[3]:
            on_light = (*light(rgb(face)), face[3])
            new = to_rgba(patch.get_facecolor())
            self._grounds.fill(self._ink.pixels_of(patch), self._ink.clip_of(patch), on_light, new)

    def _mark(self, mark: Artist, is_key: bool = False) -> None:
        if isinstance(mark, Spine):  # with its axes
            return
        is_area = isinstance(mark, Patch) and self._is_coloured(to_rgba(mark.get_facecolor()))
        beneath = self._beneath(mark, MOST if is_area else 1)
        if not is_key and not str(mark.get_label()).startswith("_"):  # it may have a key, on the page
            beneath = tuple(dict.fromkeys((*beneath, *self._bare[2])))
        is_layer = isinstance(mark, PolyCollection) and not self._in_space
        turn = self._turn(beneath, is_key, is_layer=is_layer)
        turn_effects(mark, turn)
        match mark:
            case Line2D():
                turn_line(mark, turn)
            case Collection():
                self._collection(mark, turn)
            case Patch():
                face = to_rgba(mark.get_facecolor())
                turn_patch(mark, turn)
                turn_hatch(mark, covered(beneath, face, to_rgba(mark.get_facecolor())))
                if not isinstance(mark, FancyArrowPatch) and not self._in_space:
                    self._fill(mark, face)

    def _is_coloured(self, face: RGBA) -> bool:
        return bool(face[3]) and (chroma(rgb(face)) > GREY or rgb(face) in self._scale)

    def _beneath(self, artist: Artist, share: float = 1) -> Pairs:
        axes, changes, page = self._bare
        if artist.axes is axes and changes == self._grounds.changes and len(page) == 1 and artist.get_clip_on():
            return page  # many lines are sooner known to lie on nothing else than looked at
        return self._in_space or self._grounds.at(self._ink.points_of(artist), share)

    def _turn(self, beneath: Pairs, is_key: bool, *, is_layer: bool = False) -> Turn:
        def turn(colour: RGB, alpha: float) -> RGB:
            if is_key:  # looks as what it is the key of does
                return upon(beneath, colour, alpha, VISIBLE, self._became.get(colour))
            if is_layer and alpha == 1 and colour in self._scale:  # the same wherever it lies upon another
                self._became[colour] = self._scale[colour]
                return self._scale[colour]
            new = upon(beneath, colour, alpha, alike=self._scale.get(colour))
            if chroma(colour) > GREY or colour in self._scale:
                self._became[colour] = new
            return new

        return turn

    def _collection(self, collection: Collection, turn: Turn) -> None:
        if self._keeps_faces and isinstance(collection, PolyCollection):
            return
        if self._in_space or not is_ground(collection):
            turn_collection(collection, turn)
        elif is_map(collection):
            turn_collection(collection, turn)
            self._grounds.draw_later(collection)
        else:
            edges, faces = collection.get_edgecolor(), collection.get_facecolor()
            turn_collection(collection, lambda colour, _: light(colour))
            self._grounds.draw(collection, dark=False)
            if collection.get_edgecolor() is not edges:
                collection.set_edgecolor(edges)
            collection.set_facecolor(faces)
            turn_collection(collection, turn)
            self._grounds.draw(collection, dark=True)

    def _text(self, text: Text) -> None:
        if text.get_text().strip():
            turn_text(text, self._beneath(text))

    def _key_of_arrows(self, key: Any) -> None:
        """It copies the colour of its arrows when it is drawn."""
        beneath = self._beneath(key.text)
        key.color = key.Q.get_facecolor()[0] if key.color is None else turned(key.color, partial(upon, beneath))
        turn_text(key.text, beneath)
