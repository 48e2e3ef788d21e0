"""Plots that nobody here wrote, drawn by plotgate and by matplotlib alone: `make verify-plots`."""

import random
import sys
from collections import Counter, defaultdict
from collections.abc import Sequence
from fnmatch import fnmatch
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from tests.gallery.corpus import Outcome, pictures_of, prepare, verify_all
from tests.gallery.judging import class_of
from tests.gallery.requests import REQUESTS
from tests.gallery.sheets import write_sheets
from tests.gallery.sources import CACHE, Script, SourcesError

console = Console(highlight=False, soft_wrap=True)


def main(
    only: Annotated[list[str] | None, typer.Option(help="Scripts by name, such as 'seaborn/*'.")] = None,
    jobs: Annotated[int, typer.Option("-j", help="Scripts at a time.", min=1)] = 2,
    requests: Annotated[str, typer.Option(help="What to ask for, by commas.")] = ",".join(REQUESTS),
    twice: Annotated[str, typer.Option(help="What to ask for in a second process too.")] = ",".join(REQUESTS),
) -> None:
    """Draw every script of the galleries, and print by cause what is wrong. 1 if a picture is missing."""
    try:
        found = prepare()
    except SourcesError as error:
        print(f"Error: the galleries cannot be fetched: {error}", file=sys.stderr)
        raise typer.Exit(1) from None
    chosen = [script for script in found if not only or any(fnmatch(script.name, pattern) for pattern in only)]
    random.Random(0).shuffle(chosen)  # noqa: S311 - so that a part of a run tells of the whole
    outcomes = _verified(chosen, requests.split(","), list(filter(None, twice.split(","))), jobs)
    _report(outcomes)
    drawn = [(outcome.script, pictures_of(outcome.script)) for outcome in outcomes if not outcome.left_out]
    sheets = write_sheets(drawn, CACHE)
    console.print(f"{len(sheets)} contact sheets in {CACHE}/sheet-*.png")
    if any(finding.is_error for outcome in outcomes for finding in outcome.findings):
        raise typer.Exit(1)


def _verified(chosen: Sequence[Script], requests: Sequence[str], twice: Sequence[str], jobs: int) -> list[Outcome]:
    outcomes = []
    columns = (BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(), TextColumn("{task.description}"))
    with Progress(*columns, console=console) as progress:
        task = progress.add_task("", total=len(chosen))
        try:
            for outcome in verify_all(chosen, requests, twice, jobs):
                outcome.write()
                outcomes.append(outcome)
                progress.update(task, advance=1, description=outcome.script)
                for finding in outcome.findings:
                    console.print(f"  {finding}", markup=False)
        except KeyboardInterrupt:
            console.print("Stopped: what follows is about the scripts until here.")
    return sorted(outcomes, key=lambda outcome: outcome.script)


def _report(outcomes: Sequence[Outcome]) -> None:
    scripts: dict[str, set[str]] = defaultdict(set)
    asked: dict[str, set[str]] = defaultdict(set)
    for outcome in outcomes:
        for finding in outcome.findings:
            scripts[class_of(finding)].add(outcome.script)
            asked[class_of(finding)].add(finding.request)
    table = Table("Scripts", "Cause", "Requests", "For example", title="What is wrong")
    for cause in sorted(scripts, key=lambda cause: -len(scripts[cause])):
        table.add_row(str(len(scripts[cause])), cause, " ".join(sorted(asked[cause])), min(scripts[cause]))
    console.print(table)
    left_out = Counter(outcome.left_out for outcome in outcomes if outcome.left_out)
    reasons = Table("Scripts", "Left out, for matplotlib alone does not draw it: it")
    for reason, count in left_out.most_common():
        reasons.add_row(str(count), reason[:150])
    console.print(reasons)
    drawn = [outcome for outcome in outcomes if not outcome.left_out]
    whole = [outcome for outcome in drawn if not any(finding.is_error for finding in outcome.findings)]
    right = [outcome for outcome in drawn if not outcome.findings]
    console.print(
        f"{len(drawn)} scripts drawn; {len(whole)} without an error, {len(right)} of them with nothing to remark."
    )


if __name__ == "__main__":
    typer.run(main)
