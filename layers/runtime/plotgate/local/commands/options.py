"""Options that several commands have, and what becomes of an error that a person can mend."""

import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import track

from plotgate.local.template import TemplateError

TemplateFile = Annotated[Path, typer.Option("--template", help="The SAM template with the plots.")]
TEMPLATE = Path("template.yaml")
NAME = typer.Argument(help="A plot, such as weather/wind.", metavar="DATASET/PLOT")


def working(what: str) -> AbstractContextManager[object]:
    """Say what takes a while, on a terminal and until it is over."""
    return Console(stderr=True).status(what)


def progress[T](items: Sequence[T], what: str) -> Iterable[T]:
    """`items`, with a bar on a terminal until the last is done."""
    console = Console(stderr=True)
    return track(items, what, console=console, transient=True, disable=not console.is_terminal)


@contextmanager
def readable_errors(*kinds: type[Exception]) -> Iterator[None]:
    """End the command with 1 and one line on stderr where the template, or one of `kinds`, says what is wrong."""
    try:
        yield
    except Exception as error:
        if not isinstance(error, (TemplateError, *kinds)):
            raise
        print(f"Error: {error}", file=sys.stderr)
        raise typer.Exit(1) from None
