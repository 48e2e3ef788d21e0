"""What can be seen in a figure: each artist's contrast with what lies beneath it, texts upon texts, what is cut off.

Nothing is drawn twice. While the figure is drawn, the canvas before an artist is compared with the canvas after it.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from typing import Any

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.axis import Axis
from matplotlib.backends.backend_agg import RendererAgg
from matplotlib.figure import Figure
from matplotlib.legend import Legend
from matplotlib.spines import Spine
from matplotlib.text import Annotation, Text
from numpy.typing import NDArray

MOST_ARTISTS = 300  # of one class in one pair of axes
MOST_TEXTS = 600
OUTSIDE = 2.5  # pixels beyond the canvas that a text's box may reach: the box is larger than the ink
OVERLAP = 3  # pixels of ink that two texts must share, the one a pixel bolder, to be over each other
SMALLEST_AXES = 0.1  # of the figure's width or height: smaller ones, such as colour bars, are nobody's share

Pixels = NDArray[Any]


@dataclass
class Observation:
    """What was seen in one drawing of a figure."""

    contrasts: dict[str, float] = field(default_factory=dict)  # 1 to 21, by artist; the greatest in any pixel
    overlaps: list[tuple[str, str]] = field(default_factory=list)  # texts over each other
    cut: list[str] = field(default_factory=list)  # texts that reach beyond the canvas
    shares: dict[str, tuple[float, float]] = field(default_factory=dict)  # of the canvas, by axes

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, found: dict[str, Any]) -> "Observation":
        return cls(**found)


@dataclass
class _Ink:
    text: Text
    left: int
    top: int
    mask: NDArray[np.bool_]
    contrast: float
    cut: bool


class _Watch:
    """One drawing of one figure."""

    def __init__(self, figure: Figure, renderer: RendererAgg, paper: str) -> None:
        self.figure, self.renderer = figure, renderer
        self.paper = np.array([int(paper[i : i + 2], 16) for i in (1, 3, 5)]) / 255
        self.observation = Observation()
        self.inks: list[_Ink] = []

    def see(self, name: str, draw: Callable[..., Any]) -> Callable[..., Any]:
        def seen(*arguments: Any, **options: Any) -> Any:
            before = self._canvas().copy()
            result = draw(*arguments, **options)
            found = self._changed(before)
            contrast = self._contrast(before, found) if found is not None else 1.0
            known = self.observation.contrasts.get(name, 1.0)
            self.observation.contrasts[name] = round(max(known, contrast), 2)
            return result

        return seen

    def see_text(self, text: Text, draw: Callable[..., Any], *arguments: Any) -> None:
        if not text.get_visible() or not text.get_text().strip() or len(self.inks) >= MOST_TEXTS:
            draw(text, *arguments)
            return
        beneath = [self._canvas().copy()]
        if (box := text.get_bbox_patch()) is not None:  # the text's own, upon which it has to be read
            draw_box = box.draw

            def draw_box_first(*options: Any) -> None:
                draw_box(*options)
                beneath[:] = [self._canvas().copy()]

            box.__dict__["draw"] = draw_box_first
        try:
            draw(text, *arguments)
        finally:
            if box is not None:
                box.__dict__.pop("draw", None)
        found = self._changed(beneath[0])
        if found is None or not found.any():
            return
        rows, columns = np.flatnonzero(found.any(1)), np.flatnonzero(found.any(0))
        top, left = int(rows[0]), int(columns[0])
        mask = found[top : rows[-1] + 1, left : columns[-1] + 1]
        extent, height, width = text.get_window_extent(self.renderer), *found.shape
        beyond = max(-extent.x0, -extent.y0, extent.x1 - width, extent.y1 - height)
        self.inks.append(_Ink(text, left, top, mask, self._contrast(beneath[0], found), bool(beyond > OUTSIDE)))

    def finish(self) -> Observation:
        names = _texts_names(self.figure)
        named = [(names.get(id(ink.text), _said(ink.text)), ink) for ink in self.inks]
        for name, ink in named:
            known = self.observation.contrasts.get(f"“{name}”", 1.0)
            self.observation.contrasts[f"“{name}”"] = round(max(known, ink.contrast), 2)
        self.observation.cut = sorted({name for name, ink in named if ink.cut})
        pairs = set()
        for number, (name, ink) in enumerate(named):
            for other_name, other in named[number + 1 :]:
                if _overlap(ink, other):
                    pairs.add((min(name, other_name), max(name, other_name)))
        self.observation.overlaps = sorted(pairs)
        width, height = self.figure.bbox.width, self.figure.bbox.height
        for number, axes in enumerate(_all_axes(self.figure)):
            box = axes.get_window_extent()
            self.observation.shares[f"axes {number}"] = (round(box.width / width, 4), round(box.height / height, 4))
        return self.observation

    def _canvas(self) -> Pixels:
        renderer: Any = self.renderer
        return np.asarray(renderer.buffer_rgba())

    def _changed(self, before: Pixels) -> NDArray[np.bool_] | None:
        after = self._canvas()
        if after.shape != before.shape:  # an effect draws on a canvas of its own
            return None
        changed: NDArray[np.bool_] = before.view(np.uint32)[..., 0] != after.view(np.uint32)[..., 0]
        return changed

    def _contrast(self, before: Pixels, found: NDArray[np.bool_]) -> float:
        if not found.any():
            return 1.0
        beneath, above = self._luminance(before[found]), self._luminance(self._canvas()[found])
        light, dark = np.maximum(beneath, above), np.minimum(beneath, above)
        return float(((light + 0.05) / (dark + 0.05)).max())

    def _luminance(self, rgba: Pixels) -> Pixels:
        """Relative luminance as WCAG 2 defines it, upon the theme's paper."""
        opacity = rgba[:, 3:] / 255
        srgb = rgba[:, :3] / 255 * opacity + self.paper * (1 - opacity)
        linear = np.where(srgb <= 0.04045, srgb / 12.92, ((srgb + 0.055) / 1.055) ** 2.4)
        luminance: Pixels = linear @ np.array([0.2126, 0.7152, 0.0722])
        return luminance


