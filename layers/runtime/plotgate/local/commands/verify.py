"""`plotgate verify`."""

import json
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.table import Table
from rich.text import Text

from plotgate.local.commands.options import readable_errors

if TYPE_CHECKING:
    from plotgate.local.verification.inspection import Inspected


def verify(
    url: Annotated[str, typer.Argument(help="Where the plots are: the address that has the gallery at its root.")],
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON document instead of a table.")] = False,
) -> None:
    """Check from outside what every plot's URL promises; it only reads. 1 if a promise is not kept."""
    from plotgate.local.verification.inspection import as_document, inspect
    from plotgate.local.verification.promises import PROMISES
    from plotgate.local.verification.remote import Remote, RemoteError

    if not url.startswith(("http://", "https://")):
        raise typer.BadParameter(f"must begin with http:// or https://, not be {url!r}", param_hint="URL")
    console = Console(stderr=True)
    columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    with (
        readable_errors(RemoteError),
        Remote(url) as remote,
        Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as progress,
    ):
        task = progress.add_task(remote.url)
        found = inspect(remote, lambda path, promise: progress.update(task, description=f"{path}: {promise}"))
    if as_json:
        print(json.dumps(as_document(remote.url, found), indent=2))
    else:
        _print(found, len(PROMISES))
    if any(one.broken for one in found):
        raise typer.Exit(1)


def _print(found: "list[Inspected]", promises: int) -> None:
    console = Console(highlight=False, soft_wrap=True)
    table = Table(box=None, pad_edge=False)
    table.add_column("path")
    for name in ("kept", "first, ms", "drawn, ms", "again, ms", "bytes"):
        table.add_column(name, justify="right")
    for one in found:
        of = 1 if one.path == "/" else promises
        kept = of - len({broken.promise for broken in one.broken})
        times = [f"{value:.0f}" if value else "" for value in (one.first, one.drawn, one.kept)]
        table.add_row(one.path, Text(f"{kept} of {of}", "green" if kept == of else "red"), *times, str(one.bytes))
    console.print(table)
    for one in found:
        for broken in one.broken:
            console.print(Text.assemble((f"{broken.promise}: ", "bold red"), f"{one.path}: {broken.how}"))
