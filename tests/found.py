"""The plots of this repository, found by their folders: a new plot is tested on the day its folder appears."""

from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any
from urllib.parse import quote

from plotgate.local.catalog import example_path, write_catalog
from plotgate.local.template import read_template
from plotgate.serve import Handler

ROOT = Path(__file__).parents[1]
FUNCTIONS = ROOT / "functions"

FOLDERS = sorted(str(app.parent.relative_to(FUNCTIONS)) for app in FUNCTIONS.rglob("app.py"))

# A page, such as the gallery, lies directly in functions/; a plot has its data set's folder around it.
PLOTS = [folder for folder in FOLDERS if "/" in folder]


def plot_handler(name: str) -> Handler:
    """The handler of a plot, by a name such as `breast_cancer_data/pairplot`."""
    found = handler_of(name)
    assert isinstance(found, Handler)
    return found


def path_of(folder: str) -> str:
    """The path at which a function is shown, in a URL; a plot's with its examples in it."""
    if folder not in PLOTS:
        return "/"
    plot = plot_handler(folder).plot
    return quote(example_path(f"/plots/{folder}{plot.path_suffix}", plot), safe="/,")


def handler_of(folder: str) -> Any:
    """The handler of any function, by its folder in functions/."""
    if folder == "gallery":
        gallery()
    return import_module(f"functions.{folder.replace('/', '.')}.app").handler


@cache
def gallery() -> Path:
    """The gallery's folder, with a fresh catalog of the plots in it."""
    write_catalog(read_template(ROOT / "template.yaml"), FUNCTIONS / "gallery")
    return FUNCTIONS / "gallery"
