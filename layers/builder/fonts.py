"""matplotlib's list of the fonts that it brings along, made once instead of at each cold start."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from builder.errors import BuildError

FOLDER = "matplotlib/mpl-data"  # the runtime copies the list from here to a place that matplotlib accepts

_PROGRAM = """
import sys
from pathlib import Path
import matplotlib
data, folder = map(Path, sys.argv[1:])
matplotlib.get_data_path = lambda: str(data)
from matplotlib import font_manager
find = font_manager.findSystemFonts
font_manager.findSystemFonts = lambda paths=None, fontext="ttf": sorted(find(paths, fontext)) if paths else []
list = font_manager.FontManager()
font_manager.json_dump(list, folder / f"fontlist-v{list.__version__}.json")
"""


def write_font_list(tree: Path) -> None:
    """Writes the list of `tree`'s own fonts beside them, by relative paths.

    This machine's matplotlib makes it, which the same lock holds at the same version; system fonts stay out of it.

    Raises:
        BuildError: this machine's matplotlib is missing or fails.
    """
    data = tree / FOLDER
    with tempfile.TemporaryDirectory() as settings:
        environment = {**os.environ, "MPLCONFIGDIR": settings, "PYTHONPATH": ""}
        done = subprocess.run(  # noqa: S603
            [sys.executable, "-c", _PROGRAM, str(data), str(data)],
            env=environment,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    if done.returncode:
        raise BuildError(f"The list of fonts could not be made; is .venv in step with uv.lock?\n{done.stderr.strip()}")
