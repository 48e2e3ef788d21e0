"""What texts are set in: which settings decide it, and which files are found for them."""

import os
from collections.abc import Callable, Hashable
from functools import cache, lru_cache, partial
from typing import Any

SETTINGS = (
    "font.family",
    "font.style",
    "font.variant",
    "font.weight",
    "font.stretch",
    "font.size",
    "font.serif",
    "font.sans-serif",
    "font.cursive",
    "font.fantasy",
    "font.monospace",
    "font.enable_last_resort",
    "text.hinting",
    "text.kerning_factor",
    "mathtext.fontset",
    "mathtext.fallback",
    "mathtext.default",
    "mathtext.cal",
    "mathtext.rm",
    "mathtext.tt",
    "mathtext.it",
    "mathtext.bf",
    "mathtext.bfit",
    "mathtext.sf",
)
MOST_FOUND = 256  # sets of properties: a figure has a dozen


class _InForce:
    """What holds for all texts alike: matplotlib's settings of fonts, and the fonts that it knows."""

    def __init__(self) -> None:
        from matplotlib import font_manager, rcParams

        self.fonts: Any = font_manager.fontManager
        self._setting: Callable[[str], Any] = partial(dict.__getitem__, rcParams)  # without its looks for a backend
        self._known: list[Any] = []
        self._files: Any = None
        self._number = 0

    def number(self) -> int:
        """Another number whenever something of it has changed."""
        fonts = self.fonts
        known = [*map(self._setting, SETTINGS), len(fonts.ttflist), len(fonts.afmlist)]
        if known != self._known or fonts.ttflist is not self._files:
            # Copies, for an author may add to a list of families in place.
            self._known = [list(one) if isinstance(one, list) else one for one in known]
            self._files = fonts.ttflist
            self._number += 1
        return self._number


in_force = cache(_InForce)


def properties(font: Any) -> tuple[Hashable, ...]:
    """What a FontProperties says by now: its own hash is that of these, and it may be changed."""
    return tuple(font.__dict__.values())


def with_fonts_found_once(find_fonts_by_props: Callable[..., list[Any]]) -> Callable[..., list[Any]]:
    """Look for the files of the same properties once, as long as the same settings are in force."""
    fonts_in_force = in_force()
    found: dict[tuple[Hashable, ...], list[Any]] = {}

    def find(self: Any, prop: Any, *args: Any, **kwargs: Any) -> list[Any]:
        if args or kwargs or self is not fonts_in_force.fonts or not hasattr(prop, "_family"):
            return find_fonts_by_props(self, prop, *args, **kwargs)
        key = (fonts_in_force.number(), os.getenv("MPL_IGNORE_SYSTEM_FONTS"), *properties(prop))
        if key not in found:
            files = find_fonts_by_props(self, prop)
            if len(files) != len(prop.get_family()):
                return files  # a family that is not there is said each time
            if len(found) >= MOST_FOUND:
                found.clear()
            found[key] = files
        return list(found[key])

    return find


class _FontTables:
    """The tables of a font file, each a dictionary that is made once."""

    def __init__(self, font: Any) -> None:
        self.get_sfnt_table = cache(font.get_sfnt_table)


def with_tables_made_once(get_font: Callable[[Any], Any]) -> Callable[[Any], _FontTables]:
    tables = lru_cache(64)(_FontTables)  # as many as matplotlib keeps fonts

    def get_tables(paths: Any) -> _FontTables:
        return tables(get_font(paths))

    return get_tables
