"""100 000 hostile requests, as `make test` sends 2000 of: the dearest of them, and the memory that they leave.

In this process, through the plots' own handlers. A few hundred of the requests are good, and are drawn; of these
pictures each handler keeps as many as it has room for, so what memory does beyond them is said beside them.
"""

import heapq
import logging
import time
from collections import Counter
from dataclasses import dataclass

import psutil
from rich.console import Console
from rich.progress import track
from rich.table import Table

from tests.found import PLOTS, plot_handler
from tests.hostile import Attack, attacks, faults

COUNT = 100_000
SEED = 11  # not that of the tests
GOOD = 0.002  # of the requests have no parameter that is bad
ALLOWED = 250  # ms of CPU for a request that is refused
DEAREST = 20
STEP = 10_000  # requests between two points of the memory's curve


@dataclass(frozen=True)
class Memory:
    """What this process holds after so many requests."""

    requests: int
    resident: float  # MB
    kept: float  # MB of pictures, all plots together
    room: float  # MB for them


def main() -> None:
    console = Console()
    logging.disable()  # each refused event is logged with its reason
    dearest: list[tuple[float, int, Attack, int]] = []
    statuses: Counter[int] = Counter()
    wrong: list[str] = []
    memory: list[Memory] = []
    over = 0
    spent = 0.0
    for number, attack in enumerate(track(attacks(COUNT, SEED, GOOD), "hostile requests", COUNT)):
        if number % STEP == 0:
            memory.append(_memory(number))
        start = time.process_time()
        result = attack.answered()
        took = 1000 * (time.process_time() - start)
        status = result["statusCode"]
        statuses[status] += 1
        if found := faults(attack, result):
            wrong.append(f"{attack.tells[:200]}: {', '.join(found)}")
        if status >= 400:
            spent += took
            over += took > ALLOWED
            heapq.heappush(dearest, (took, number, attack, status))
            if len(dearest) > DEAREST:
                heapq.heappop(dearest)
    memory.append(_memory(COUNT))
    table = Table("ms of CPU", "status", "the dearest refusals", box=None)
    for took, _, attack, status in sorted(dearest, reverse=True, key=lambda entry: entry[:2]):
        table.add_row(f"{took:.1f}", str(status), attack.tells[:120].encode("ascii", "backslashreplace").decode())
    console.print(table)
    refused = sum(count for status, count in statuses.items() if status >= 400)
    console.print("statuses:", ", ".join(f"{status}: {count}" for status, count in sorted(statuses.items())))
    console.print(f"refusals: {spent / refused:.2f} ms of CPU on average, {over} over {ALLOWED} ms")
    console.print(_curve(memory))
    console.print(f"{len(wrong)} answers are wrong", *wrong[:20], sep="\n")


def _memory(requests: int) -> Memory:
    stores = [plot_handler(plot).store for plot in PLOTS]
    kept, room = (sum(sizes) / 2**20 for sizes in zip(*((one.size, one.room) for one in stores), strict=True))
    return Memory(requests, psutil.Process().memory_info().rss / 2**20, kept, room)


def _curve(memory: list[Memory]) -> Table:
    table = Table("requests", "MB resident", "of them pictures", "room for pictures", "all else", box=None)
    for at in memory:
        beyond = at.resident - at.kept
        table.add_row(str(at.requests), f"{at.resident:.0f}", f"{at.kept:.1f}", f"{at.room:.0f}", f"{beyond:.0f}")
    return table
