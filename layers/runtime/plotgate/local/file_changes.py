"""Changes of files that all happen, or none."""

import shutil
import tempfile
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import Self


class FileChanges:
    """Files are changed at once; an exception in the context, Ctrl-C too, takes all changes back.

    with FileChanges() as changes:
        changes.write(template, text)
        changes.move(old, new)
        draw()
    """

    def __init__(self) -> None:
        self._undo = ExitStack()  # runs all, the last change first, though one of them fail
        self._removed = ExitStack()  # what is only aside until all is well

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        if error is None:
            self._undo.pop_all()
            self._removed.close()
        self._undo.close()

    def write(self, file: Path, content: bytes) -> None:
        """Write a file, and the folders that it needs."""
        self._make_folder(file.parent)
        if file.exists():
            self._undo.callback(file.write_bytes, file.read_bytes())
        else:
            self._undo.callback(_remove_file, file)
        file.write_bytes(content)

    def move(self, old: Path, new: Path) -> None:
        """Move a file or a folder; its folder goes too when nothing is left in it."""
        self._make_folder(new.parent)
        old.rename(new)
        self._undo.callback(new.rename, old)
        self._undo.callback(old.parent.mkdir, exist_ok=True)
        _remove_if_empty(old.parent)

    def remove(self, path: Path) -> None:
        """Remove a file or a folder, with all that is in it; its folder goes too when nothing is left in it."""
        aside = Path(tempfile.mkdtemp(prefix=f".{path.name}-", dir=path.parent.parent))  # on the same disk
        self._undo.callback(aside.rmdir)
        self._removed.callback(shutil.rmtree, aside)
        self.move(path, aside / path.name)

    def _make_folder(self, folder: Path) -> None:
        missing = [one for one in (folder, *folder.parents) if not one.exists()]
        for one in reversed(missing):
            one.mkdir()
            self._undo.callback(_remove_if_empty, one)


def _remove_file(file: Path) -> None:
    if file.exists():
        file.unlink()


def _remove_if_empty(folder: Path) -> None:
    """Remove a folder in which nothing is, or only what Python keeps there for itself."""
    if all(path.name == "__pycache__" for path in folder.iterdir()):
        shutil.rmtree(folder)
