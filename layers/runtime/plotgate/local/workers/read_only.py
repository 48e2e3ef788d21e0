"""Files that a function cannot change, as on Lambda, where only the temporary folder can be written to.

A convenience, so that `savefig("out.png")` fails here as it would there. It is no sandbox: it sees what Python code
does in this process, and neither compiled code nor what another process does.
"""

import errno
import os
import sys
import tempfile
from pathlib import Path
from typing import Any

_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT

_CHANGED = {
    "os.chmod": slice(1),
    "os.link": slice(1, 2),
    "os.mkdir": slice(1),
    "os.remove": slice(1),
    "os.rename": slice(2),
    "os.rmdir": slice(1),
    "os.symlink": slice(1, 2),
    "os.utime": slice(1),
}
"""Audited calls, and which of their arguments are paths that they change; the last argument is always `dir_fd`."""


def make_read_only(function: Path) -> None:
    """Let this process change files in the temporary folder alone, and nowhere in the folder `function`.

    What tools keep for themselves stays possible: Python's bytecode, matplotlib's fonts, boto3's tokens of a sign-in.
    """
    folders = [tempfile.gettempdir(), "/dev", os.environ.get("MPLCONFIGDIR", ""), "~/.aws"]
    writable = [Path(folder).expanduser().resolve() for folder in folders if folder]
    function = function.resolve()

    def is_writable(path: Path) -> bool:
        if "__pycache__" in path.parts:
            return True
        return any(path.is_relative_to(folder) for folder in writable) and not path.is_relative_to(function)

    def check(event: str, arguments: tuple[Any, ...]) -> None:
        if event == "open":
            changed = arguments[:1] if arguments[2] & _WRITING else ()
        elif event in _CHANGED and arguments[-1] == -1:
            changed = arguments[_CHANGED[event]]
        else:
            return
        for name in changed:
            if isinstance(name, int):  # a file that is open already
                continue
            given = Path(os.fsdecode(name))
            if given.parts[:2] == ("/", "dev"):  # /dev/stdout leads to where it may not be written
                continue
            path = given.resolve()
            if not is_writable(path) and not (event == "os.mkdir" and path.exists()):
                raise OSError(errno.EROFS, os.strerror(errno.EROFS), name)

    sys.addaudithook(check)
