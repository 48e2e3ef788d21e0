"""What each artist of a figure changes on the canvas, watched while the figure is drawn.

Nothing is drawn twice but what changed nothing: the canvas before an artist is compared with the canvas after it.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
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

from plotgate.figure.perception import RGB

MOST_ARTISTS = 300  # of one class in one pair of axes
MOST_TEXTS = 600
MOST_PIXELS = 100_000  # of an artist: of more, some are looked at
OUTSIDE = 2.5  # pixels beyond the canvas that a text's box may reach: the box is larger than the ink

Pixels = NDArray[Any]


@dataclass(frozen=True)
class Ink:
    """What an artist has changed on the canvas."""

    artist: Artist
    left: int = 0
    top: int = 0
    mask: NDArray[np.bool_] = field(default_factory=lambda: np.zeros((0, 0), dtype=bool))
    beneath: tuple[tuple[RGB, float], ...] = ()  # the colours that lie beneath, with their shares of the ink
    contrast: float = 1.0  # with what lies beneath, 1 to 21: the greatest in any pixel
    is_cut: bool = False  # a text that reaches beyond the canvas
    is_hidden: bool = False  # it is drawn, and changes nothing


@dataclass
class Sight:
    """What was seen in one drawing of a figure."""

    figure: Figure
    marks: list[tuple[str, Ink]] = field(default_factory=list)  # by names that are the same in each theme and size
    texts: list[Ink] = field(default_factory=list)


@contextmanager
def watched[T](paper: str, judge: Callable[[Sight], T]) -> Iterator[list[T]]:
    """Watch each figure that Agg draws meanwhile, upon `paper`; yields a list of what `judge` makes of each drawing.

    It is called as soon as a figure is drawn, while the settings hold that say what the colour `C0` is.
    """
    found: list[T] = []
    last: list[_Watch] = []
    draw_figure, draw_text = Figure.draw, Text.draw

    def watch_figure(figure: Figure, renderer: Any) -> None:
        if not isinstance(renderer, RendererAgg) or "draw_path" in vars(renderer):  # by which layouts draw nothing
            draw_figure(figure, renderer)
            return
        outer, watch = last[:], _Watch(figure, renderer, paper)  # an effect may draw another
        last[:] = [watch]
        marks = list(_marks(figure))
        for name, artist in marks:
            artist.__dict__["draw"] = watch.see(name, artist, artist.draw)
        try:
            draw_figure(figure, renderer)
        finally:
            for _, artist in marks:
                artist.__dict__.pop("draw", None)
            last[:] = outer
        found.append(judge(watch.sight))

    def watch_text(text: Text, renderer: Any) -> None:
        if last and last[0].renderer is renderer:
            last[0].see_text(text, draw_text, renderer)
        else:
            draw_text(text, renderer)

    classes: Any = (Figure, Text)
    classes[0].draw, classes[1].draw = watch_figure, watch_text
    try:
        yield found
    finally:
        classes[0].draw, classes[1].draw = draw_figure, draw_text


def all_axes(figure: Figure) -> list[Axes]:
    """The axes of a figure with those inside of them."""
    found, waiting = list[Axes](), list(figure.axes)
    while waiting:
        axes = waiting.pop(0)
        if axes not in found:
            found.append(axes)
            waiting += getattr(axes, "child_axes", [])
    return found


class _Watch:
    """One drawing of one figure."""

    def __init__(self, figure: Figure, renderer: RendererAgg, paper: str) -> None:
        self.renderer = renderer
        self.sight = Sight(figure)
        self._paper = np.array([int(paper[i : i + 2], 16) for i in (1, 3, 5)]) / 255
        self._scratch: Any = None

    def see(self, name: str, artist: Artist, draw: Callable[..., Any]) -> Callable[..., Any]:
        def seen(renderer: Any, *arguments: Any, **options: Any) -> Any:
            before = self._canvas().copy()
            result = draw(renderer, *arguments, **options)
            self.sight.marks.append((name, self._ink(artist, before, draw)))
            return result

        return seen

    def see_text(self, text: Text, draw: Callable[..., Any], *arguments: Any) -> None:
        if not text.get_visible() or not text.get_text().strip() or len(self.sight.texts) >= MOST_TEXTS:
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
        ink = self._ink(text, beneath[0], lambda renderer: draw(text, renderer))
        if ink.mask.any() or ink.is_hidden:
            self.sight.texts.append(ink)

    def _ink(self, artist: Artist, before: Pixels, draw: Callable[[Any], Any]) -> Ink:
        after = self._canvas()
        if after.shape != before.shape:  # an effect draws on a canvas of its own
            return Ink(artist)
        found = before.view(np.uint32)[..., 0] != after.view(np.uint32)[..., 0]
        if not found.any():
            return Ink(artist, is_hidden=self._leaves_ink(draw))
        rows, columns = np.flatnonzero(found.any(1)), np.flatnonzero(found.any(0))
        top, left = int(rows[0]), int(columns[0])
        mask = found[top : rows[-1] + 1, left : columns[-1] + 1]
        pairs = np.stack([before[found], after[found]], axis=1)
        pairs = pairs[:: max(1, len(pairs) // MOST_PIXELS)].reshape(-1, 8).view("<u8")[:, 0]
        unique, counts = np.unique(pairs, return_counts=True)
        colours = self._seen(unique.view(np.uint8).reshape(-1, 2, 4))
        luminances = _luminance(colours)
        ratios = (luminances.max(axis=1) + 0.05) / (luminances.min(axis=1) + 0.05)
        beneath: dict[RGB, float] = {}
        for colour, count in zip(colours[:, 0].tolist(), counts.tolist(), strict=True):
            rgb = (colour[0], colour[1], colour[2])
            beneath[rgb] = beneath.get(rgb, 0) + count / len(pairs)
        is_cut = isinstance(artist, Text) and self._reaches_beyond(artist)
        return Ink(artist, left, top, mask, tuple(beneath.items()), float(ratios.max()), is_cut)

    def _canvas(self) -> Pixels:
        renderer: Any = self.renderer
        return np.asarray(renderer.buffer_rgba())

    def _seen(self, rgba: Pixels) -> Pixels:
        """Colours upon the paper, as parts from 0 to 1."""
        opacity = rgba[..., 3:] / 255
        found: Pixels = rgba[..., :3] / 255 * opacity + self._paper * (1 - opacity)
        return found

    def _leaves_ink(self, draw: Callable[[Any], Any]) -> bool:
        if self._scratch is None:
            agg: Any = RendererAgg
            self._scratch = agg(self.renderer.width, self.renderer.height, self.renderer.dpi)
        self._scratch.clear()
        draw(self._scratch)
        return bool(np.asarray(self._scratch.buffer_rgba())[..., 3].any())

    def _reaches_beyond(self, text: Text) -> bool:
        height, width = self._canvas().shape[:2]
        box = text.get_window_extent(self.renderer)
        return bool(max(-box.x0, -box.y0, box.x1 - width, box.y1 - height) > OUTSIDE)


def _luminance(srgb: Pixels) -> Pixels:
    """Relative luminance as WCAG 2 defines it."""
    linear = np.where(srgb <= 0.04045, srgb / 12.92, ((srgb + 0.055) / 1.055) ** 2.4)
    luminance: Pixels = linear @ np.array([0.2126, 0.7152, 0.0722])
    return luminance


def _marks(figure: Figure) -> Iterator[tuple[str, Artist]]:
    """What shows something, by a name that does not depend on the theme: lines, patches, collections, images, keys.

    Texts are seen by themselves, apart from the arrow that belongs to an annotation.
    """
    holders: list[tuple[str, Any]] = [("figure", figure)]
    holders += [(f"axes {number}", axes) for number, axes in enumerate(all_axes(figure)) if axes.get_visible()]
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


def overlap(one: Ink, other: Ink) -> int:
    """How many pixels of ink two texts share, the other a pixel bolder."""
    top, left = max(one.top, other.top - 1), max(one.left, other.left - 1)
    bottom = min(one.top + one.mask.shape[0], other.top + other.mask.shape[0] + 1)
    right = min(one.left + one.mask.shape[1], other.left + other.mask.shape[1] + 1)
    if top >= bottom or left >= right:
        return 0
    bold = np.pad(other.mask, 2)
    bold[1:-1, 1:-1] = bold[1:-1, 1:-1] | bold[:-2, 1:-1] | bold[2:, 1:-1] | bold[1:-1, :-2] | bold[1:-1, 2:]
    down, across = top - other.top + 2, left - other.left + 2
    shared = (
        one.mask[top - one.top : bottom - one.top, left - one.left : right - one.left]
        & bold[down : down + bottom - top, across : across + right - left]
    )
    return int(shared.sum())
