"""What a PNG costs to encode, beside Pillow: bytes, and CPU time from the canvas on.

The plots of this repository, and a scatter with 40 000 colours and a photograph, at which Pillow's filters are best.
Both ways take turns in one process.
"""

import io
import time
from collections.abc import Callable, Iterator
from importlib import import_module
from statistics import median

import numpy as np
from matplotlib.figure import Figure
from PIL import Image
from rich.console import Console
from rich.table import Table
from skimage import data

from plotgate.figure.png import Pixels, encoded
from tests.drawing import opened, picture
from tests.found import PLOTS

TURNS = 15
PATHS = {"pairplot": {"features": "mean radius,mean texture,mean smoothness"}}


def main() -> None:
    table = Table("plot", "dpr", "bytes: Pillow", "plotgate", "ratio", "CPU: Pillow", "plotgate", "ratio", box=None)
    for name, dpr, pixels in _canvases():
        (theirs, slow), (ours, fast) = _compared(pixels, _pillow, lambda pixels: encoded(pixels, {}))
        cells = (
            f"{theirs}",
            f"{ours}",
            f"{ours / theirs:.2f}",
            f"{slow:.1f} ms",
            f"{fast:.1f} ms",
            f"{fast / slow:.2f}",
        )
        table.add_row(name, str(dpr), *cells)
    Console(width=120).print(table)


def _canvases() -> Iterator[tuple[str, int, Pixels]]:
    plots = {plot.partition("/")[2]: import_module(f"functions.{plot.replace('/', '.')}.app").draw for plot in PLOTS}
    for name, draw in (plots | {"scatter": _scatter, "photograph": _photograph}).items():
        for dpr in (1, 2):
            yield name, dpr, np.asarray(opened(picture(draw, PATHS.get(name), dpr=dpr)).convert("RGBA"))


def _compared(pixels: Pixels, *ways: Callable[[Pixels], bytes]) -> list[tuple[int, float]]:
    """Of each way, bytes and the median of milliseconds."""
    times: list[list[float]] = [[] for _ in ways]
    for _ in range(TURNS):
        for way, taken in zip(ways, times, strict=True):
            started = time.process_time()
            way(pixels)
            taken.append(1000 * (time.process_time() - started))
    return [(len(way(pixels)), median(taken)) for way, taken in zip(ways, times, strict=True)]


def _pillow(pixels: Pixels) -> bytes:
    """As matplotlib's savefig does, but without the alpha that says nothing."""
    buffer = io.BytesIO()
    Image.fromarray(pixels).convert("RGB").save(buffer, "PNG")
    return buffer.getvalue()


def _scatter() -> Figure:
    random, figure = np.random.default_rng(0), Figure()
    x, y, colours = random.normal(size=(3, 10_000))
    figure.subplots().scatter(x, y, c=colours, alpha=0.5)
    return figure


def _photograph() -> Figure:
    figure = Figure()
    figure.subplots().imshow(data.astronaut())
    return figure


if __name__ == "__main__":
    main()
