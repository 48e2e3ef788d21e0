"""CPU time, memory and bytes of a picture drawn warm, beside the article's code, matplotlib, vl-convert and xy."""

import json
import sys
from dataclasses import asdict
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import Progress

from benchmarks._servers import ROOT
from benchmarks._warm import report
from benchmarks._warm.cases import CASES
from benchmarks._warm.contenders import CONTENDERS
from benchmarks._warm.processes import WARM_UPS, compared

DOCS = ROOT / "docs"


def main(
    only: Annotated[list[str] | None, typer.Option(help="Pictures whose names begin so; all by default.")] = None,
    rounds: Annotated[int, typer.Option(min=1, max=25, help="How often each one draws each picture.")] = 9,
) -> None:
    console = Console(width=None if sys.stdout.isatty() else 120)
    cases = [case for case in CASES.values() if not only or case.name.startswith(tuple(only))]
    if not cases:
        raise typer.BadParameter(f"There are {'; '.join(CASES)}.", param_hint="--only")
    with Progress(console=console, transient=True) as progress:
        task = progress.add_task("Drawing", total=len(cases) * (WARM_UPS + rounds))
        comparison = compared(
            cases, list(CONTENDERS), rounds, lambda case: progress.update(task, advance=1, description=case)
        )
    console.print(report.table(report.HEADINGS, report.measured_rows(comparison)))
    console.print(report.table(report.RATIO_HEADINGS, report.ratio_rows(comparison)))
    for line in report.left_out(comparison):
        console.print(f"Left out: {line}")
    if only:
        return
    (DOCS / "speed.json").write_text(json.dumps([asdict(result) for result in comparison.results], indent=2) + "\n")
    (DOCS / "speed.md").write_text(report.markdown(comparison, rounds))
    console.print("Written to docs/speed.md and .json")
