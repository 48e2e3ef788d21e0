"""Time and memory as there is more to draw, ours beside matplotlib's."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from benchmarks._warm.cases import Case, sized, spaced
from benchmarks._warm.processes import compared
from benchmarks._warm.report import Rows, machine, markdown_left_out, markdown_table
from benchmarks._warm.results import MATPLOTLIB, OURS, Comparison, Result

POINTS = (1_000, 10_000, 100_000, 1_000_000)
SIZES = {
    "line": ("points", POINTS),
    "scatter": ("points", POINTS),
    "histogram": ("points", POINTS),
    "mesh": ("points", POINTS),
    "image": ("points", POINTS),
    "bars": ("bars", (10, 30, 100, 300)),
    "panels": ("panels", (1, 4, 16, 49, 100)),
}
FASTER = 1.2  # ours grows faster where its growth is so much of matplotlib's,
LEAST = {"time": 0.02, "memory": 10.0}  # and at least so many seconds or MB: less is chance

HEADINGS = (
    "picture",
    *("matplotlib, ms", "ours, ms", "ratio"),
    *("matplotlib, MB", "ours, MB", "ratio"),
    "ours grows faster",
)


@dataclass(frozen=True)
class Size:
    """A plot of one size, drawn by both."""

    name: str
    matplotlib: Result
    ours: Result

    @property
    def plot(self) -> str:
        return self.name.partition(",")[0]


def grown(plots: Sequence[str], rounds: int, drawn: Callable[[str], None]) -> Comparison:
    """Each size of each plot by both, from small to large."""
    cases = [case for plot in plots for case in sizes(plot)]
    return compared(cases, (MATPLOTLIB, OURS), rounds, drawn)


def sizes(plot: str) -> list[Case]:
    name, counts = SIZES[plot]
    return [sized(plot, **{name: count}) for count in counts]


def rows(comparison: Comparison) -> Rows:
    return [
        [
            one.name,
            *_beside(1000 * one.matplotlib.cpu, 1000 * one.ours.cpu),
            *_beside(one.matplotlib.memory, one.ours.memory),
            ", ".join(faster(before, one)) if before and before.plot == one.plot else "",
        ]
        for before, one in pairwise([None, *_drawn_by_both(comparison)])
        if one
    ]


def markdown(comparison: Comparison, rounds: int) -> str:
    return f"""# Speed as there is more to draw

`python -m benchmarks warm --growth` wrote this: medians of {rounds} pictures each, in turns ({machine()}).

{markdown_table(HEADINGS, rows(comparison))}

"ms" is the CPU time of a picture, "MB" the most that a process has held that drew pictures of this size alone; \
[speed.md](speed.md) says how they are drawn.
Ours grows faster where it grows by more than {FASTER} times what matplotlib grows by from one size to the next, \
and by {1000 * LEAST["time"]:.0f} ms or {LEAST["memory"]:.0f} MB at least.
{markdown_left_out(comparison)}"""


def faster(before: Size, after: Size) -> list[str]:
    """Of time and memory, what of ours grows faster than matplotlib's from one size to the next."""
    growths = {
        "time": (after.ours.cpu - before.ours.cpu, after.matplotlib.cpu - before.matplotlib.cpu),
        "memory": (after.ours.memory - before.ours.memory, after.matplotlib.memory - before.matplotlib.memory),
    }
    return [what for what, (ours, theirs) in growths.items() if ours > LEAST[what] and ours > FASTER * theirs]


def _drawn_by_both(comparison: Comparison) -> Iterator[Size]:
    for case in comparison.cases:
        theirs, ours = comparison.find(case, MATPLOTLIB), comparison.find(case, OURS)
        if theirs and ours:
            yield Size(case, theirs, ours)


def _beside(theirs: float, ours: float) -> tuple[str, str, str]:
    return spaced(round(theirs)), spaced(round(ours)), f"{ours / theirs:.2f}"
