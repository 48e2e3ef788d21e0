"""Numbers, names and lists as sentences have them."""

import re
import unicodedata
from collections.abc import Sequence
from math import isfinite

from matplotlib._mathtext_data import tex2uni

MOST_NAMED = 5  # names that a sentence lists
LONGEST_NAME = 60  # characters
JOINERS = "\u200c\u200d"  # of Persian letters, and of emoji: invisible, and part of the words
SIZES = {"%": 0.01, "k": 1e3, "K": 1e3, "M": 1e6, "B": 1e9, "G": 1e9, "T": 1e12}  # that ticks abbreviate
POWER = re.compile("(-?)(?:([0-9.]+) ?[\N{MULTIPLICATION SIGN}x\N{DOT OPERATOR}\N{MIDDLE DOT}] ?)?10\\^(-?[0-9]+)")
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


def listed(names: Sequence[str], most: int = MOST_NAMED) -> str:
    """`a, b and c`; of more than `most` the first, and how many more there are."""
    said = [shortened(name) for name in names]
    if len(said) > most:
        return f"{', '.join(said[: most - 1])} and {len(said) - most + 1} more"
    return " and ".join(filter(None, [", ".join(said[:-1]), said[-1]])) if said else ""


def shortened(name: str, longest: int = LONGEST_NAME) -> str:
    return name if len(name) <= longest else name[: longest - 1].rstrip() + "…"


def named(names: Sequence[str], most: int = MOST_NAMED) -> str:
    """Names as `listed` says them, each that has a comma of its own in quotation marks."""
    return listed([quoted(name) if "," in name and len(names) > 1 else name for name in names], most)


def quoted(text: str) -> str:
    return f"“{shortened(text, LONGEST_NAME - 2)}”"


def plain(text: object) -> str:
    """A text of a figure in one line, without control characters and without the marks of a formula."""
    flat = " ".join(str(text).split())
    flat = "".join(letter for letter in flat if letter in JOINERS or unicodedata.category(letter)[0] != "C")
    if len(re.findall(r"(?<!\\)\$", flat)) >= 2 and flat.count("$") % 2 == 0:
        flat = re.sub(r"\\[dt]?frac\s*\{([^{}]*)\}\s*\{([^{}]*)\}", r"\1/\2", flat)
        flat = re.sub(r"\\(?:math[a-z]+|text[a-z]*|rm|left|right)(?![A-Za-z])", "", flat).replace(r"^\circ", "°")
        flat = re.sub(r"\\([A-Za-z]+)\s*\{?(\w)\}?", _accented, flat)
        flat = re.sub(r"\\(?:[,;:! ]|q?quad\b)", " ", flat)
        flat = re.sub(r"[${}\\]", "", re.sub(r"\\([A-Za-z]+)", _sign, flat))
    return " ".join(flat.replace(r"\$", "$").split())


def is_number(text: str) -> bool:
    """Whether a text is but a number, so that it says nothing without its legend's title."""
    try:
        float(text.replace("\N{MINUS SIGN}", "-"))
    except ValueError:
        return False
    return True


def is_said(value: float, text: str, noise: float = 0.0) -> bool:
    """Whether a tick's label says this number, perhaps rounded: `1,000`, `-3 m`, `$2.5M`, `40 %` and `10^-2` do.

    Args:
        value: the number.
        text: the label.
        noise: how much the two may differ, even where the number is nearly zero.
    """
    flat = text.replace("\N{MINUS SIGN}", "-").replace(",", "")
    if power := POWER.fullmatch(flat):
        sign, factor, exponent = power.groups()
        return abs(float(f"{sign}{factor or 1}e{exponent}") - value) <= 0.05 * abs(value) + noise
    found = re.findall(r"-?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?", flat)
    if len(found) != 1:
        return False
    unit = flat.partition(found[0])[2].strip()
    said = {float(found[0]) * size for size in (1, SIZES.get(unit, 1))}
    return any(abs(one - value) <= 0.05 * abs(value) + noise for one in said)


def capitalised(sentence: str) -> str:
    return f"{sentence[:1].upper()}{sentence[1:]}"


def ended(sentence: str) -> str:
    return sentence if sentence.endswith((".", "!", "?", "…")) else f"{sentence}."


def _accented(command: re.Match[str]) -> str:
    r"""A letter with the accent of a command such as `\hat`; what is no accent, as it was."""
    mark = chr(tex2uni.get(command[1], 0))
    return unicodedata.normalize("NFC", command[2] + mark) if unicodedata.combining(mark) else command[0]


def _sign(command: re.Match[str]) -> str:
    r"""The sign of a command such as `\mu`; another command's own word."""
    word = command[1]
    return "√" if word == "sqrt" else chr(tex2uni[word]) if word in tex2uni else word
