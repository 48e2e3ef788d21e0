"""The plots' stack, imported before it is known which function will need it."""

import gc
import os
from collections.abc import Callable
from datetime import UTC, datetime
from importlib import import_module
from typing import Any

MODULES = (
    *("plotgate.serve", "plotgate.pictures.render", "plotgate.figure.dark", "plotgate.figure.encoding"),
    *("plotgate.figure.layout", "plotgate.figure.reading.alt_text", "plotgate.figure.reading.long_description"),
    *("numpy", "pandas", "matplotlib.pyplot", "scipy.stats", "scipy.cluster.hierarchy", "sklearn.datasets"),
)
"""Not seaborn, whose import registers colour maps: a plot that forgets to import it must not find them."""


def import_stack() -> None:
    """Import what plots need, and draw a picture: the first one also loads fonts."""
    os.environ["MPLBACKEND"] = "agg"  # as entry.py does
    gc.disable()  # until the plot's file is imported, as there
    for name in MODULES:
        import_module(name)
    draw_one()


def draw_one() -> bytes:
    """A small picture, as PNG, drawn in the way of any plot."""
    from plotgate.pictures.identity import identify
    from plotgate.pictures.render import render
    from plotgate.url.plot import Plot
    from plotgate.url.request import read_request

    new: Callable[..., Any] = import_module("matplotlib.figure").Figure

    def draw() -> Any:
        figure = new(figsize=(4, 3))
        axes = figure.subplots()
        axes.plot([1, 3, 2], label="a line")
        axes.set(title="A title", xlabel="across", ylabel="up")
        axes.legend()
        return figure

    return render(identify(read_request(Plot(draw), "/plots/any/plot", {}, [], datetime.now(UTC)))).body
