"""Where the axes of a figure stand: constrained layout, around what it does not know."""

import warnings
from functools import partial
from typing import Any

import numpy as np
from matplotlib.artist import Artist
from matplotlib.figure import Figure
from matplotlib.layout_engine import ConstrainedLayoutEngine, LayoutEngine, PlaceHolderLayoutEngine, TightLayoutEngine
from matplotlib.patches import ConnectionPatch
from matplotlib.quiver import QuiverKey
from matplotlib.text import Annotation, Text
from matplotlib.transforms import Bbox

from plotgate.figure.engine import remove_engine
from plotgate.figure.labels import unrotated_size
from plotgate.figure.letters import MISSING
from plotgate.figure.room import LEAST_AXES


def is_by_hand(figure: Figure) -> bool:
    """Whether the figure's author arranged it; what axes_grid1 places is arranged, too, and then no engine may."""
    # Colour bars have locators of their own.
    locators = [locator for axes in figure.axes if (locator := axes.get_axes_locator()) is not None]
    is_placed = any(type(locator).__module__ != "matplotlib.colorbar" for locator in locators)
    if is_placed or _have_negative_spaces(figure):
        if isinstance(figure.get_layout_engine(), ConstrainedLayoutEngine):
            remove_engine(figure)
            for axes in figure.axes:
                if (place := axes.get_subplotspec()) is not None:
                    axes.set_position(place.get_position(figure))
        return True
    engine = figure.get_layout_engine()
    return engine is None or isinstance(engine, PlaceHolderLayoutEngine)


def _have_negative_spaces(figure: Figure) -> bool:
    """Whether axes shall lie upon their neighbours, as ridges do: no engine lets them."""
    places = [place.get_gridspec() for axes in figure.axes if (place := axes.get_subplotspec()) is not None]
    spaces = [getattr(grid, name, None) for grid in places for name in ("hspace", "wspace")]
    return any(space is not None and space < 0 for space in spaces)


def free_joints(figure: Figure) -> None:
    """Let what joins two axes, or points from axes to another place, take no room beside either."""
    for patch in figure.findobj(ConnectionPatch):
        patch.set_in_layout(False)
    for note in figure.findobj(Annotation):
        assert isinstance(note, Annotation)  # noqa: S101 - as was asked for
        if not all(_is_of(note.axes, coordinates) for coordinates in (note.xycoords, note.anncoords)):
            note.set_in_layout(False)


def _is_of(axes: Any, coordinates: Any) -> bool:
    """Whether a place in these coordinates moves with the axes."""
    match coordinates:
        case str():
            return not coordinates.startswith(("figure", "subfigure"))
        case tuple():
            return all(_is_of(axes, one) for one in coordinates)
        case Artist():
            return coordinates.axes is axes
    return axes is not None and coordinates in (axes.transData, axes.transAxes)


def give_room_to_keys(figure: Figure) -> None:
    """Tell layouts where the keys of arrows are, which matplotlib does not: most stand above their axes."""
    for key in figure.findobj(QuiverKey):
        assert isinstance(key, QuiverKey)  # noqa: S101 - as was asked for
        if key.coord in ("axes", "data"):
            key.set_clip_on(False)  # else it would be taken for something inside its axes
            key.get_window_extent = partial(_extent_of_key, key)  # type: ignore[method-assign]


def give_room_to_texts_in_space(figure: Figure) -> None:
    """Tell layouts where texts in three dimensions are, which matplotlib leaves out of them."""
    for axes in (one for one in figure.axes if one.name == "3d"):
        for text in (one for one in axes.texts if hasattr(one, "get_position_3d")):
            text.get_tightbbox = partial(_extent_in_space, text)  # type: ignore[method-assign]


def _extent_in_space(text: Any, _renderer: object = None) -> Bbox | None:
    """Where a text is drawn, which depends on where its axes are looked at from."""
    if not text.get_visible() or not text.get_text().strip() or not text.get_in_layout():
        return None
    from mpl_toolkits.mplot3d import proj3d  # type: ignore[import-untyped]

    at = np.array(text.get_position_3d(), dtype=float)
    text.axes.M = text.axes.get_proj()
    (x0, x1), (y0, y1), _ = proj3d._scale_proj_transform(*np.transpose([at, at + text._dir_vec]), text.axes)
    slant = (np.degrees(np.arctan2(y1 - y0, x1 - x0)) + 90) % 180 - 90  # read from the left
    before = Text.get_position(text), text.get_rotation()
    text.set_position((x0, y0))
    text.set_rotation(slant)
    box = Text.get_window_extent(text)
    text.set_position(before[0])
    text.set_rotation(before[1])
    return box if np.isfinite(box.extents).all() else None


