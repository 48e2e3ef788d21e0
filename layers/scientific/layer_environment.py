"""What numpy and matplotlib need of the environment before they are imported; numpy imports this first in the layer."""

import math
import os
import tempfile
from pathlib import Path

MEMORY_OF_A_CPU = 1769  # MB; Lambda gives CPU time in proportion to memory
POOLS = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS")


def size_thread_pools() -> None:
    """As many threads as there are CPUs to run them; every processor is visible in Lambda, whatever the share of it."""
    memory = os.environ.get("AWS_LAMBDA_FUNCTION_MEMORY_SIZE")
    if memory is not None:
        for pool in POOLS:
            os.environ.setdefault(pool, str(math.ceil(int(memory) / MEMORY_OF_A_CPU)))


def bring_font_list() -> None:
    """Copies matplotlib's list of fonts to where it accepts one; it refuses a folder that it cannot write to."""
    if "MPLCONFIGDIR" in os.environ:
        return
    folder = Path(tempfile.gettempdir(), "matplotlib")
    try:
        folder.mkdir(exist_ok=True)
        for fonts in Path(__file__).parent.glob("matplotlib/mpl-data/fontlist-*.json"):
            (folder / fonts.name).write_bytes(fonts.read_bytes())
    except OSError:
        return  # nowhere to write: matplotlib says what it thinks of it, and makes its own list
    os.environ["MPLCONFIGDIR"] = str(folder)


os.environ.setdefault("MPLBACKEND", "agg")  # there is no screen; pyplot would try each toolkit in turn
size_thread_pools()
bring_font_list()
