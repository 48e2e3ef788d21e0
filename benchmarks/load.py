"""`plotgate host` at more than it can draw: its statuses, wrong pictures, memory, and how soon it is itself again.

Clients ask on and on, far more of them than there is room for; each picture is another one, so that none is kept. Some
are asked for again and again, and compared with what they were before. Then workers are killed, and at last the host is
told to stop while it is asked.
"""

import asyncio
import random
import signal
import sys
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated

import httpx
import psutil
import typer
from rich.console import Console
from rich.table import Table

from benchmarks._servers import served

PLOTS = ("/plots/weather/temperature", "/plots/breast_cancer_data/correlation_matrix", "/plots/wine/projection")
SAMPLE = 6  # pictures of each plot that are compared
PAUSE = 0.1  # seconds that a client waits after 429: less than it is told, so that the queue stays full
KILLED_EACH = 2.0  # seconds


@dataclass
class Phase:
    """What clients saw for a while."""

    statuses: Counter[str] = field(default_factory=Counter)
    wrong: int = 0
    memory: float = 0.0  # MB of all processes, at the most
    recovery: float = 0.0  # seconds from the end to a picture


def main(
    seconds: Annotated[int, typer.Option(help="Of each phase.")] = 30,
    workers: Annotated[int, typer.Option(help="Processes that draw.")] = 2,
    queue: Annotated[int, typer.Option(help="Requests that may wait.")] = 8,
) -> None:
    console = Console()
    host = [str(Path(sys.executable).with_name("plotgate")), "host", "--host", "127.0.0.1", "--port", "0"]
    with served([*host, "--workers", str(workers), "--queue", str(queue)]) as (process, url):
        with console.status("what is compared later"):
            known = _known(url)
        clients = 4 * (workers + queue)
        phases = {}
        for name, kills in (("load", False), ("load, workers killed", True)):
            with console.status(f"{name}, {seconds} s"):
                phases[name] = asyncio.run(_load(process, url, known, clients, seconds, kills))
        with console.status("load, stopped"):
            phases["load, stopped"] = asyncio.run(_stopped(process, url, known, clients))
    console.print(_table(phases, clients))


def _known(url: str) -> dict[str, bytes]:
    with httpx.Client(base_url=url, timeout=60, trust_env=False) as http:
        targets = [f"{plot}?width={400 + 10 * number}" for plot in PLOTS for number in range(SAMPLE)]
        return {target: http.get(target).raise_for_status().content for target in targets}


async def _load(
    process: psutil.Popen, url: str, known: dict[str, bytes], clients: int, seconds: int, kills: bool
) -> Phase:
    phase, until = Phase(), time.monotonic() + seconds
    asking = [asyncio.create_task(_ask(url, known, phase, until)) for _ in range(clients)]
    killed_at = time.monotonic()
    while time.monotonic() < until:
        await asyncio.sleep(0.2)
        children = process.children()
        phase.memory = max(phase.memory, sum(_memory(one) for one in [process, *children]))
        if kills and children and time.monotonic() - killed_at > KILLED_EACH:
            random.choice(children).kill()  # noqa: S311
            killed_at = time.monotonic()
    ended = time.monotonic()
    async with httpx.AsyncClient(base_url=url, timeout=60, trust_env=False) as http:
        while (await http.get(PLOTS[0])).status_code != 200:
            await asyncio.sleep(0.02)
    phase.recovery = time.monotonic() - ended
    await asyncio.gather(*asking)
    return phase


async def _stopped(process: psutil.Popen, url: str, known: dict[str, bytes], clients: int) -> Phase:
    phase, until = Phase(), time.monotonic() + 60
    asking = [asyncio.create_task(_ask(url, known, phase, until)) for _ in range(clients)]
    await asyncio.sleep(3)
    process.send_signal(signal.SIGTERM)
    await asyncio.gather(*asking)
    return phase


async def _ask(url: str, known: dict[str, bytes], phase: Phase, until: float) -> None:
    chance = random.Random()  # noqa: S311
    async with httpx.AsyncClient(base_url=url, timeout=60, trust_env=False) as http:
        while time.monotonic() < until:
            target = chance.choice([*known, f"{chance.choice(PLOTS)}?width={chance.randint(300, 1200)}&dpr=1.5"])
            try:
                answer = await http.get(target)
            except httpx.ConnectError:  # it has stopped
                return
            except httpx.HTTPError as error:
                phase.statuses[type(error).__name__] += 1
                continue
            phase.statuses[str(answer.status_code)] += 1
            if answer.status_code == 200:
                phase.wrong += not answer.content.startswith(b"\x89PNG")
                phase.wrong += target in known and answer.content != known[target]
            else:
                await asyncio.sleep(PAUSE)


def _memory(process: psutil.Process) -> float:
    try:
        return float(process.memory_info().rss / 2**20)
    except psutil.NoSuchProcess:
        return 0.0


def _table(phases: dict[str, Phase], clients: int) -> Table:
    table = Table("phase", "answers", "wrong", "memory, MB", "then a picture, s", box=None, title=f"{clients} clients")
    for name, phase in phases.items():
        answers = ", ".join(f"{status}: {number}" for status, number in sorted(phase.statuses.items()))
        recovery = f"{phase.recovery:.2f}" if phase.recovery else ""
        table.add_row(name, answers, str(phase.wrong), f"{phase.memory:.0f}" if phase.memory else "", recovery)
    return table
