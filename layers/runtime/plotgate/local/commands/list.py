"""`plotgate list`."""

import sys

import typer

from plotgate.local.commands.options import TEMPLATE, TemplateFile, progress, readable_errors
from plotgate.local.commands.table import print_table
from plotgate.local.plots import plots_of
from plotgate.local.template import TemplateError, read_template


def list_plots(template: TemplateFile = TEMPLATE) -> None:
    """List the plots: path, title, parameters. Ends with 1 where one cannot be imported."""
    from plotgate.local.inventory import declared

    with readable_errors():
        found = read_template(template)
    rows, errors = [], []
    for plot in progress(plots_of(found), "Importing"):
        try:
            entry = declared(found, plot)
        except TemplateError as error:
            errors.append(f"Error: {plot.route}: {error}")
        else:
            rows.append((plot.route, entry.title, ", ".join(parameter.name for parameter in entry.parameters)))
    print_table(("Path", "Title", "Parameters"), rows)
    if errors:
        print("\n".join(errors), file=sys.stderr)
        raise typer.Exit(1)
