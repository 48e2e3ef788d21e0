"""A figure laid out for the size that was asked for."""

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import QuadMesh
from matplotlib.figure import Figure

from plotgate.errors import ParameterError, Violation
from plotgate.figure.acceleration.axes_measured import still
from plotgate.figure.arrangement import (
    arrange,
    free_joints,
    give_room_to_keys,
    give_room_to_texts_in_space,
    is_by_hand,
)
from plotgate.figure.collisions import Collisions, axes_reached_into, texts_upon_others, worse
from plotgate.figure.engine import remove_engine
from plotgate.figure.labels import Undo, fit_texts
from plotgate.figure.room import excess, fits, ticked_axes
from plotgate.figure.shortening import bound_texts, shorten
from plotgate.figure.tables import fit_tables
from plotgate.figure.ticks import fit_ticks
from plotgate.url.view import LONGEST_SIDE, Size, View, check_pixels

PIXELS_PER_INCH = 100  # CSS pixels in an inch of figure size: matplotlib's own default
SMALLEST_CELL = 6.0  # CSS pixels: smaller cells of a heatmap have no lines between them
SMALLER = 0.87  # the step in which text gives way, and
MOST_STEPS = 9  # how often it does
PLAIN_TEXT = 0.75  # of the size of the theme's text: that of matplotlib's own, titles of figures included


def picture_size(figure: Figure, view: View) -> Size:
    """The size of the picture: what was asked for, in the figure's own proportions if only one side was.

    Raises:
        ParameterError: the picture would have too many pixels, or a side out of bounds.
    """
    own = _own_size(figure)
    width = view.width or (view.height * own.width / own.height if view.height else own.width)
    height = view.height or width * own.height / own.width
    size = Size(max(1, round(width)), max(1, round(height)), view.dpr)  # a flat figure may be flatter than may be asked
    for name, side in (("width", size.width), ("height", size.height)):
        if side > LONGEST_SIDE:
            rule = f"must be at most {LONGEST_SIDE}, also where it follows from the other"
            raise ParameterError([Violation(name, rule, str(side))])
    check_pixels(size)
    return size


def lay_out(figure: Figure, size: Size) -> None:
    """Lay the figure out for `size`; from then on its layout is fixed, whatever the resolution it is drawn in.

    Everything that matplotlib measures in points, text, lines, markers and their distances, is scaled alike: by the
    square root of the change in length, so that text in a picture of a quarter of the width is half as large. It is
    scaled further down while something does not fit, or while texts lie upon each other that are apart in the
    author's own size. To that end the figure keeps more inches than the picture has, at fewer pixels each. Names that
    leave no room for anything else are shortened.
    """
    own = _own_size(figure)
    bound_texts(figure)
    scale = ((size.width * size.height) / (own.width * own.height)) ** 0.25
    least = scale * min(scale, 1) * PLAIN_TEXT  # the text is as large in the picture as it is in matplotlib's own
    if not (is_by_hand(figure) and _keep_arrangement(figure, own, size, scale, least)):
        free_joints(figure)
        give_room_to_keys(figure)
        give_room_to_texts_in_space(figure)
        _arrange_anew(figure, own, size, scale, least)
    remove_engine(figure)
    for mesh in figure.findobj(QuadMesh):
        _leave_room_for_cells(mesh)


def _keep_arrangement(figure: Figure, own: Size, size: Size, scale: float, least: float) -> bool:
    """Whether the author's own arrangement fits, with text that is as small as it must be, but not below `least`."""
    known: Collisions | None = None
    while True:
        _resize(figure, size, scale)
        undo = fit_tables(figure)
        with still(figure.axes):
            found = texts_upon_others(figure) | axes_reached_into(figure) if fits(figure) else None
        if found is not None:
            if found and known is None:
                _as_it_was(figure, own)
                known = texts_upon_others(figure) | axes_reached_into(figure)
                _resize(figure, size, scale)
            if not worse(found, known or {}) or scale == least:  # which is the author's own picture, made smaller
                return True
        _take_back(undo)
        if scale == least:
            return False
        scale = max(least, scale * SMALLER)


