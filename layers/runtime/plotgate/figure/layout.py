"""A figure laid out for the size that was asked for."""

import warnings

import numpy as np
from matplotlib.axes import Axes
from matplotlib.axis import Axis
from matplotlib.collections import QuadMesh
from matplotlib.figure import Figure
from matplotlib.gridspec import SubplotSpec
from matplotlib.layout_engine import ConstrainedLayoutEngine, LayoutEngine, PlaceHolderLayoutEngine, TightLayoutEngine
from matplotlib.patches import ConnectionPatch
from matplotlib.transforms import Bbox

from plotgate.errors import ParameterError, Violation
from plotgate.figure.crowding import crowded
from plotgate.figure.engine import remove_engine
from plotgate.figure.labels import Undo, fit_texts
from plotgate.figure.ticks import fit_ticks
from plotgate.url.view import LONGEST_SIDE, Size, View, check_pixels

PIXELS_PER_INCH = 100  # CSS pixels in an inch of figure size: matplotlib's own default
LEAST_AXES = 0.4  # of its share of the picture: as much is left for the data, in width and in height
SMALLEST_CELL = 6.0  # CSS pixels: smaller cells of a heatmap have no lines between them
SMALLER = 0.87  # the step in which text gives way, and
MOST_STEPS = 9  # how often it does


def picture_size(figure: Figure, view: View) -> Size:
    """The size of the picture: what was asked for, in the figure's own proportions if only one side was.

    Raises:
        ParameterError: the picture would have too many pixels, or a side out of bounds.
    """
    own_width, own_height = _own_size(figure)
    width = view.width or (view.height * own_width / own_height if view.height else own_width)
    height = view.height or width * own_height / own_width
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
    scaled further down while something does not fit. To that end the figure keeps more inches than the picture has,
    at fewer pixels each.
    """
    own_width, own_height = _own_size(figure)
    scale = ((size.width * size.height) / (own_width * own_height)) ** 0.25
    if _is_by_hand(figure):
        touching = scale == 1 or _collides(figure)  # as its author wanted
        for factor in (scale, scale * scale) if scale < 1 else (scale,):
            _resize(figure, size, factor)
            if _fits(figure) and (touching or not _collides(figure)):
                remove_engine(figure)  # the author's own arrangement stays
                return
    _free_joints(figure)
    undo: Undo = []
    first, excess = scale, 0.0
    for number in range(MOST_STEPS):
        for step in reversed(undo):
            step()
        _resize(figure, size, scale)
        _arrange(figure)
        if undo := _fit_labels(figure):
            _arrange(figure)
        if _fits(figure):
            break
        excess = excess if number else _excess(figure)
        scale *= SMALLER
    else:
        if _excess(figure) > excess / 2:  # smaller text was no help: something else has no room
            for step in reversed(undo):
                step()
            _resize(figure, size, first)
            _arrange(figure)
            _fit_labels(figure)
    remove_engine(figure)
    for mesh in figure.findobj(QuadMesh):
        _leave_room_for_cells(mesh)


def _is_by_hand(figure: Figure) -> bool:
    """Whether the figure's author arranged it; what axes_grid1 places is arranged, too, and then no engine may."""
    # Colour bars have locators of their own.
    locators = [locator for axes in figure.axes if (locator := axes.get_axes_locator()) is not None]
    if any(type(locator).__module__ != "matplotlib.colorbar" for locator in locators):
        if isinstance(figure.get_layout_engine(), ConstrainedLayoutEngine):
            remove_engine(figure)
            for axes in figure.axes:
                if (place := axes.get_subplotspec()) is not None:
                    axes.set_position(place.get_position(figure))
        return True
    engine = figure.get_layout_engine()
    return engine is None or isinstance(engine, PlaceHolderLayoutEngine)


def _leave_room_for_cells(mesh: QuadMesh) -> None:
    """Drop the lines between cells that are hardly larger than the lines, which are a pixel wide at least."""
    rows, columns = (count - 1 for count in np.shape(mesh.get_coordinates())[:2])
    axes = mesh.axes
    assert isinstance(axes, Axes)  # noqa: S101 - what a figure draws is in axes
    box = axes.get_window_extent()
    if min(box.width / columns, box.height / rows) < SMALLEST_CELL:
        mesh.set_linewidth(0)


def _own_size(figure: Figure) -> tuple[int, int]:
    """Width and height in CSS pixels, truncated as matplotlib does."""
    width, height = figure.get_size_inches()
    return int(PIXELS_PER_INCH * float(width) + 1e-6), int(PIXELS_PER_INCH * float(height) + 1e-6)


def _resize(figure: Figure, size: Size, scale: float) -> None:
    dpi = PIXELS_PER_INCH * scale
    figure.set_dpi(dpi)
    if tuple(int(inches * dpi * size.dpr) for inches in figure.get_size_inches()) == size.device_pixels:
        return  # as it is, which may be a fraction of a pixel more
    # The least more than the size, for matplotlib truncates the product of inches and dpi.
    figure.set_size_inches((size.width + 1e-6) / dpi, (size.height + 1e-6) / dpi)


