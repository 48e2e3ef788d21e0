"""Numbers, names and lists as sentences have them."""

import re
import unicodedata
from collections.abc import Sequence
from math import isfinite

MOST_NAMED = 5  # names that a sentence lists
LONGEST_NAME = 60  # characters
JOINERS = "\u200c\u200d"  # of Persian letters, and of emoji: invisible, and part of the words
LARGE = {1e12: "trillion", 1e9: "billion", 1e6: "million"}


def number(value: float) -> str:
    """Three significant digits, or all of those before the point: `0.00123`, `1235`, `1.23 million`."""
    value = float(value)
    if not isfinite(value) or value == 0:
        return f"{abs(value):g}"
    if abs(value) < 999.5:
        return f"{value:.3g}"
    if abs(value) < 999_999.5:
        return f"{value:.0f}"
    if abs(value) >= 1e15:
        return f"{value:.3g}"
    size, word = next((size, word) for size, word in LARGE.items() if abs(value) >= size or size == 1e6)
    return f"{value / size:.{_decimals(abs(value) / size)}f} {word}"


def listed(names: Sequence[str]) -> str:
    """`a, b and c`; of many the first, and how many more there are."""
    said = [shortened(name) for name in names]
    if len(said) > MOST_NAMED:
        return f"{', '.join(said[: MOST_NAMED - 1])} and {len(said) - MOST_NAMED + 1} more"
    return " and ".join(filter(None, [", ".join(said[:-1]), said[-1]])) if said else ""


def shortened(name: str) -> str:
    return name if len(name) <= LONGEST_NAME else name[: LONGEST_NAME - 1].rstrip() + "…"


def plain(text: object) -> str:
    """A text of a figure in one line, without control characters and without the marks of a formula."""
    flat = " ".join(str(text).split())
    flat = "".join(letter for letter in flat if letter in JOINERS or unicodedata.category(letter)[0] != "C")
    if len(re.findall(r"(?<!\\)\$", flat)) >= 2 and flat.count("$") % 2 == 0:
        flat = re.sub(r"\\(?:mathrm|mathbf|mathit|text)\b|[${}]", "", flat).replace(r"^\circ", "°").replace("\\", "")
    return " ".join(flat.split())


def is_number(text: str) -> bool:
    """Whether a text is but a number, so that it says nothing without its legend's title."""
    try:
        float(text.replace("\N{MINUS SIGN}", "-"))
    except ValueError:
        return False
    return True


def capitalised(sentence: str) -> str:
    return f"{sentence[:1].upper()}{sentence[1:]}"


def _decimals(value: float) -> int:
    return 2 if value < 9.995 else 1 if value < 99.95 else 0
