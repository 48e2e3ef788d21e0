"""Run benchmarks: each module of this folder with a `main()` is one, and its name is the file's."""

import ast
import importlib
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

HERE = Path(__file__).parent
BENCHMARKS = {file.stem: file for file in sorted(HERE.glob("[!_]*.py"))}


def run(
    names: Annotated[list[str] | None, typer.Argument(help="Benchmarks to run; all when none is named.")] = None,
    listing: Annotated[bool, typer.Option("--list", help="Say what there is, and run nothing.")] = False,
) -> None:
    """Run the benchmarks of this project.

    Example: python -m benchmarks memory
    """
    console = Console()
    if listing:
        table = Table("benchmark", "what it measures", box=None)
        for name, file in BENCHMARKS.items():
            table.add_row(name, (ast.get_docstring(ast.parse(file.read_text())) or "").partition("\n")[0])
        console.print(table)
        return
    if unknown := [name for name in names or [] if name not in BENCHMARKS]:
        raise typer.BadParameter(f"{', '.join(unknown)}: there are {', '.join(BENCHMARKS)}.", param_hint="NAMES")
    for name in names or BENCHMARKS:
        console.rule(name)
        importlib.import_module(f"benchmarks.{name}").main()


if __name__ == "__main__":
    typer.run(run)
