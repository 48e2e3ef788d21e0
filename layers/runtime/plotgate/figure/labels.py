"""Titles and names of axes that fit: broken into lines where they are long."""

from collections.abc import Callable

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.text import Text
from matplotlib.transforms import Bbox

Undo = list[Callable[[], object]]
"""Steps that undo a change, in the order in which they were taken."""

LEAST_SHRUNK = 0.6  # of its own font size: a single word that is longer than its room


def fit_texts(figure: Figure) -> Undo:
    """Break the names of axes at the axes' length, and titles where they would leave the figure or reach others."""
    undo: Undo = []
    for axes in figure.axes:
        box = axes.get_window_extent()
        undo += _fit(axes.xaxis.label, box.width)
        undo += _fit(axes.yaxis.label, box.height)
        for title in (child for child in axes.get_children() if isinstance(child, Text) and child not in axes.texts):
            undo += _fit(title, _room_for_title(axes))
    for text in figure.texts:
        undo += _fit(text, 0.96 * figure.bbox.width)
    return undo


def wrapped(said: str, text: Text, room: float) -> str:
    """`said` in lines of at most `room` pixels, as far as its words allow, in the font of `text`."""
    before, lines = text.get_text(), list[str]()
    for word in said.split():
        longer = f"{lines[-1]} {word}" if lines else word
        text.set_text(longer)
        if lines and unrotated_size(text)[0] <= room:
            lines[-1] = longer
        else:
            lines.append(word)
    text.set_text(before)
    return "\n".join(lines)


def unrotated_size(text: Text) -> tuple[float, float]:
    """Width and height of a text in pixels, as if it were not rotated."""
    is_of_data = text.get_transform_rotates_text()
    text.set_transform_rotates_text(False)  # else the angle would be that on the page
    angle = text.get_rotation()
    text.set_rotation(0)
    box = text.get_window_extent()
    text.set_rotation(angle)
    text.set_transform_rotates_text(is_of_data)
    return box.width, box.height


def boxes_of(text: Text) -> list[Bbox]:
    """The box of what is to be read, without that of an arrow; of a slanted text a box for each part of its length."""
    if not text.get_visible() or not text.get_text().strip():
        return []
    text.get_window_extent()  # an annotation's takes it to its place, and has its arrow in it
    box = Text.get_window_extent(text)
    if text.get_clip_on() and (clip := text.get_clip_box()) is not None:
        inside = Bbox.intersection(box, clip)
        return [inside] if inside is not None else []
    if not text.get_rotation() % 90:
        return [box]
    (width, height), angle = unrotated_size(text), np.deg2rad(text.get_rotation())
    places = np.linspace(-0.5, 0.5, 2 * max(1, round(width / height)) + 1)[1::2] * width
    left = (box.x0 + box.x1 - height) / 2 + places * np.cos(angle)
    low = (box.y0 + box.y1 - height) / 2 + places * np.sin(angle)
    return [Bbox.from_bounds(*corner, height, height) for corner in zip(left, low, strict=True)]


def font_pixels(text: Text) -> float:
    """The font size of a text in pixels."""
    figure = text.get_figure(root=True)
    assert figure is not None  # noqa: S101 - what is drawn has one
    return float(text.get_fontsize()) * figure.dpi / 72


def _fit(text: Text, room: float) -> Undo:
    said, size = text.get_text(), float(text.get_fontsize())
    if not said.strip() or not text.get_visible() or unrotated_size(text)[0] <= room:
        return []
    if "$" not in said:  # a formula must stay whole
        text.set_text(wrapped(said, text, room))
    if (width := unrotated_size(text)[0]) > room:
        text.set_fontsize(size * max(LEAST_SHRUNK, room / width))
    return [lambda: text.set_text(said), lambda: text.set_fontsize(size)]


def _room_for_title(axes: Axes) -> float:
    figure, box = axes.get_figure(root=True), axes.get_window_extent()
    assert figure is not None  # noqa: S101 - what is drawn has one
    columns = {round(other.get_position().x0, 2) for other in figure.axes if other.get_subplotspec()}
    if len(columns) > 1:
        return float(1.1 * box.width)
    centre = box.x0 + box.width / 2
    return float(1.94 * min(centre, figure.bbox.width - centre))
