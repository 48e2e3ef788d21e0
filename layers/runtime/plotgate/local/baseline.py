"""Baselines: a picture of each plot as somebody has looked at it, in tests/baselines/ beside the template."""

import io
from pathlib import Path
from urllib.parse import quote

from PIL import Image

from plotgate.local.asking import Functions
from plotgate.local.catalog import example_path, load_plot
from plotgate.local.plots import PlotFunction
from plotgate.local.template import Template


def baseline_file(template: Template, plot: str) -> Path:
    """Where the baseline of a plot is, whether there is one or not."""
    return template.file.parent / "tests" / "baselines" / f"{plot}.png"


def update_baseline(functions: Functions, plot: PlotFunction, file: Path) -> str:
    """Draw a plot into its baseline, unless that shows the same pixels; "new", "changed" or "as it was"."""
    picture = draw_baseline(functions, plot)
    if file.exists() and _pixels(file.read_bytes()) == _pixels(picture):
        return "as it was"
    happened = "changed" if file.exists() else "new"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(picture)
    return happened


def _pixels(png: bytes) -> tuple[tuple[int, int], bytes]:
    with Image.open(io.BytesIO(png)) as picture:
        return picture.size, picture.convert("RGBA").tobytes()


def draw_baseline(functions: Functions, plot: PlotFunction) -> bytes:
    """The picture of a plot as the gallery shows it: without parameters, but for the examples of those in its path."""
    path = plot.route
    if plot.path_parameters and (loaded := load_plot(plot.function)):
        path = quote(example_path(path, loaded), safe="/,")
    return functions.ask(path).body
