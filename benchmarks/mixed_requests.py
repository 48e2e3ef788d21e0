"""Whether 10 000 mixed requests stay inside the memory's bound, and each picture is what a fresh process would draw.

Half of the requests ask for one of a few pictures, as pages do, and the others for any of many; some have an ETag.
"""

import hashlib
import json
import random
import subprocess
import sys
import time
from pathlib import Path

import psutil
from rich.console import Console
from rich.progress import track
from rich.table import Table

from benchmarks._servers import ROOT
from functions.weather.temperature.app import handler
from plotgate.local.gateway.payload import Request, event_for
from plotgate.local.template import Function, Route
from plotgate.pictures.store import ROOM

PLOT = "/plots/weather/temperature"
REQUESTS, FREQUENT, RARE = 10_000, 20, 1500
SEED = 1

ROUTE = Route("GET", PLOT, Function("plot", Path(), "app.handler", 1769, 30))
FRESH = """
import json, sys
from benchmarks.mixed_requests import digest
print(json.dumps([digest(query) for query in json.load(sys.stdin)]))
"""


def main() -> None:
    console = Console()
    choice = random.Random(SEED)  # noqa: S311  # not for secrets
    urls = [_random_query(choice) for _ in range(FREQUENT + RARE)]
    process = psutil.Process()
    seen: dict[str, set[str]] = {}
    tags: dict[str, str] = {}
    statuses: dict[int, int] = {}
    memory: list[int] = []
    started = time.perf_counter()
    for number in track(range(REQUESTS), "10 000 requests", console=console, transient=True):
        query = choice.choice(urls[:FREQUENT]) if choice.random() < 0.5 else choice.choice(urls)
        status, body, tag = _ask(query, tags.get(query) if choice.random() < 0.2 else None)
        statuses[status] = statuses.get(status, 0) + 1
        if status == 200:
            seen.setdefault(query, set()).add(hashlib.sha256(body.encode()).hexdigest())
            tags[query] = tag
        if number % 100 == 99:
            memory.append(process.memory_info().rss)
    elapsed = time.perf_counter() - started
    asked = sorted(seen)
    with console.status(f"{len(asked)} pictures again, in a fresh process"):
        fresh = subprocess.run(
            [sys.executable, "-c", FRESH], cwd=ROOT, input=json.dumps(asked), capture_output=True, text=True, check=True
        )
    different = [query for query, one in zip(asked, json.loads(fresh.stdout), strict=True) if seen[query] != {one}]
    table = Table(box=None, show_header=False)
    table.add_row("answers", ", ".join(f"{status}: {count}" for status, count in sorted(statuses.items())))
    table.add_row("seconds", f"{elapsed:.0f}")
    table.add_row("different pictures", str(len(asked)))
    table.add_row("of them not what a fresh process draws", str(len(different)))
    table.add_row("room for pictures", f"{ROOM / 2**20:.0f} MB")
    for name, at in (("1 000", 9), ("5 000", 49), ("10 000", 99)):
        table.add_row(f"resident memory after {name} requests", f"{memory[at] / 2**20:.0f} MB")
    console.print(table)
    assert not different, different


def digest(query: str) -> str:
    """Of the picture's body, as the answer has it."""
    status, body, _ = _ask(query)
    assert status == 200, body
    return hashlib.sha256(body.encode()).hexdigest()


def _ask(query: str, tag: str | None = None) -> tuple[int, str, str]:
    headers = [("host", "localhost"), *([("if-none-match", tag)] if tag else [])]
    event = event_for(Request("GET", PLOT, query, headers, b"", "127.0.0.1", 80), ROUTE, {})
    answer = handler(event, None)
    return answer["statusCode"], answer["body"], answer["headers"].get("etag", "")


def _random_query(choice: random.Random) -> str:
    start, months = choice.randrange(12), choice.randrange(1, 4)
    year = choice.randrange(2012, 2016)
    parameters = [
        f"start={year}-{start + 1:02}-01",
        f"end={year + (start + months) // 12}-{(start + months) % 12 + 1:02}-{choice.randrange(1, 28):02}",
        f"rolling={choice.randrange(1, 30)}",
        f"width={choice.randrange(300, 900)}",
        f"format={choice.choice(['png', 'png', 'png', 'svg', 'webp'])}",
        f"theme={choice.choice(['light', 'dark'])}",
    ]
    choice.shuffle(parameters)
    return "&".join(parameters)
