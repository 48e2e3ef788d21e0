"""`plotgate cost`."""

import json
from dataclasses import asdict
from enum import StrEnum
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from plotgate.local.cost import PRICES_OF, SERVER_CPUS, SERVER_GB, Cost, Use, costs


class Architecture(StrEnum):
    """Of the functions."""

    X86_64 = "x86_64"
    ARM64 = "arm64"


def cost(
    pictures: Annotated[int, typer.Option(help="Pictures shown in a month.", min=0)] = 100_000,
    hit_rate: Annotated[float, typer.Option(help="Share of them that a CDN has.", min=0, max=1)] = 0.9,
    ms: Annotated[float, typer.Option(help="Milliseconds of a function for one that it draws.", min=0)] = 400,
    memory: Annotated[int, typer.Option(help="Of a function, in MB.", min=128, max=10_240)] = 1769,
    size: Annotated[int, typer.Option(help="Of a picture, in kB.", min=1, max=4700)] = 120,
    architecture: Annotated[Architecture, typer.Option(help="Of the functions.")] = Architecture.X86_64,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON instead of a table.")] = False,
) -> None:
    """Estimate what pictures cost a month on AWS, beside a container that is always on."""
    found = costs(Use(pictures, hit_rate, ms, memory, size * 1000, architecture.value))
    if as_json:
        print(json.dumps([asdict(one) | {"total": one.total} for one in found], indent=2))
        return
    table = Table(box=None, pad_edge=False)
    table.add_column("USD a month")
    for name in ("compute", "requests", "transfer", "total"):
        table.add_column(name, justify="right", style="bold" if name == "total" else None)
    for one in found:
        table.add_row(one.name, *_dollars(one))
    console = Console(highlight=False, soft_wrap=True)
    console.print(table)
    console.print(
        f"\nOn demand in us-east-1, prices of {PRICES_OF}, without free tiers. Logs, a domain and data are not in it.\n"
        f"The container is {SERVER_CPUS} vCPU and {SERVER_GB} GB of Fargate without a load balancer; it draws pictures"
        " one after the other.",
        style="dim",
    )


def _dollars(one: Cost) -> list[str]:
    return [f"{value:,.2f}" for value in (one.compute, one.requests, one.transfer, one.total)]
