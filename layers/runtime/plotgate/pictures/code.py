"""The version of the code that draws a picture."""

import hashlib
import os
import re
import sys
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

PACKAGE = Path(__file__).parents[1]

_NO_PLOT = ("local", "pages")  # folders of plotgate that no plot imports
# Set by Lambda, and another for each execution environment or invocation:
# https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html; the rest is of a shell.
# Where the declared tables are is in their own versions; for the rest of DATA_… there is `own_data`.
_NOT_OWN = re.compile(
    r"AWS_|LAMBDA_|_|DATA_|PYTHON|LD_|(SHLVL|PWD|OLDPWD|HOME|PATH|TERM|TERM_PROGRAM|MPLBACKEND|MPLCONFIGDIR)$"
    r"|PYTEST_"
    r"|PLOTGATE_PRESETS$"  # which URLs are answered is not what they show
    # How many threads compute; scikit-learn sets one of them where it is imported.
    r"|(KMP|OMP|MKL|OPENBLAS|NUMEXPR|LOKY|JOBLIB)_"
)
# What opens the data is not what is in the data, and a digest that anybody sees must not be made of it.
_SECRET = re.compile(
    r"(^|_|^PG)(SECRET|PASSWORD|PASSFILE|TOKEN|CREDENTIALS?|(API|ACCESS|PRIVATE|SECRET|SIGNING)_?KEYS?)$", re.IGNORECASE
)


@dataclass(frozen=True)
class Code:
    """The files that were imported, as they were just before."""

    folder: Path | None  # None in a notebook, whose code nobody can know again
    digest: str
    stamps: tuple[object, ...]

    @property
    def version(self) -> str | None:
        """What changes when the plot's files, its environment, plotgate or a library that it may import do.

        None once the files have changed: what was imported of them is not known to be the old or the new.
        """
        if self.folder is None or (self.stamps and self.stamps != _stamps(self.folder)):
            return None
        return self.digest


_known: dict[Path | None, Code] = {None: Code(None, "", ())}


def note_code(folder: Path) -> Code:
    """Note the code in a plot's `folder` as it is now, before it is imported."""
    # Where nobody can write, as on Lambda, nothing can change: there is nothing to look for in each request.
    stamps = _stamps(folder) if os.access(folder, os.W_OK) else ()
    _known[folder] = Code(folder, _digest(folder), stamps)
    return _known[folder]


def code_in(folder: Path | None) -> Code:
    """The code in a plot's `folder` as it was noted."""
    if folder is not None and folder not in _known:
        note_code(folder)
    return _known[folder]


def own_data(declared: Collection[str]) -> tuple[tuple[str, str], ...]:
    """The variables whose names begin as those of tables do, and that are of none that is `declared`: the author's own.

    Args:
        declared: the variables of the plot's tables.
    """
    tables = {*declared, *(f"{name}_SECRET" for name in declared)}
    return tuple(
        (name, value)
        for name, value in sorted(os.environ.items())
        if name.startswith("DATA_") and name not in tables and not _SECRET.search(name)
    )


def _digest(folder: Path) -> str:
    found = hashlib.sha256()
    package = (file for file in _files(PACKAGE) if not {PACKAGE / name for name in _NO_PLOT} & set(file.parents))
    for root, files in ((folder, _files(folder)), (PACKAGE, package)):
        for file in files:
            found.update(b"%s\0%d\0" % (str(file.relative_to(root)).encode(), file.stat().st_size))
            found.update(file.read_bytes())
    for name, value in sorted(os.environ.items()):
        if not _NOT_OWN.match(name) and not _SECRET.search(name):
            found.update(f"{name}={value}\0".encode())
    # A layer's digest is the name of an empty file in it, as its build wrote it; elsewhere a library's version is in
    # the name of its metadata. Neither has to be read or imported.
    for entry in sys.path:
        if Path(entry).is_dir():
            names = sorted(path.name for path in Path(entry).iterdir())
            found.update("\n".join(n for n in names if n.startswith("layer-") or n.endswith(".dist-info")).encode())
    return found.hexdigest()


def _files(folder: Path) -> Iterator[Path]:
    """All files below a folder but those that Python itself writes."""
    yield from (
        file
        for file in sorted(folder.rglob("*", recurse_symlinks=True))
        if "__pycache__" not in file.parts and file.is_file()
    )


def _stamps(folder: Path) -> tuple[object, ...]:
    status = {str(file): file.stat() for file in _files(folder)}
    # As rsync does, a copy may keep size and time; not so the moment of the change, nor the file's number.
    return tuple((file, s.st_mtime_ns, s.st_ctime_ns, s.st_size, s.st_ino) for file, s in status.items())
