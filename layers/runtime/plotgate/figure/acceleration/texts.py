"""How large texts are: each is measured once."""

from collections.abc import Callable, Hashable
from typing import Any, NamedTuple
from weakref import WeakKeyDictionary

from plotgate.figure.acceleration.fonts import in_force, properties

MOST_LAYOUTS = 4096  # as many as matplotlib keeps sizes of texts


def with_layouts_kept(get_layout: Callable[[Any, Any], Any]) -> Callable[[Any, Any], Any]:
    """Lay out texts that are alike once: what a layout follows from is its key."""
    from matplotlib.backends.backend_agg import RendererAgg
    from matplotlib.text import Annotation, Text

    of_renderers: WeakKeyDictionary[Any, dict[Hashable, Any]] = WeakKeyDictionary()
    of_agg: dict[Hashable, _Layout] = {}  # whatever the picture: Agg's texts are as large in each
    fonts_in_force = in_force()

    def layout(text: Any, renderer: Any) -> Any:
        # These depend on where the text is, on TeX, and on whatever an author's own class has.
        if text.get_wrap() or text.get_usetex() or type(text) not in (Text, Annotation):
            return get_layout(text, renderer)
        key = (
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
        own = of_renderers.get(renderer)
        if own is None:
            own = of_renderers[renderer] = {}
        if key in own:
            return own[key]
        if len(own) >= MOST_LAYOUTS:
            own.clear()
        everywhere = (renderer.dpi, *key) if type(renderer) is RendererAgg else None
        if everywhere in of_agg:
            own[key] = of_agg[everywhere].again()
        else:
            found = own[key] = get_layout(text, renderer)
            if everywhere and _is_plain(text):
                if len(of_agg) >= MOST_LAYOUTS:
                    of_agg.clear()
                of_agg[everywhere] = _Layout(found[0].extents.tolist(), tuple(found[1]), found[2])
        return own[key]

    return layout


class _Layout(NamedTuple):
    """A text's layout that no picture can change."""

    extents: list[float]
    lines: tuple[Any, ...]
    corner: Any

    def again(self) -> Any:
        from matplotlib.transforms import Bbox

        return Bbox.from_extents(*self.extents), list(self.lines), self.corner


def _is_plain(text: Any) -> bool:
    """Whether a text is no formula, and its font has all of its letters: what has not is said in each picture."""
    from matplotlib.font_manager import fontManager, get_font

    said: str = text.get_text()
    find: Any = fontManager
    font: Any = get_font(find._find_fonts_by_props(text._fontproperties))
    return "$" not in said and all(font.get_char_index(ord(letter)) for letter in {*said} - {"\n"})


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
