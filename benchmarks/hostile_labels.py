"""Ten thousand hostile labels in plots, as `make test` draws a hundred of: what they break, and what they cost.

Each figure is drawn in every format whose file a label could get into, and each file is read by its own parser.
"""

import logging
import time
from random import Random
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import track
from rich.table import Table

from plotgate.errors import PlotgateError
from tests.drawing import picture
from tests.figure.test_hostile_labels import FORMS, check, draw_with, hostile_labels

SEED = 11  # not that of the tests
DEAREST = 10


def main(
    labels: Annotated[int, typer.Option(help="How many labels, all figures together.")] = 10_000,
    each: Annotated[int, typer.Option(help="Labels of a figure.")] = 40,
) -> None:
    """Draw hostile labels, and say which figures were wrong, and which the dearest."""
    console = Console()
    logging.disable()  # letters that no font has
    took: list[tuple[float, int, int, str]] = []
    wrong: list[str] = []
    for number in track(range(labels // each), "figures of hostile labels"):
        names = hostile_labels(Random(SEED + number), each)  # noqa: S311 - repeats
        made = {}
        try:
            for form in FORMS:
                start = time.process_time()
                made[form] = picture(draw_with(names), format=form)
                took.append((time.process_time() - start, number, max(map(len, names)), form))
            check(made)
        except (PlotgateError, AssertionError) as fault:
            wrong.append(f"figure {number}: {fault!r}"[:200])
    table = Table("s of CPU", "format", "figure", "letters of its longest label", box=None)
    for seconds, number, longest, form in sorted(took, reverse=True)[:DEAREST]:
        table.add_row(f"{seconds:.1f}", form, str(number), str(longest))
    console.print(table)
    console.print(f"{len(took)} pictures, {sum(taken for taken, *_ in took) / len(took):.2f} s of CPU on average")
    console.print(f"{len(wrong)} figures are wrong", *wrong[:20], sep="\n")
