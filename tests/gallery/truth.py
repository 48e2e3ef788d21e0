"""Whether the words of an alt text are true: each number and name held against what the script gave to its axes."""

import ast
import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from plotgate.figure import reading
from plotgate.figure.reading.phrases import LONGEST_NAME, is_number, plain, shortened

NUMBER = re.compile(r"(?<![\w.])-?\d+(?:\.\d+)?(?:e[-+]?\d+)?(?: (?:million|billion|trillion))?(?!\w)")
TIME = re.compile(r"\d{4}(?:-\d{2}){1,2}(?:T[\d:.+-]+)?|\d{4}Q\d|\d{2}:\d{2}:[\d.]+")
SIZES = {"million": 1e6, "billion": 1e9, "trillion": 1e12}
WORD = re.compile(r"[^\W\d_]+")


def untrue(alt: str, drew: Mapping[str, Any]) -> Iterator[str]:
    """The numbers and names of an alt text that cannot be found, or computed, in what was drawn.

    Args:
        alt: the text.
        drew: a `Record` as JSON, with the `texts` of the figure that matplotlib alone has drawn.
    """
    rest = _without_names(alt, [*drew["texts"], *drew["names"]])
    labels = [float(plain(name).replace("\N{MINUS SIGN}", "-")) for name in drew["texts"] if is_number(plain(name))]
    numbers = np.array([*drew["numbers"], *drew["counts"], *labels], dtype=float)
    rest = TIME.sub(" ", rest)
    for found in NUMBER.finditer(rest):
        is_correlation = "correlat" in rest[found.start() - 20 : found.start()]
        is_more = rest[found.end() :].startswith(" more")  # names than are listed
        if not is_more and not _is_among(found[0], numbers, is_correlation=is_correlation):
            yield f"the number {found[0]} in “{alt}”"
    for word in dict.fromkeys(WORD.findall(NUMBER.sub(" ", rest))):
        if not {word.lower(), word.lower().removesuffix("s")} & vocabulary():
            yield f"the word {word} in “{alt}”"


@cache
def vocabulary() -> set[str]:
    """The words that plotgate itself may say: those in the texts of its own code."""
    words = set[str]()
    for file in Path(reading.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text())):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                words |= {word.lower() for word in WORD.findall(node.value)}
    return words


def _without_names(alt: str, names: list[str]) -> str:
    known = {plain(name) for name in names}
    known |= {shortened(name, longest) for name in known for longest in (LONGEST_NAME, LONGEST_NAME - 2)}
    for name in sorted(known, key=len, reverse=True):
        if name and not is_number(name):
            alt = re.sub(rf"(?<![\w.]){re.escape(name)}(?!\w|\.\d)", " ", alt)
    return alt


def _is_among(said: str, numbers: NDArray[np.float64], *, is_correlation: bool) -> bool:
    """Whether one of `numbers` is written so: with three digits, or all before its point; a correlation with two."""
    digits, _, size = said.partition(" ")
    value = float(digits) * SIZES.get(size, 1)
    if not value:
        return bool((np.abs(numbers) <= 1e-9).any())
    first = 10.0 ** (np.floor(np.log10(abs(value))) - 2)
    unit = 0.01 if is_correlation else first if size or "e" in digits else min(1, first)
    return bool((np.abs(numbers - value) <= 0.5 * unit * (1 + 1e-9)).any())
