"""The plots of a template, linted: a process for each."""

import json
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from plotgate.local.linter.finding import Finding
from plotgate.local.linter.process import ROWS, SECONDS, WIDTHS
from plotgate.local.plots import PlotFunction
from plotgate.local.workers.environment import environment_of


@dataclass(frozen=True)
class Linted:
    """A plot, and what was found in its pictures: each finding with the views that have it, such as `dark 440`."""

    plot: PlotFunction
    findings: dict[Finding, list[str]]


def most_views(plot: PlotFunction) -> int:
    """How many pictures of a plot are drawn at most."""
    return 2 * len(WIDTHS) + len(ROWS)


def lint_all(plots: Sequence[PlotFunction], seen: Callable[[PlotFunction, str], object]) -> Iterator[Linted]:
    """What is found in each of `plots`, in their order; `seen` is called after each picture."""
    with ThreadPoolExecutor(min(len(plots), os.cpu_count() or 1) or 1) as pool:
        yield from pool.map(lambda plot: _linted(plot, seen), plots)


def _linted(plot: PlotFunction, seen: Callable[[PlotFunction, str], object]) -> Linted:
    findings: dict[Finding, list[str]] = {}
    by_artist: dict[tuple[str, str], Finding] = {}  # the same in two themes has two colours, and is one finding
    for view, found in _views(plot):
        seen(plot, view)
        for finding in found:
            first = by_artist.setdefault((finding.rule, finding.artist), finding)
            views = findings.setdefault(first, [])
            if view not in views:
                views.append(view)
    return Linted(plot, findings)


def _views(plot: PlotFunction) -> Iterator[tuple[str, list[Finding]]]:
    command = [sys.executable, "-m", "plotgate.local.linter.process", plot.path]
    with (
        tempfile.TemporaryFile() as errors,
        subprocess.Popen(  # noqa: S603 - this Python, with a path of the template
            command,
            cwd=plot.function.code,
            env=environment_of(plot.function),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=errors,
            text=True,
        ) as process,
    ):
        assert process.stdout is not None  # noqa: S101 - it is a pipe
        for line in process.stdout:
            view, found = json.loads(line)
            yield view, [Finding(**one) for one in found]
        if code := process.wait():
            errors.seek(0)
            said = errors.read().decode(errors="replace").strip().splitlines()
            detail = f"no picture within {SECONDS} s" if code == -signal.SIGALRM else (said or [f"status {code}"])[-1]
            yield "last view", [Finding("cannot be drawn", "draw", detail, "mend it")]
