"""CPU time, memory and bytes of a picture drawn warm, beside the article's code, matplotlib, vl-convert and xy."""

import json
import sys
from dataclasses import asdict
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import Progress

from benchmarks._servers import ROOT
from benchmarks._warm import growth, profile, report
from benchmarks._warm.cases import CASES
from benchmarks._warm.contenders import CONTENDERS
from benchmarks._warm.processes import WARM_UPS, compared
from benchmarks._warm.results import Comparison

DOCS = ROOT / "docs"


def main(
    only: Annotated[list[str] | None, typer.Option(help="Pictures whose names begin so; all by default.")] = None,
    rounds: Annotated[int, typer.Option(min=1, max=25, help="How often each one draws each picture.")] = 9,
    profiled: Annotated[
        list[str] | None, typer.Option("--profile", help="Say where the time of these pictures of ours goes instead.")
    ] = None,
    growing: Annotated[
        bool, typer.Option("--growth", help="Draw more and more points, bars and panels instead, beside matplotlib.")
    ] = False,
) -> None:
    console = Console(width=None if sys.stdout.isatty() else 140)
    with Progress(console=console, transient=True) as progress:
        if profiled:
            _profile(_begin_so(list(CASES), profiled, "--profile"), progress)
        elif growing:
            _grow(_begin_so(list(growth.SIZES), only, "--only"), rounds, progress)
        else:
            _compare(_begin_so(list(CASES), only, "--only"), rounds, progress)


def _begin_so(names: list[str], beginnings: list[str] | None, option: str) -> list[str]:
    if beginnings is None:
        return names
    if unknown := [one for one in beginnings if not any(name.startswith(one) for name in names)]:
        raise typer.BadParameter(f"{'; '.join(unknown)}: there are {'; '.join(names)}.", param_hint=option)
    return [name for name in names if name.startswith(tuple(beginnings))]


def _compare(names: list[str], rounds: int, progress: Progress) -> None:
    task = progress.add_task("", total=len(names) * (WARM_UPS + rounds))
    comparison = compared(
        [CASES[name] for name in names],
        list(CONTENDERS),
        rounds,
        lambda name: progress.update(task, advance=1, description=name),
    )
    progress.console.print(report.table(report.HEADINGS, report.measured_rows(comparison)))
    progress.console.print(report.table(report.RATIO_HEADINGS, report.ratio_rows(comparison)))
    _say_what_is_left_out(comparison, progress)
    if names == list(CASES):
        from benchmarks._warm import chart

        results = [asdict(result) for result in comparison.results]
        (DOCS / "speed.json").write_text(json.dumps(results, indent=2) + "\n")
        (DOCS / "speed.md").write_text(report.markdown(comparison, rounds))
        chart.write(comparison, DOCS)
        progress.console.print("Written to docs/speed.md, .json, .png and -dark.png")


def _grow(plots: list[str], rounds: int, progress: Progress) -> None:
    task = progress.add_task("", total=sum(len(growth.sizes(plot)) for plot in plots) * (WARM_UPS + rounds))
    comparison = growth.grown(plots, rounds, lambda name: progress.update(task, advance=1, description=name))
    progress.console.print(report.table(growth.HEADINGS, growth.rows(comparison)))
    _say_what_is_left_out(comparison, progress)
    if plots == list(growth.SIZES):
        (DOCS / "growth.md").write_text(growth.markdown(comparison, rounds))
        progress.console.print("Written to docs/growth.md")


def _say_what_is_left_out(comparison: Comparison, progress: Progress) -> None:
    for line in report.left_out(comparison):
        progress.console.print(f"Left out: {line}")


def _profile(names: list[str], progress: Progress) -> None:
    for name in names:
        found = profile.profiled(CASES[name], progress)
        progress.console.print(name)
        progress.console.print(report.table(profile.HEADINGS, found.rows()))
        steps = ", ".join(f"{step} {milliseconds:.1f}" for step, milliseconds in found.server_timing.items())
        progress.console.print(f"By the clock, ms, as its Server-Timing says: {steps}")
        progress.console.print(report.table(("ms", "in this function itself"), found.hottest()))
