"""100 000 hostile requests, as `make test` sends 2000 of: the dearest of them, and the memory that they leave.

In this process, through the plots' own handlers; a few hundred of the requests are good, and are drawn.
"""

import heapq
import logging
import time
from collections import Counter

import psutil
from rich.console import Console
from rich.progress import track
from rich.table import Table

from tests.hostile import Attack, attacks, faults

COUNT = 100_000
SEED = 11  # not that of the tests
GOOD = 0.002  # of the requests have no parameter that is bad
ALLOWED = 250  # ms of CPU for a request that is refused
DEAREST = 20
STEPS = 10  # points of the memory's curve


def main() -> None:
    console = Console()
    logging.disable()  # each refused event is logged with its reason
    dearest: list[tuple[float, int, Attack, int]] = []
    statuses: Counter[int] = Counter()
    wrong: list[str] = []
    memory = []
    over = 0
    spent = 0.0
    process = psutil.Process()
    for number, attack in enumerate(track(attacks(COUNT, SEED, GOOD), "hostile requests", COUNT)):
        if number % (COUNT // STEPS) == 0:
            memory.append(process.memory_info().rss / 2**20)
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
    memory.append(process.memory_info().rss / 2**20)
    table = Table("ms of CPU", "status", "the dearest refusals", box=None)
    for took, _, attack, status in sorted(dearest, reverse=True, key=lambda entry: entry[:2]):
        table.add_row(f"{took:.1f}", str(status), attack.tells[:120].encode("ascii", "backslashreplace").decode())
    console.print(table)
    refused = sum(count for status, count in statuses.items() if status >= 400)
    console.print("statuses:", ", ".join(f"{status}: {count}" for status, count in sorted(statuses.items())))
    console.print(f"refusals: {spent / refused:.2f} ms of CPU on average, {over} over {ALLOWED} ms")
    console.print(f"memory in MB, each {COUNT // STEPS} requests:", " ".join(f"{found:.0f}" for found in memory))
    console.print(f"{len(wrong)} answers are wrong", *wrong[:20], sep="\n")
