"""What the benchmark of the cold start measured, as a table, a page and a chart."""

import os
import platform
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from rich.table import Table

RUNS = 7
WARM = 5  # requests after the first, in each run
MEMORY = 1769  # MB: one whole vCPU
ARTICLE = "article's code"
OURS = "plotgate"


@dataclass(frozen=True)
class Result:
    """What was measured of one plot in one way; medians over the runs, in seconds and MB, and bytes."""

    plot: str
    way: str
    total: float
    fastest: float
    slowest: float
    init: float
    first: float
    warm: float
    memory: float
    size: int


def _pairs(results: list[Result]) -> Iterator[tuple[Result, Result]]:
    for plot in dict.fromkeys(result.plot for result in results):
        article, ours = (next(r for r in results if (r.plot, r.way) == (plot, way)) for way in (ARTICLE, OURS))
        yield article, ours


HEADINGS = ("plot", "", "first picture after", "init", "first", "warm p50", "peak memory", "bytes")


def _row(result: Result, article: Result | None) -> list[str]:
    total = f"{result.total:.2f} s ({result.fastest:.2f} to {result.slowest:.2f})"
    warm = f"{result.warm * 1000:.0f} ms"
    return [
        result.plot,
        result.way,
        f"{total}, {article.total / result.total:.1f} times sooner" if article else total,
        f"{result.init:.2f} s",
        f"{result.first:.2f} s",
        f"{warm}, {article.warm / result.warm:.1f} times faster" if article else warm,
        f"{result.memory:.0f} MB",
        f"{result.size:,}".replace(",", " "),
    ]


def _rows(results: list[Result]) -> list[list[str]]:
    return [row for article, ours in _pairs(results) for row in (_row(article, None), _row(ours, article))]


def table(results: list[Result]) -> Table:
    table = Table(*HEADINGS, box=None)
    for row in _rows(results):
        table.add_row(*row)
    return table


def markdown(results: list[Result]) -> str:
    lines = [HEADINGS, ["---"] * len(HEADINGS), *_rows(results)]
    rows = "\n".join(f"| {' | '.join(cells)} |" for cells in lines)
    machine = f"{os.cpu_count()} cores, {platform.system()} {platform.machine()}, {date.today().isoformat()}"
    return f"""# Cold start

`python -m benchmarks cold_start` wrote this: medians of {RUNS} fresh containers each, in turns ({machine}).

![Seconds from the start of a container to its first picture](cold-start.png)

{rows}

Each container has 1 CPU, {MEMORY} MB, a read-only root and no network, and runs AWS's emulator and runtime client.
All files are in the page cache.
"First picture after" is the time from the container's start to the last byte of the first PNG, \
with the fastest and the slowest run.
"init" is what the emulator reports as such, "first" is the first request alone.
"warm p50" is the median of {WARM} later requests, each of another URL.

The {ARTICLE} is [function.py](../benchmarks/article/function.py): FastAPI and Mangum around the figures \
as [the article](../README.md#fits-and-starts-fast) draws them, on the same versions.
`sam build` installs it, less tests and bytecode, with stripped objects: without that it does not fit into Lambda.
A wide spread says that the machine was busy: then trust the ratio more than the times.
"""


def chart(results: list[Result], file: Path) -> None:
    """The stacked times of each plot and way, drawn with the stack that they are about."""
    import matplotlib
    from matplotlib.figure import Figure

    with matplotlib.rc_context({"font.size": 11, "axes.spines.top": False, "axes.spines.right": False}):
        figure = Figure(figsize=(8, 3.2), layout="constrained")
        axes = figure.subplots()
        ordered = [result for pair in _pairs(results) for result in pair]
        positions = [2.6 * (number // 2) + number % 2 for number in range(len(ordered))]
        start = [max(0, result.total - result.init - result.first) for result in ordered]
        parts = {
            "container and runtime": start,
            "init": [r.init for r in ordered],
            "first request": [r.first for r in ordered],
        }
        left = [0.0] * len(ordered)
        for (name, widths), colour in zip(parts.items(), ("#b8b8b8", "#875fdb", "#e4572e"), strict=True):
            axes.barh(positions, widths, left=left, label=name, color=colour, height=0.8)
            left = [a + b for a, b in zip(left, widths, strict=True)]
        for position, end, result in zip(positions, left, ordered, strict=True):
            axes.text(end, position, f" {result.total:.1f} s", va="center")  # medians need not add up
        axes.set_yticks(positions, [f"{result.plot.replace('_', ' ')}, {result.way}" for result in ordered])
        axes.invert_yaxis()
        axes.tick_params(axis="y", length=0)
        axes.set_xlabel("seconds from the start of a container to its first picture")
        axes.set_xlim(0, max(left) * 1.12)
        figure.legend(frameon=False, loc="outside upper center", ncols=len(parts))
        figure.savefig(file, dpi=200, metadata={"Software": None})