def _extent_of_key(key: QuiverKey, _renderer: object = None) -> Bbox:
    axes: Any = key.Q.axes
    x, y = (axes.transAxes if key.coord == "axes" else axes.transData).transform((key.X, key.Y))
    (width, height), gap = unrotated_size(key.text), key.labelsep
    left = {"E": x + gap, "W": x - gap - width}.get(key.labelpos, x - width / 2)
    low = {"N": y + gap, "S": y - gap - height}.get(key.labelpos, y - height / 2)
    return Bbox.union([Bbox.from_bounds(left, low, width, height), Bbox.from_bounds(x, y, 0, 0)])


def arrange(figure: Figure) -> None:
    """Move the axes to where all that belongs to them has room, as far as there is any."""
    engine = figure.get_layout_engine()
    left, bottom, right, top = 0.0, 0.0, 1.0, 1.0
    if not isinstance(engine, TightLayoutEngine):
        left, bottom, right, top = _beside_legends(figure)
        engine = ConstrainedLayoutEngine() if not isinstance(engine, ConstrainedLayoutEngine) else engine
        engine.set(rect=(left, bottom, right - left, top - bottom))
    engines = [engine, TightLayoutEngine(rect=(left, bottom, right, top))]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)  # that there is no room: whether it fits is seen afterwards
        warnings.filterwarnings("always", MISSING)
        if not any(_succeeds(engine, figure) for engine in engines):
            remove_engine(figure)  # a picture without a layout is better than none
    _pull_in(figure)


def _succeeds(engine: LayoutEngine, figure: Figure) -> bool:
    try:
        if figure.get_layout_engine() is not engine:
            remove_engine(figure)
            figure.set_layout_engine(engine)
        engine.execute(figure)
        if any(axes.get_aspect() != "auto" for axes in figure.axes):
            engine.execute(figure)  # they stay where they are from the second pass on
    # Constrained layout does not know colour bars that were made for another one, and may have no solution.
    except Exception:  # noqa: BLE001 - whatever its solver raises
        return False
    return True


def _beside_legends(figure: Figure) -> tuple[float, float, float, float]:
    """What a figure's own legends and texts leave to its axes, as left, bottom, right and top fractions of it.

    All of it where they leave too little.
    """
    left, bottom, right, top = 0.0, 0.0, 1.0, 1.0
    # Constrained layout makes room itself for titles of the figure whose place is not the author's, and for
    # loc="outside …"; nothing public tells of either.
    shown = [text for text in figure.texts if text.get_visible() and text.get_text()]
    texts = [text for text in shown if not getattr(text, "_autopos", False)]
    for legend in [*(one for one in figure.legends if not getattr(one, "_outside_loc", None)), *texts]:
        box = figure.transFigure.inverted().transform_bbox(legend.get_window_extent())
        gaps = {"left": box.x0, "bottom": box.y0, "right": 1 - box.x1, "top": 1 - box.y1}
        taken = {"left": box.x1, "bottom": box.y1, "right": 1 - box.x0, "top": 1 - box.y0}
        side = min(taken, key=taken.__getitem__)  # where it costs least
        if gaps[side] > 0.1:
            continue  # among the axes, where its author wanted it
        left = max(left, box.x1) if side == "left" else left
        right = min(right, box.x0) if side == "right" else right
        bottom = max(bottom, box.y1) if side == "bottom" else bottom
        top = min(top, box.y0) if side == "top" else top
    if right - left < LEAST_AXES or top - bottom < LEAST_AXES:
        return 0.0, 0.0, 1.0, 1.0  # there is no room beside them
    return left, bottom, right, top


def _pull_in(figure: Figure) -> None:
    """Axes that were placed by hand take no part in a layout: move them together until they are inside."""
    free = [axes for axes in figure.axes if axes.get_subplotspec() is None and axes.get_axes_locator() is None]
    boxes = [box for axes in free if (box := axes.get_tightbbox())]
    if not boxes:
        return
    drawn = figure.transFigure.inverted().transform_bbox(Bbox.union(boxes))
    left, right = max(0.0, -drawn.x0), min(1.0, 2 - drawn.x1)
    bottom, top = max(0.0, -drawn.y0), min(1.0, 2 - drawn.y1)
    for axes in free:
        box = axes.get_position()
        axes.set_position(
            (
                left + box.x0 * (right - left),
                bottom + box.y0 * (top - bottom),
                box.width * (right - left),
                box.height * (top - bottom),
            )
        )