@contextmanager
def watched(paper: str) -> Iterator[Callable[[], Observation | None]]:
    """Watches each figure that Agg draws meanwhile; yields what says what was seen in the last of them."""
    last: list[_Watch] = []
    draw_figure, draw_text = Figure.draw, Text.draw

    def watch_figure(figure: Figure, renderer: Any) -> None:
        if not isinstance(renderer, RendererAgg):
            draw_figure(figure, renderer)
            return
        last[:] = [_Watch(figure, renderer, paper)]
        marks = list(_marks(figure))
        for name, artist in marks:
            artist.__dict__["draw"] = last[0].see(name, artist.draw)
        try:
            draw_figure(figure, renderer)
        finally:
            for _, artist in marks:
                artist.__dict__.pop("draw", None)

    def watch_text(text: Text, renderer: Any) -> None:
        if last and last[0].renderer is renderer:
            last[0].see_text(text, draw_text, renderer)
        else:
            draw_text(text, renderer)

    classes: Any = (Figure, Text)
    classes[0].draw, classes[1].draw = watch_figure, watch_text
    try:
        yield lambda: last[0].finish() if last else None
    finally:
        classes[0].draw, classes[1].draw = draw_figure, draw_text


def _all_axes(figure: Figure) -> list[Axes]:
    """The axes of a figure with those inside of them."""
    found, waiting = list[Axes](), list(figure.axes)
    while waiting:
        axes = waiting.pop(0)
        if axes not in found:
            found.append(axes)
            waiting += getattr(axes, "child_axes", [])
    return found


def _marks(figure: Figure) -> Iterator[tuple[str, Artist]]:
    """What shows something, by a name that does not depend on the theme: lines, patches, collections, images, keys.

    Texts are seen by themselves, apart from the arrow that belongs to an annotation.
    """
    holders: list[tuple[str, Any]] = [("figure", figure)]
    holders += [(f"axes {number}", axes) for number, axes in enumerate(_all_axes(figure)) if axes.get_visible()]
    for holder_name, holder in holders:
        counts: dict[str, int] = {}
        for artist in holder.get_children():
            if isinstance(artist, Spine | Axis | Axes) or artist is holder.patch or not artist.get_visible():
                continue
            if isinstance(artist, Annotation):
                artist = artist.arrow_patch
            if artist is None or isinstance(artist, Text):
                continue
            kind = type(artist).__name__
            counts[kind] = counts.get(kind, 0) + 1
            if counts[kind] <= MOST_ARTISTS:
                name = f"{holder_name}: {kind} {counts[kind]}"
                yield name, artist
                handles = artist.legend_handles if isinstance(artist, Legend) else []
                yield from ((f"{name}, key {key + 1}", handle) for key, handle in enumerate(handles) if handle)


def _texts_names(figure: Figure) -> dict[int, str]:
    """Names of the texts that differ with the size of a picture: the labels of ticks."""
    names = {}
    for number, axes in enumerate(_all_axes(figure)):
        for which in ("xaxis", "yaxis", "zaxis"):
            axis: Any = getattr(axes, which, None)
            for text in axis.findobj(Text) if axis is not None else ():
                if text is not axis.label:
                    names[id(text)] = f"axes {number}: labels of the {which}"
    return names


def _said(text: Text) -> str:
    return " ".join(text.get_text().split())[:40]


def _overlap(one: _Ink, other: _Ink) -> bool:
    top, left = max(one.top, other.top - 1), max(one.left, other.left - 1)
    bottom = min(one.top + one.mask.shape[0], other.top + other.mask.shape[0] + 1)
    right = min(one.left + one.mask.shape[1], other.left + other.mask.shape[1] + 1)
    if top >= bottom or left >= right:
        return False
    bold = np.pad(other.mask, 2)
    bold[1:-1, 1:-1] = (
        bold[1:-1, 1:-1] | bold[:-2, 1:-1] | bold[2:, 1:-1] | bold[1:-1, :-2] | bold[1:-1, 2:]
    )  # by a pixel
    down, across = top - other.top + 2, left - other.left + 2
    shared = (
        one.mask[top - one.top : bottom - one.top, left - one.left : right - one.left]
        & bold[down : down + bottom - top, across : across + right - left]
    )
    return int(shared.sum()) >= OVERLAP
