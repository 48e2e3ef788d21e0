"""An error in an author's file as one readable message: what is wrong, in which file and line, and the line's text.

For the author's own machine alone: it names paths and data.
"""

import linecache
import re
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any

import plotgate

Place = tuple[Path, int]
"""A file and the number of a line."""

SERVE = Path(plotgate.__file__).with_name("serve.py")


def explained(error: BaseException, folder: Path, draw: Callable[..., Any] | None = None) -> str:
    """What is wrong, in one line, and in two more where: the last line of the author's files that was running.

    Args:
        error: as it was raised.
        folder: of the author's files.
        draw: the plot's function, which is named where no line of the author's was running.
    """
    what = error.msg if isinstance(error, SyntaxError) else str(error)
    lines = [f"{type(error).__name__}: {what.strip().partition('\n')[0]}".rstrip(": ")]
    place = _place(error, folder) or (draw and _definition(draw, what))
    if place:
        file, number = place
        linecache.checkcache(str(file))
        shown = file.relative_to(folder) if file.is_relative_to(folder) else file.name
        lines += [f"  {folder.name}/{shown}, line {number}", f"    {linecache.getline(str(file), number).strip()}"]
    return "\n".join(lines)


def is_of(error: BaseException, folder: Path) -> bool:
    """Whether a line of the author's files was running."""
    return _place(error, folder) is not None


def _place(error: BaseException, folder: Path) -> Place | None:
    if isinstance(error, SyntaxError) and error.filename and error.lineno:
        return Path(error.filename), error.lineno
    place = None
    for frame, number in traceback.walk_tb(error.__traceback__):
        file = Path(frame.f_code.co_filename)
        if file.is_relative_to(folder) and "site-packages" not in file.parts:
            place = file, number
        elif file == SERVE and frame.f_code.co_name == "serve":  # which refuses what the signature says
            place = _definition(frame.f_locals["draw"], str(error))
    return place


def _definition(draw: Callable[..., Any], error: str) -> Place | None:
    """Where a function is defined, or the parameter of it that the error names."""
    code = getattr(draw, "__code__", None)
    if code is None:
        return None
    parameter = re.match(r"The (?:parameter|default of) `(\w+)`", error)
    lines = linecache.getlines(code.co_filename)[code.co_firstlineno - 1 :]
    named = re.compile(rf"\b{parameter[1]}\s*:" if parameter else "def ")
    further = next((number for number, line in enumerate(lines) if named.search(line)), 0)
    return Path(code.co_filename), code.co_firstlineno + further
