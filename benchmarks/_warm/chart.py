"""CPU time of pictures, by who draws them.

The chart of the README, drawn by plotgate as any plot is.
"""

from pathlib import Path

from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, LogLocator

from benchmarks._warm.cases import spaced
from benchmarks._warm.results import ARTICLE, MATPLOTLIB, OURS, VL_CONVERT, XY, Comparison
from tests.drawing import picture

MARKERS = {OURS: "D", MATPLOTLIB: "o", ARTICLE: "s", VL_CONVERT: "^", XY: "v"}


def write(comparison: Comparison, folder: Path) -> None:
    """speed.png and speed-dark.png."""

    def draw() -> Figure:
        figure = Figure(figsize=(8, 5), layout="constrained")
        axes = figure.subplots()
        for name, marker in MARKERS.items():
            found = [(case, one.cpu) for case in comparison.cases if (one := comparison.find(case, name))]
            places = [comparison.cases.index(case) for case, _ in found]
            axes.plot([1000 * cpu for _, cpu in found], places, marker, markersize=9, label=name)
        axes.set_yticks(range(len(comparison.cases)), comparison.cases)
        axes.invert_yaxis()
        axes.set_xscale("log")
        axes.xaxis.set_major_locator(LogLocator(subs=(1, 2, 5)))
        axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: spaced(round(value))))
        axes.minorticks_off()
        axes.grid(axis="y")
        axes.spines[["top", "right"]].set_visible(False)
        axes.set_xlabel("CPU time of a picture, ms: to the left is faster")
        figure.legend(loc="outside upper center", ncols=len(MARKERS), frameon=False)
        return figure

    for name, theme in (("speed.png", "light"), ("speed-dark.png", "dark")):
        (folder / name).write_bytes(picture(draw, theme=theme, dpr=2).body)
