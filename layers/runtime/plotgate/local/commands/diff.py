"""`plotgate diff`."""

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from plotgate.local.commands.options import TEMPLATE, TemplateFile, readable_errors
from plotgate.local.diff.commits import CommitError, template_at
from plotgate.local.diff.comparison import Change, compare, count
from plotgate.local.diff.report import html, line, markdown, summary
from plotgate.local.template import Template, read_template

REPORT = Path("plotgate-diff.html")


def diff(
    base: Annotated[str, typer.Argument(help="A commit, a branch or a tag.", metavar="BASE")],
    output: Annotated[Path, typer.Option("--output", "-o", help="The report, as HTML.", metavar="FILE")] = REPORT,
    as_markdown: Annotated[
        bool, typer.Option("--markdown", help="Print Markdown for a pull request instead of lines.")
    ] = False,
    exit_code: Annotated[bool, typer.Option("--exit-code", help="End with 1 if a picture has changed.")] = False,
    template: TemplateFile = TEMPLATE,
) -> None:
    """Show the plots whose pictures differ from those of another commit, in both themes.

    Each commit's plots are drawn by its own plotgate, with the libraries that are installed now.
    """
    with readable_errors(CommitError, OSError):
        now = read_template(template)
        with template_at(base, template) as before:
            changes = _compared(before, now)
        output.write_text(html(changes, base))
    if as_markdown:
        print(markdown(changes, base), end="")
    else:
        for change in changes:
            print(line(change))
        print(f"{summary(changes)} The report is {output}.")
    if exit_code and changes:
        raise typer.Exit(1)


def _compared(before: Template, now: Template) -> list[Change]:
    columns = (BarColumn(), MofNCompleteColumn(), TextColumn("pictures"))
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("", total=count(before, now))
        return compare(before, now, lambda: progress.advance(task))
