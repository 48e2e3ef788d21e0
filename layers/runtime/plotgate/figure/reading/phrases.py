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
    rounded = float(f"{value:.3g}")
    if abs(rounded) >= 1e15:
        return f"{rounded:.3g}"
    size = next(size for size in LARGE if abs(rounded) >= size)
    return f"{rounded / size:.3g} {LARGE[size]}"


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
        flat = re.sub(r"\\(?:math[a-z]+|text[a-z]*|rm)\b", "", flat).replace(r"^\circ", "°")
        flat = re.sub(r"[${}\\]", "", re.sub(r"\\([A-Za-z]+)", _letter, flat))
    return " ".join(flat.replace(r"\$", "$").split())


def is_number(text: str) -> bool:
    """Whether a text is but a number, so that it says nothing without its legend's title."""
    try:
        float(text.replace("\N{MINUS SIGN}", "-"))
    except ValueError:
        return False
    return True


def capitalised(sentence: str) -> str:
    return f"{sentence[:1].upper()}{sentence[1:]}"


def ended(sentence: str) -> str:
    return sentence if sentence.endswith((".", "!", "?", "…")) else f"{sentence}."


def _letter(command: re.Match[str]) -> str:
    r"""The letter of a command such as `\mu`; another command's own word."""
    word = command[1]
    case = "SMALL" if word[0].islower() else "CAPITAL"
    name = f"GREEK {case} LETTER {word.upper().replace('LAMBDA', 'LAMDA')}"
    try:
        return unicodedata.lookup(name)
    except KeyError:
        return word