def _arrange_anew(figure: Figure, own: Size, size: Size, scale: float, least: float) -> None:
    """Give the figure an arrangement in which it fits, with text that is as small as it must be.

    Where it fits in none, names are shortened.
    """
    known: Collisions | None = None
    fitting: dict[float, int] = {}  # by scale: how many texts lie upon others that should not
    first, last, before = scale, scale, 0.0
    undo: Undo = []
    for number in range(MOST_STEPS):
        last = scale
        undo = _arranged(figure, size, scale, undo)
        with still(figure.axes):
            found = texts_upon_others(figure) if fits(figure) else None
        if found is not None:
            if found and known is None:
                _take_back(undo)
                _as_it_was(figure, own)
                known = texts_upon_others(figure)
                undo = _arranged(figure, size, scale, [])
            fitting[scale] = worse(found, known or {})
            if not fitting[scale] or scale < least:
                break
        before = before if number else excess(figure)
        scale *= SMALLER
    if fitting:
        best = min(fitting, key=lambda one: (fitting[one], -one))
    else:  # smaller text may be no help: then something else has no room
        best = first if excess(figure) > before / 2 else last
        _take_back(undo)
        undo = []
        _resize(figure, size, first)
        if shorten(figure):  # after which there is nothing more to shorten
            _arrange_anew(figure, own, size, first, least)
            return
    if best != last or not fitting:
        _arranged(figure, size, best, undo)


def _arranged(figure: Figure, size: Size, scale: float, undo: Undo) -> Undo:
    """Undo the changes of the labels, arrange the figure for its size, and give the steps that undo these changes."""
    _take_back(undo)
    _resize(figure, size, scale)
    arrange(figure)
    if undo := _fit_labels(figure):
        arrange(figure)
    return undo


def _take_back(undo: Undo) -> None:
    for step in reversed(undo):
        step()


def _as_it_was(figure: Figure, own: Size) -> None:
    """The figure as matplotlib alone would draw it: in its own size, with smaller text than the theme's."""
    for axes in figure.axes:
        if axes.get_in_layout() and (place := axes.get_subplotspec()) is not None:
            axes.set_subplotspec(place)  # which takes it there
    _resize(figure, own, PLAIN_TEXT)
    figure.get_tightbbox()  # which takes titles and names to their places


def _fit_labels(figure: Figure) -> Undo:
    undo = fit_texts(figure) + fit_tables(figure)
    for axis in ticked_axes(figure):
        undo += fit_ticks(axis)
    return undo


def _leave_room_for_cells(mesh: QuadMesh) -> None:
    """Drop the lines between cells that are hardly larger than the lines, which are a pixel wide at least."""
    rows, columns = (count - 1 for count in np.shape(mesh.get_coordinates())[:2])
    axes = mesh.axes
    assert isinstance(axes, Axes)  # noqa: S101 - what a figure draws is in axes
    box = axes.get_window_extent()
    if min(box.width / columns, box.height / rows) < SMALLEST_CELL:
        mesh.set_linewidth(0)


def _own_size(figure: Figure) -> Size:
    """In CSS pixels, truncated as matplotlib does."""
    width, height = figure.get_size_inches()
    return Size(int(PIXELS_PER_INCH * float(width) + 1e-6), int(PIXELS_PER_INCH * float(height) + 1e-6), 1)


def _resize(figure: Figure, size: Size, scale: float) -> None:
    dpi = PIXELS_PER_INCH * scale
    figure.set_dpi(dpi)
    if tuple(int(inches * dpi * size.dpr) for inches in figure.get_size_inches()) == size.device_pixels:
        return  # as it is, which may be a fraction of a pixel more
    # The least more than the size, for matplotlib truncates the product of inches and dpi.
    figure.set_size_inches((size.width + 1e-6) / dpi, (size.height + 1e-6) / dpi)
