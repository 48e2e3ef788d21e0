"""`plotgate baseline`."""

from typing import Annotated

import typer

from plotgate.local.asking import AnswerError, Functions
from plotgate.local.commands.options import TEMPLATE, TemplateFile, progress, readable_errors
from plotgate.local.plots import chosen_of
from plotgate.local.template import read_template


def baseline(
    plots: Annotated[
        list[str] | None, typer.Argument(help="Plots, such as weather/temperature; default: all.", metavar="[PLOT]...")
    ] = None,
    template: TemplateFile = TEMPLATE,
) -> None:
    """Write the pictures that the tests compare plots with, tests/baselines/; look at each before you commit it."""
    # Imported here, for it imports a plot whose path has parameters.
    from plotgate.local.baseline import baseline_file, update_baseline

    with readable_errors(AnswerError):
        found = read_template(template)
        with Functions(found) as functions:
            for plot in progress(chosen_of(found, plots or []), "Drawing"):
                file = baseline_file(found, plot.name)
                print(f"{file}: {update_baseline(functions, plot, file)}")
