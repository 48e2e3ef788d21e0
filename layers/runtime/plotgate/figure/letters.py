"""Letters that no font of a picture has: matplotlib draws each as an empty box."""

import logging
import re
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

MISSING = r"Glyph (\d+) .*missing from font"  # as matplotlib warns of a letter, each time that a text is measured
IN_FORMULA = "does not have a glyph for"  # as it logs it, each time that one is in a formula


@contextmanager
def missing_letters() -> Iterator[set[str]]:
    """The letters that are asked for meanwhile and that no font has, in place of a warning for each."""
    found: set[str] = set()

    def is_news(record: logging.LogRecord) -> bool:
        if IN_FORMULA not in str(record.msg) or not isinstance(record.args, tuple):
            return True
        found.add(chr(int(str(record.args[-1]))))
        return False

    formulas = logging.getLogger("matplotlib.mathtext")
    formulas.addFilter(is_news)
    with warnings.catch_warnings():
        warnings.filterwarnings("always", MISSING)
        show: Any = warnings.showwarning

        def note(message: Any, *args: Any, **kwargs: Any) -> None:
            if missing := re.match(MISSING, str(message)):
                found.add(chr(int(missing[1])))
            else:
                show(message, *args, **kwargs)

        warnings.showwarning = note
        try:
            yield found
        finally:
            formulas.removeFilter(is_news)
