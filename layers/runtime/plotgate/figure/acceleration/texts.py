"""How large texts are: each is measured once."""

from collections.abc import Callable, Hashable
from typing import Any
from weakref import WeakKeyDictionary

from plotgate.figure.acceleration.fonts import in_force, properties

MOST_LAYOUTS = 4096  # of a renderer, as many as matplotlib keeps sizes of texts


def with_layouts_kept(get_layout: Callable[[Any, Any], Any]) -> Callable[[Any, Any], Any]:
    """Lay out texts that are alike once for each renderer: what a layout follows from is its key."""
    layouts: WeakKeyDictionary[Any, dict[Hashable, Any]] = WeakKeyDictionary()
    fonts_in_force = in_force()

    def layout(text: Any, renderer: Any) -> Any:
        if text.get_wrap() or text.get_usetex():  # which depend on where the text is, and on TeX
            return get_layout(text, renderer)
        key = (
            type(text),
            text.get_text(),
            text.get_figure(root=True).dpi,
            text.get_rotation(),
            text.get_rotation_mode(),
            text._horizontalalignment,
            text._verticalalignment,
            text._multialignment,
            text._linespacing,
            text.get_parse_math(),
            fonts_in_force.number(),
            properties(text._fontproperties),
        )
        kept = layouts.get(renderer)
        if kept is None:
            kept = layouts[renderer] = {}
        found = kept.get(key)
        if found is None:
            if len(kept) >= MOST_LAYOUTS:
                kept.clear()
            found = kept[key] = get_layout(text, renderer)
        return found

    return layout


def with_less_around_it(get_window_extent: Callable[..., Any]) -> Callable[..., Any]:
    """Move a text's box to its place without a change of the figure's resolution to what it is."""

    def window_extent(text: Any, renderer: Any = None, dpi: float | None = None) -> Any:
        if dpi is not None or text.get_text() == "" or not text.get_visible():
            return get_window_extent(text, renderer, dpi)
        if renderer is not None:
            text._renderer = renderer
        if text._renderer is None:
            text._renderer = text.get_figure(root=True)._get_renderer()
        box = text._get_layout(text._renderer)[0]
        return box.translated(*text.get_transform().transform(text.get_unitless_position()))

    return window_extent
