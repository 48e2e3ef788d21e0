"""The plots of this repository, found by their folders: a new plot is tested on the day its folder appears."""

from importlib import import_module
from pathlib import Path

from plotgate.handler import Handler

ROOT = Path(__file__).parents[1]
FUNCTIONS = ROOT / "functions"

# A page, such as the gallery, lies directly in functions/; a plot has its data set's folder around it.
PLOTS = sorted(str(app.parent.relative_to(FUNCTIONS)) for app in FUNCTIONS.glob("*/*/**/app.py"))


def plot_handler(name: str) -> Handler:
    """The handler of a plot, by a name such as `breast_cancer_data/pairplot`."""
    found = import_module(f"functions.{name.replace('/', '.')}.app").handler
    assert isinstance(found, Handler)
    return found