def _arrange(figure: Figure) -> None:
    engine = figure.get_layout_engine()
    if engine is None or isinstance(engine, PlaceHolderLayoutEngine | ConstrainedLayoutEngine):
        left, bottom, right, top = _beside_legends(figure)
        if right - left < LEAST_AXES or top - bottom < LEAST_AXES:
            left, bottom, right, top = 0.0, 0.0, 1.0, 1.0  # there is no room beside them
        rect = (left, bottom, right - left, top - bottom)
        if isinstance(engine, ConstrainedLayoutEngine):
            engine.set(rect=rect)
        else:
            _replace_engine(figure, engine := ConstrainedLayoutEngine(rect=rect))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)  # that there is no room: whether it fits is seen afterwards
        try:
            _execute(engine, figure)
        # Constrained layout does not know colour bars that were made for another one, and may have no solution.
        except Exception:  # noqa: BLE001 - whatever its solver raises
            try:
                _replace_engine(figure, engine := TightLayoutEngine(rect=(left, bottom, right, top)))
                _execute(engine, figure)
            except Exception:  # noqa: BLE001 - a picture without a layout is better than none
                remove_engine(figure)
    _pull_in(figure)


def _execute(engine: LayoutEngine, figure: Figure) -> None:
    engine.execute(figure)
    if any(axes.get_aspect() != "auto" for axes in figure.axes):
        engine.execute(figure)  # they stay where they are from the second pass on


def _replace_engine(figure: Figure, engine: LayoutEngine) -> None:
    remove_engine(figure)
    figure.set_layout_engine(engine)


def _fit_labels(figure: Figure) -> Undo:
    undo = fit_texts(figure)
    for axis in _ticked_axes(figure):
        undo += fit_ticks(axis)
    return undo


def _ticked_axes(figure: Figure) -> list[Axis]:
    """The axes along which tick labels stand in a row, of those in space the third too."""
    return [
        axis
        for axes in figure.axes
        if axes.get_visible() and axes.name in ("rectilinear", "3d") and getattr(axes, "_axis3don", axes.axison)
        for axis in (axes.xaxis, axes.yaxis, getattr(axes, "zaxis", None))
        if axis is not None
    ]


def _free_joints(figure: Figure) -> None:
    """Let what joins two axes take no room beside either."""
    for patch in figure.findobj(ConnectionPatch):
        patch.set_in_layout(False)


def _beside_legends(figure: Figure) -> tuple[float, float, float, float]:
    """What a figure's own legends and texts leave to its axes, as left, bottom, right and top fractions of it."""
    left, bottom, right, top = 0.0, 0.0, 1.0, 1.0
    # Constrained layout makes room for titles of the figure, and for loc="outside …", itself; nothing public tells of
    # the latter.
    titles = (figure.get_suptitle(), figure.get_supxlabel(), figure.get_supylabel(), "")
    texts = [text for text in figure.texts if text.get_visible() and text.get_text() not in titles]
    for legend in [*(one for one in figure.legends if not getattr(one, "_outside_loc", None)), *texts]:
        box = figure.transFigure.inverted().transform_bbox(legend.get_window_extent())
        gaps = {"left": box.x0, "bottom": box.y0, "right": 1 - box.x1, "top": 1 - box.y1}
        narrow = box.height > box.width
        side = min(gaps, key=lambda name: (round(gaps[name], 1), (name in ("left", "right")) != narrow))
        if gaps[side] > 0.1:
            continue  # among the axes, where its author wanted it
        left = max(left, box.x1) if side == "left" else left
        right = min(right, box.x0) if side == "right" else right
        bottom = max(bottom, box.y1) if side == "bottom" else bottom
        top = min(top, box.y0) if side == "top" else top
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


def _fits(figure: Figure) -> bool:
    """Whether all of the figure is on the canvas, no label covers another, and the axes have their share of it."""
    if _excess(figure) > 1:
        return False
    if any(crowded(axis) for axis in _ticked_axes(figure)):
        return False
    for axes in figure.axes:
        place, box = axes.get_subplotspec(), axes.get_position()
        if axes.get_in_layout() and place is not None and place.get_gridspec() is figure.axes[0].get_gridspec():
            width, height = _share(place)
            shares = (box.width / width, box.height / height)
            if (min(shares) if axes.get_aspect() == "auto" else max(shares)) < LEAST_AXES:
                return False
    return True


def _excess(figure: Figure) -> float:
    """By how many pixels the figure reaches over its canvas at most."""
    drawn, canvas = figure.get_tightbbox(), figure.bbox_inches
    return float(-min(drawn.x0, drawn.y0, canvas.x1 - drawn.x1, canvas.y1 - drawn.y1) * figure.dpi)


def _share(place: SubplotSpec) -> tuple[float, float]:
    """What a place has of its grid, in width and in height, by the grid's own ratios."""
    grid = place.get_gridspec()
    widths, heights = np.array(grid.get_width_ratios()), np.array(grid.get_height_ratios())
    columns, rows = slice(place.colspan.start, place.colspan.stop), slice(place.rowspan.start, place.rowspan.stop)
    return float(widths[columns].sum() / widths.sum()), float(heights[rows].sum() / heights.sum())


def _collides(figure: Figure) -> bool:
    """Whether what belongs to some axes reaches into others that stand apart from them."""
    shown = [axes for axes in figure.axes if axes.get_visible()]
    frames = [axes.get_window_extent() for axes in shown]
    for axes, frame in zip(shown, frames, strict=True):
        whole = axes.get_tightbbox()
        for other in frames:
            if whole is not None and _shared(whole, other) > 1 and _shared(frame, other) <= 1:
                return True
    return False


def _shared(first: Bbox, second: Bbox) -> float:
    """How many pixels two boxes share, across or down, whichever are fewer."""
    across = min(first.x1, second.x1) - max(first.x0, second.x0)
    return float(min(across, min(first.y1, second.y1) - max(first.y0, second.y0)))
