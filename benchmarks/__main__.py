"""Run benchmarks: each module of this folder with a `main()` is one, and its name is the file's."""

import ast
import importlib
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table
from typer.core import TyperGroup

HERE = Path(__file__).parent
BENCHMARKS = {file.stem: file for file in sorted(HERE.glob("[!_]*.py"))}


class Benchmarks(TyperGroup):
    """Each benchmark as a command, whose options are those of its `main`; it is imported when it is asked for."""

    def list_commands(self, ctx: Any) -> list[str]:
        return list(BENCHMARKS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        if cmd_name not in BENCHMARKS:
            return None
        command = typer.Typer(add_completion=False)
        command.command(cmd_name, help=_summary(cmd_name))(importlib.import_module(f"benchmarks.{cmd_name}").main)
        return typer.main.get_command(command)


app = typer.Typer(cls=Benchmarks, invoke_without_command=True, add_completion=False)


@app.callback()
def run(
    context: typer.Context,
    listing: Annotated[bool, typer.Option("--list", help="Say what there is, and run nothing.")] = False,
) -> None:
    """Run the benchmarks of this project; all when none is named.

    Example: python -m benchmarks warm --only heatmap
    """
    if listing:
        table = Table("benchmark", "what it measures", box=None)
        for name in BENCHMARKS:
            table.add_row(name, _summary(name))
        Console().print(table)
        raise typer.Exit
    if context.invoked_subcommand is None:
        for name in BENCHMARKS:
            Console().rule(name)
            importlib.import_module(f"benchmarks.{name}").main()


def _summary(name: str) -> str:
    return (ast.get_docstring(ast.parse(BENCHMARKS[name].read_text())) or "").partition("\n")[0]


if __name__ == "__main__":
    app()
