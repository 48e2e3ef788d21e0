"""What was measured, as tables, a page and a chart."""

import os
import platform
from collections.abc import Callable, Sequence
from datetime import date

from rich.table import Table

from benchmarks._warm.cases import spaced
from benchmarks._warm.processes import ENOUGH, FEWEST, LONGEST, WARM_UPS
from benchmarks._warm.results import ARTICLE, LAYER, MATPLOTLIB, OURS, VL_CONVERT, XY, Comparison, Result

HEADINGS = ("picture", "drawn by", "CPU, ms", "fastest to slowest", "clock, ms", "peak memory, MB", "bytes")
# What is divided by what, and what of it.
RATIOS: dict[str, tuple[str, str, Callable[[Result], float]]] = {
    "article ÷ ours": (ARTICLE, OURS, lambda one: one.cpu),
    "matplotlib ÷ ours": (MATPLOTLIB, OURS, lambda one: one.cpu),
    "ours ÷ vl-convert": (OURS, VL_CONVERT, lambda one: one.cpu),
    "ours ÷ xy": (OURS, XY, lambda one: one.cpu),
    "ours ÷ layer": (OURS, LAYER, lambda one: one.cpu),
    "memory: ours ÷ matplotlib": (OURS, MATPLOTLIB, lambda one: one.memory),
}
RATIO_HEADINGS = ("picture", *RATIOS)

Rows = list[list[str]]


def measured_rows(comparison: Comparison) -> Rows:
    return [
        [
            one.case,
            one.contender,
            f"{one.cpu * 1000:.0f}",
            f"{one.fastest * 1000:.0f} to {one.slowest * 1000:.0f}",
            f"{one.clock * 1000:.0f}",
            f"{one.memory:.0f}",
            spaced(one.size),
        ]
        for one in comparison.results
    ]


def ratio_rows(comparison: Comparison) -> Rows:
    rows = []
    for case in comparison.cases:
        cells = []
        for above, below, value in RATIOS.values():
            one, other = comparison.find(case, above), comparison.find(case, below)
            cells.append(f"{value(one) / value(other):.2f}" if one and other else "")
        rows.append([case, *cells])
    return rows


def table(headings: Sequence[str], rows: Rows) -> Table:
    table = Table(*headings, box=None)
    for row in rows:
        table.add_row(*row)
    return table


def markdown_table(headings: Sequence[str], rows: Rows) -> str:
    return "\n".join(f"| {' | '.join(cells)} |" for cells in (headings, ["---"] * len(headings), *rows))


def machine() -> str:
    return f"{os.cpu_count()} cores, {platform.system()} {platform.machine()}, {date.today().isoformat()}"


def left_out(comparison: Comparison) -> list[str]:
    """A line for each contender and reason, with the pictures that it has not drawn."""
    lines: dict[str, list[str]] = {}
    for (case, contender), reason in comparison.left_out.items():
        lines.setdefault(f"{contender}: {reason}", []).append(case)
    return [f"{line} ({'; '.join(cases)})" for line, cases in lines.items()]


def markdown_left_out(comparison: Comparison) -> str:
    lines = "\n".join(f"- {line}" for line in left_out(comparison))
    return f"\nLeft out:\n\n{lines}\n" if lines else ""


def markdown(comparison: Comparison, rounds: int) -> str:
    return f"""# Speed

`python -m benchmarks warm` wrote this: medians of {rounds} pictures each, in turns ({machine()}).

![CPU time of each picture, by who draws it](speed.png)

[growth.md](growth.md) has other sizes, [cold-start.md](cold-start.md) the article's code and ours in containers as \
strict as Lambda.

{markdown_table(RATIO_HEADINGS, ratio_rows(comparison))}

{markdown_table(HEADINGS, measured_rows(comparison))}

Each contender draws in a process of its own that has drawn {WARM_UPS} pictures before.
No two of its pictures are the same, but for the matrix of the article's code, which has no parameters.
"CPU" is the time of all its threads, which is what one CPU of an execution environment takes.
A wide spread, or a clock far from it, says that the machine was busy: then trust the ratios more than the times.
"Peak memory" is the most that the process has held up to its last picture.
Who has drawn for {ENOUGH} seconds draws no more than {FEWEST} pictures; who needs {LONGEST} for one is left out.

- *{ARTICLE}* is [benchmarks/article](../benchmarks/article/plots.py); it has two of these pictures.
- *{MATPLOTLIB}* is the same `draw` as ours, its figure made by pyplot and saved by `savefig`.
- *{OURS}* answers a request, from the event to the answer with the picture; that is `draw`, alt text, layout for the \
size, drawing and encoding.
- *{LAYER}* is the same with the packages that `sam build` makes for Lambda.
- *{VL_CONVERT}* draws a Vega-Lite chart of the same size with the same labels, *{XY}* one through its pyplot: \
from the same numbers in Python to a PNG.
  Neither has seaborn's pictures; [vega.py](../benchmarks/_warm/vega.py) and [xy_figures.py]\
(../benchmarks/_warm/xy_figures.py) say what they draw instead.
  xy thins out lines of more than 10 000 points, and draws the density of more than 200 000 instead of points.
  It is an alpha: `uv sync --group peers` installs it, and nothing else does.
{markdown_left_out(comparison)}"""
