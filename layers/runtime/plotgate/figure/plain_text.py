"""Texts that are no formula in spite of their dollar signs, as labels from data may be."""

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from matplotlib.text import Text

LONGEST_FORMULA = 1000  # letters: nobody writes longer ones, and to read ten thousand takes matplotlib many seconds

_LONE_SURROGATE = re.compile("[\ud800-\udfff]")  # half a letter, which no font and no file takes


def preprocess_math(text: "Text", line: str) -> tuple[str, bool | str]:
    """As `Text._preprocess_math` says whether a line is a formula; one that cannot be read is drawn as it stands."""
    from matplotlib import cbook

    line = _LONE_SURROGATE.sub("\ufffd", line)
    if text.get_usetex():
        return (line if line != " " else r"\ "), "TeX"
    if not text.get_parse_math():
        return line, False
    if not cbook.is_math_text(line):
        return line.replace(r"\$", "$"), False
    return line, len(line) <= LONGEST_FORMULA and _is_formula(line)


@lru_cache(1000)
def _is_formula(line: str) -> bool:
    from matplotlib.mathtext import MathTextParser

    parser: Any = MathTextParser("path")
    try:
        parser.parse(line)
    except (ValueError, RecursionError):  # unknown symbols, open braces; braces in braces in braces
        return False
    return True
