"""`plotgate remove`."""

from typing import Annotated

import typer

from plotgate.local.commands.options import NAME, TEMPLATE, TemplateFile, readable_errors
from plotgate.local.plot_name import PlotName
from plotgate.local.repository import mentions, uncommitted
from plotgate.local.template import TemplateError, read_template


def remove(
    name: Annotated[str, NAME],
    force: Annotated[bool, typer.Option("--force", help="Remove also what no commit has.")] = False,
    template: TemplateFile = TEMPLATE,
) -> None:
    """Remove a plot: its folder, its block in the template, its baseline."""
    from plotgate.local import plot_life
    from plotgate.local.baseline import baseline_file

    with readable_errors(OSError):
        plot = PlotName.parse(name)
        found = read_template(template)
        project = found.file.parent
        lost = uncommitted(found, plot, plot.folder(project), baseline_file(found, str(plot)))
        if lost and not force:
            raise TemplateError(f"No commit has {', '.join(lost)}: commit it, or remove it with --force.")
        plot_life.remove(found, plot)
    print(f"{plot.path} is gone; pages that show it get 404.")
    for place in mentions(project, plot):
        print(f"{place} names it still")
