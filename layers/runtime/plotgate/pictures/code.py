"""The version of the code that draws a picture."""

import hashlib
import sys
from functools import cache
from pathlib import Path


@cache
def code_version(folder: Path) -> str:
    """What changes when the files of a plot's `folder`, plotgate or a library that it may import do.

    A layer's digest is the name of an empty file in it, as its build wrote it; elsewhere a library's version is in the
    name of its metadata. Neither has to be read or imported.
    """
    found = hashlib.sha256()
    package = Path(__file__).parents[1]
    files = [*sorted(folder.rglob("*")), *sorted(f for f in package.rglob("*") if package / "local" not in f.parents)]
    for file in files:
        if file.is_file() and "__pycache__" not in file.parts:
            found.update(file.name.encode() + b"\0" + file.read_bytes())
    for entry in sys.path:
        if Path(entry).is_dir():
            names = sorted(path.name for path in Path(entry).iterdir())
            found.update("\n".join(n for n in names if n.startswith("layer-") or n.endswith(".dist-info")).encode())
    return found.hexdigest()
