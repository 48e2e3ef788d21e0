"""An error in an author's file as one readable message: what is wrong, in which file and line, and the line's text.

For the author's own machine alone: it names paths and data.
"""

import linecache
import traceback
from collections.abc import Iterator
from pathlib import Path
from types import CodeType


def explained(error: BaseException, folder: Path, draw: CodeType | None = None) -> str:
    """What is wrong, in one line, and in two more where: the last line of the author's files that was running.

    Args:
        error: as it was raised.
        folder: of the author's files.
        draw: the code of the plot's function, which is named where no line of the author's was running.
    """
    lines = ["".join(traceback.format_exception_only(_plain(error))).strip().splitlines()[-1]]
    place = _place(error, folder) or (draw and (Path(draw.co_filename), draw.co_firstlineno))
    if place:
        file, number = place
        linecache.checkcache(str(file))
        shown = file.relative_to(folder) if file.is_relative_to(folder) else file.name
        lines += [f"  {folder.name}/{shown}, line {number}", f"    {linecache.getline(str(file), number).strip()}"]
    return "\n".join(lines)


def _plain(error: BaseException) -> BaseException:
    """The error without its notes, and of a syntax error without the picture of its line, which follows anyway."""
    if isinstance(error, SyntaxError):
        return type(error)(error.msg)
    return error


def _place(error: BaseException, folder: Path) -> tuple[Path, int] | None:
    places = list(_places(error, folder))
    return places[-1] if places else None


def _places(error: BaseException, folder: Path) -> Iterator[tuple[Path, int]]:
    for frame in traceback.extract_tb(error.__traceback__):
        file = Path(frame.filename)
        if frame.lineno is not None and file.is_relative_to(folder) and "site-packages" not in file.parts:
            yield file, frame.lineno
    if isinstance(error, SyntaxError) and error.filename and error.lineno:
        yield Path(error.filename), error.lineno
