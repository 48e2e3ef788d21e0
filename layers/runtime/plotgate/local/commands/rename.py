"""`plotgate rename`."""

from typing import Annotated

import typer

from plotgate.local.asking import AnswerError
from plotgate.local.commands.options import NAME, TEMPLATE, TemplateFile, readable_errors, working
from plotgate.local.plot_name import PlotName
from plotgate.local.repository import mentions
from plotgate.local.template import read_template


def rename(
    old: Annotated[str, NAME],
    new: Annotated[str, typer.Argument(help="Its new name.", metavar="NEW")],
    template: TemplateFile = TEMPLATE,
) -> None:
    """Give a plot another name, and so another URL: its folder, its block in the template, its baseline."""
    from plotgate.local import plot_life

    with readable_errors(AnswerError, OSError):
        before, after = PlotName.parse(old), PlotName.parse(new)
        found = read_template(template)
        with working(f"Drawing {after}"):
            plot_life.rename(found, before, after)
    print(f"{before.path} is {after.path} now; pages that show the old URL get 404.")
    for place in mentions(found.file.parent, before):
        print(f"{place} names it still")
