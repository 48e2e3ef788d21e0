"""`plotgate check`."""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
from rich.table import Table

from plotgate.local.asking import AnswerError
from plotgate.local.commands.options import TEMPLATE, TemplateFile, readable_errors, working
from plotgate.local.house import Disagreement, disagreements
from plotgate.local.linter.finding import Finding
from plotgate.local.linter.plots import Linted, lint_all, most_views
from plotgate.local.plots import PlotFunction, chosen_of
from plotgate.local.template import read_template


def check(
    plots: Annotated[list[str] | None, typer.Argument(help="Plots, such as weather/temperature; default: all.")] = None,
    fix: Annotated[bool, typer.Option("--fix", help="Mend what can be mended without guessing.")] = False,
    template: TemplateFile = TEMPLATE,
) -> None:
    """Say where template, functions, baselines and README disagree, and what readers of the pictures could not see.

    The pictures are drawn in both themes at three widths. Ends with 1 if anything is left.
    """
    console = Console(highlight=False, soft_wrap=True)
    with readable_errors(AnswerError):
        disagreeing = _disagreeing(console, template, fix=fix)
        linted = _linted(chosen_of(read_template(template), plots or []))
    for one in linted:
        _report(console, one)
    found = len(disagreeing) + sum(len(one.findings) for one in linted)
    console.print(f"{len(linted)} plots checked, {found or 'nothing'} found.")
    if found:
        raise typer.Exit(1)


def _disagreeing(console: Console, template: Path, *, fix: bool) -> list[Disagreement]:
    """What does not agree in the project, and is not mended; each is said."""
    found = list(disagreements(template))
    while fix and (one := next((one for one in found if one.mend), None)):
        with working(one.what):
            one.repair()
        console.print(f"Mended: {one.what}", style="green", markup=False)
        found = list(disagreements(template))
    for one in found:
        hint = " (--fix does it)" if one.mend else ""
        console.print(f"{one.what}; {one.remedy}{hint}", style="yellow", markup=False)
    return found


def _linted(plots: Sequence[PlotFunction]) -> list[Linted]:
    columns = (BarColumn(), MofNCompleteColumn(), TextColumn("pictures · {task.description}"))
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("", total=sum(most_views(plot) for plot in plots))

        def seen(plot: PlotFunction, view: str) -> None:
            progress.update(task, advance=1, description=f"{plot.name} {view}")

        return list(lint_all(plots, seen))


def _report(console: Console, linted: Linted) -> None:
    """A table on a terminal, a line for each finding in a pipe."""
    if not linted.findings:
        return
    if not console.is_terminal:
        for finding, views in linted.findings.items():
            said = f"{linted.plot.name}: {finding.rule}: {finding.artist}: {finding.detail} ({where(views)})"
            console.print(f"{said}; {finding.remedy}", markup=False)
        return
    table = Table(title=linted.plot.name, title_justify="left", title_style="bold", show_lines=True)
    for name in ("What", "Which", "Why", "Remedy", "Where"):
        table.add_column(name, style={"What": "yellow", "Where": "dim"}.get(name), overflow="fold")
    for finding, views in linted.findings.items():
        table.add_row(*_cells(finding), where(views))
    console.print(table, soft_wrap=False)


def _cells(finding: Finding) -> list[str]:
    from rich.markup import escape

    return [escape(cell) for cell in (finding.rule, finding.artist, finding.detail, finding.remedy)]


def where(views: Sequence[str]) -> str:
    """Views such as `light 440` by theme: `light and dark at 440, 880`."""
    widths: dict[str, list[str]] = {}
    others = []
    for view in views:
        theme, _, width = view.partition(" ")
        if width.isdecimal():
            widths.setdefault(theme, []).append(width)
        else:
            others.append(view)
    by_widths: dict[str, list[str]] = {}
    for theme, found in widths.items():
        by_widths.setdefault(", ".join(found), []).append(theme)
    return "; ".join([*(f"{' and '.join(themes)} at {found}" for found, themes in by_widths.items()), *others])
