"""`plotgate new`."""

from enum import StrEnum
from typing import Annotated

import typer

from plotgate.local.asking import AnswerError
from plotgate.local.commands.options import NAME, TEMPLATE, TemplateFile, readable_errors, working
from plotgate.local.plot_name import PlotName
from plotgate.local.template import read_template


class Starter(StrEnum):
    """The files of starters/."""

    SCATTER = "scatter"
    LINE = "line"
    HEATMAP = "heatmap"
    BARS = "bars"
    TABLE = "table"


def new(
    name: Annotated[str, NAME],
    starter: Annotated[Starter, typer.Option("--from", help="What its app.py draws at first.")] = Starter.SCATTER,
    template: TemplateFile = TEMPLATE,
) -> None:
    """Make a plot: its folder with a working app.py, its block in the template, its baseline.

    It is served and tested at once, and in the gallery. Then change app.py into what you want to show, and draw the
    baseline anew with `plotgate baseline`.
    """
    from plotgate.local.plot_life import create

    with readable_errors(AnswerError, OSError):
        plot = PlotName.parse(name)
        found = read_template(template)
        with working(f"Drawing {plot}"):
            files = create(found, plot, starter)
    for file in files:
        print(f"{file.relative_to(found.file.parent)}{' (a block)' if file == found.file else ''}")
    print(f"\n`plotgate serve` shows it at {plot.path}")
