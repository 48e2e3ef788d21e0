"""Files that a function cannot change, as on Lambda, where only the temporary folder can be written to.

A convenience, so that `savefig("out.png")` fails here as it would there. It is no sandbox: it sees what Python audits
in this process, and neither compiled code (SQLite's, HDF5's) nor what another process does. Python does not audit
`mkfifo` and `mknod`, does not tell the `dir_fd` of `os.open`, whose names are taken as those in the working folder, nor
`follow_symlinks`: a link whose mode, owner or times are to change stands for the file that it leads to.
"""

import errno
import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

type _Places = dict[str, tuple[tuple[int, int | None], ...]]

_MADE: _Places = {"os.link": ((1, 3),), "os.mkdir": ((0, 2),), "os.symlink": ((1, 2),)}
_REMOVED: _Places = {"os.remove": ((0, 1),), "os.rename": ((0, 2), (1, 3)), "os.rmdir": ((0, 1),)}
_CHANGED: _Places = {
    "os.chflags": ((0, None),),
    "os.chmod": ((0, 2),),
    "os.chown": ((0, 3),),
    "os.removexattr": ((0, None),),
    "os.setxattr": ((0, None),),
    "os.truncate": ((0, None),),
    "os.utime": ((0, 3),),
}
"""Audited calls: which of their arguments is a path that they change, and which the `dir_fd` that it begins at."""

_WRITING = os.O_WRONLY | os.O_RDWR | os.O_TRUNC


def make_read_only(function: Path) -> None:
    """Let this process change files in the temporary folder alone, and nowhere in the folder `function`.

    What tools keep for themselves stays possible: Python's bytecode, matplotlib's fonts, boto3's tokens of a sign-in.
    """
    folders = [tempfile.gettempdir(), os.environ.get("MPLCONFIGDIR", ""), "~/.aws"]
    writable = [Path(folder).expanduser().resolve() for folder in folders if folder]
    function = function.resolve()

    def is_writable(path: Path) -> bool:
        if "__pycache__" in path.parts or _is_device(path):
            return True
        return any(path.is_relative_to(folder) for folder in writable) and not path.is_relative_to(function)

    def check(event: str, arguments: tuple[Any, ...]) -> None:
        for name, path in _changes(event, arguments):
            if not is_writable(path):
                raise OSError(errno.EROFS, os.strerror(errno.EROFS), name)

    sys.addaudithook(check)


def _changes(event: str, arguments: tuple[Any, ...]) -> Iterator[tuple[Any, Path]]:
    """What a call would change, as it is named and where it is; nothing where the system itself refuses it before.

    That is where something to be made is there already, or something to be changed is not.
    """
    if event == "open":
        name, _, flags = arguments
        if not isinstance(name, int):  # a file that is open already
            given = Path(os.fsdecode(name))
            # /dev/stdout leads to where it may not be written.
            if flags & (_WRITING | os.O_CREAT) and not _is_device(given) and _opening_changes(given, flags):
                yield name, given.resolve()
        return
    for place, folder in _MADE.get(event, ()):
        path = _entry(_given(arguments, place, folder))
        if path.parent.exists() and not os.path.lexists(path):
            yield arguments[place], path
    for place, folder in _REMOVED.get(event, ()):
        path = _entry(_given(arguments, place, folder))
        if path.parent.exists():
            yield arguments[place], path
    for place, folder in _CHANGED.get(event, ()):
        path = _given(arguments, place, folder).resolve()
        if path.exists():
            yield arguments[place], path


def _opening_changes(path: Path, flags: int) -> bool:
    if path.exists():
        return bool(flags & _WRITING and not flags & os.O_EXCL)
    return bool(flags & os.O_CREAT) and path.resolve().parent.exists()


def _is_device(path: Path) -> bool:
    return path.parts[:2] == ("/", "dev") and path.parts[2:3] != ("shm",)  # which Lambda has not


def _given(arguments: tuple[Any, ...], place: int, folder: int | None) -> Path:
    """The path that an argument names, from the folder that it begins at; an open file is named by its number."""
    name = arguments[place]
    if isinstance(name, int):
        return _opened(name)
    start = -1 if folder is None else arguments[folder]
    return (Path() if start == -1 else _opened(start)) / os.fsdecode(name)


def _opened(descriptor: int) -> Path:
    """The path of an open file."""
    if sys.platform == "darwin":
        import fcntl

        return Path(os.fsdecode(fcntl.fcntl(descriptor, fcntl.F_GETPATH, bytes(1024)).rstrip(b"\0")))
    return Path(f"/proc/self/fd/{descriptor}")


def _entry(path: Path) -> Path:
    """`path` itself, though it be a link, in the folder where it really is."""
    return path.resolve() if path.name in ("", "..") else path.parent.resolve() / path.name
