"""Where the time of a picture goes, by the step of the request and by what matplotlib does in it.

A timer of the process's CPU time notes the stack; each sample belongs to the first step that it is in, counted from the
outside, and to the first kind of work, counted from the inside.
"""

import re
import signal
import time
from collections import Counter
from collections.abc import Iterator
from functools import cache
from statistics import median
from types import FrameType

from rich.progress import Progress

from benchmarks._warm.cases import Case
from benchmarks._warm.contenders import answers
from benchmarks._warm.report import Rows

INTERVAL = 0.001  # seconds; the system may take more
PICTURES = 20
WARM_UPS = 2
FUNCTIONS = 12

# By the end of a file's path; what is in none of them belongs to whoever called it.
STEPS = {
    "draw": r"/app\.py",
    "read": r"plotgate/figure/reading/.*",
    "lay out": r"plotgate/figure/layout\.py",
    "darken": r"plotgate/figure/dark\.py",
    "encode": r"plotgate/figure/encoding\.py",
}
IMPORT, LAST_DRAWING, REST = "import", "last drawing", "rest of the request"
KINDS = {
    "text": r"matplotlib/(text|textpath|font_manager|_?mathtext|_text_helpers)\.py",
    "ticks": r"matplotlib/(axis|ticker|dates)\.py",
    "layout": r"matplotlib/(_constrained_layout|_layoutgrid|layout_engine|gridspec)\.py",
    "marks": r"matplotlib/(collections|lines|patches|image|markers|legend)\.py",
}
OTHER = "other"

Stack = list[tuple[str, str]]
"""The file and the name of each function, the innermost first."""


class Profile:
    """Samples of a plot's pictures."""

    def __init__(self) -> None:
        self.cells: Counter[tuple[str, str]] = Counter()
        self.functions: Counter[str] = Counter()
        self.cpu = 0.0  # seconds in all
        self.server_timing: dict[str, float] = {}
        """Medians in milliseconds, by the clock, as the answers have them."""

    def rows(self) -> Rows:
        """Milliseconds of a picture: a row for each step, a column for each kind of work."""
        steps = [IMPORT, *STEPS, LAST_DRAWING, REST]
        steps.insert(steps.index("encode"), steps.pop(steps.index(LAST_DRAWING)))
        columns = [*KINDS, OTHER]
        numbers = [[self.cells[step, kind] for kind in columns] for step in steps]
        numbers.append([sum(column) for column in zip(*numbers, strict=True)])
        return [
            [name, *(self._milliseconds(count) for count in counts), self._milliseconds(sum(counts))]
            for name, counts in zip([*steps, "all"], numbers, strict=True)
        ]

    def hottest(self) -> Rows:
        """The functions in which most samples ended."""
        return [[self._milliseconds(count), name] for name, count in self.functions.most_common(FUNCTIONS)]

    def _milliseconds(self, samples: int) -> str:
        value = 1000 * self.cpu / PICTURES * samples / max(1, self.cells.total())
        return f"{value:.1f}" if samples else ""


HEADINGS = ("ms of a picture", *KINDS, OTHER, "all")


def profiled(case: Case, progress: Progress) -> Profile:
    """The samples of PICTURES pictures of plotgate's, in this process."""
    answer = answers(case.folder, case.path)
    profile, timings = Profile(), []

    def note(number: int, frame: FrameType | None) -> None:
        stack = list(_stack(frame))
        profile.cells[step(stack), kind(stack)] += 1
        profile.functions[_short(*stack[0])] += 1

    for number in range(WARM_UPS):
        answer(case.arguments(number))
    before = signal.signal(signal.SIGPROF, note)
    for number in progress.track(range(WARM_UPS, WARM_UPS + PICTURES), description=case.name):
        started = time.process_time()
        signal.setitimer(signal.ITIMER_PROF, INTERVAL, INTERVAL)
        header = answer(case.arguments(number))["headers"]["server-timing"]
        signal.setitimer(signal.ITIMER_PROF, 0)
        profile.cpu += time.process_time() - started
        timings.append({name: float(value) for name, value in re.findall(r"(\w+);dur=([\d.]+)", header)})
    signal.signal(signal.SIGPROF, before)
    names = dict.fromkeys(name for timing in timings for name in timing)
    profile.server_timing = {name: median(timing.get(name, 0) for timing in timings) for name in names}
    return profile


def step(stack: Stack) -> str:
    """The step of the request that a stack is in."""
    if any(file.startswith("<frozen importlib") for file, _ in stack):
        return IMPORT
    found = REST
    for file, _ in reversed(stack):
        if found == REST:
            found = _step(file) or REST
        elif found == "encode" and "/matplotlib/" in file:
            return LAST_DRAWING
    return found


def kind(stack: Stack) -> str:
    """What matplotlib does in a stack."""
    return next((found for file, function in stack if (found := _kind(file, function))), OTHER)


@cache
def _step(file: str) -> str | None:
    return next((name for name, pattern in STEPS.items() if re.search(pattern + "$", file)), None)


@cache
def _kind(file: str, function: str) -> str | None:
    if function.startswith(("draw_text", "_draw_text")):
        return "text"
    return next((name for name, pattern in KINDS.items() if re.search(pattern + "$", file)), None)


def _stack(frame: FrameType | None) -> Iterator[tuple[str, str]]:
    while frame:
        yield frame.f_code.co_filename, frame.f_code.co_name
        frame = frame.f_back


def _short(file: str, function: str) -> str:
    return f"{'/'.join(file.split('/')[-2:])}: {function}"
