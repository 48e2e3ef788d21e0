"""Whether eight clients get the pictures they asked for, for a minute, beside the article's Flask app.

Now and then a worker of plotgate's gateway is killed, which may cost the request it holds. The article's app runs as
its author would run it: Flask's own server, a thread for each request, pyplot. An answer counts as broken when it is no
picture, and as swapped or spoilt when its bytes are not those that the same URL gives when nobody else asks.
"""

import itertools
import sys
import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import quote

import httpx
import psutil
from rich.console import Console
from rich.table import Table

from benchmarks._servers import served
from plotgate.datasets import BREAST_CANCER_FEATURES

CLIENTS = 8
SECONDS = 60
KILL_EVERY = 15  # seconds

PAIRS = [",".join(pair) for pair in itertools.batched(BREAST_CANCER_FEATURES[:10], 2, strict=True)]
PATHS = [
    "/plots/breast_cancer_data/correlation_matrix",
    *(f"/plots/breast_cancer_data/pairplot/features/{quote(pair)}" for pair in PAIRS),
]


def main() -> None:
    console = Console()
    table = Table("server", "pictures", "answered 500", "broken", "swapped or spoilt", "workers killed", box=None)
    for name, command, kills in (
        ("plotgate serve", [str(Path(sys.executable).with_name("plotgate")), "serve", "--port", "0"], True),
        ("article's Flask app", [sys.executable, "-m", "benchmarks.article.server"], False),
    ):
        with console.status(f"{name}: {CLIENTS} clients for {SECONDS} s"), served(command) as (process, url):
            seen = _load(process, url, kills)
        table.add_row(name, *(str(seen[what]) for what in ("picture", "500", "broken", "other picture", "killed")))
    console.print(table)


def _load(process: psutil.Popen, url: str, kills: bool) -> "Counter[str]":
    with httpx.Client(base_url=url, timeout=120, trust_env=False) as http:
        expected = {path: http.get(path).content for path in PATHS}
        seen: Counter[str] = Counter()
        end = time.monotonic() + SECONDS
        stop = threading.Event()

        def client(number: int) -> None:
            for path in itertools.islice(itertools.cycle(PATHS), number, None):
                if time.monotonic() > end:
                    return
                seen[_outcome(http, path, expected[path])] += 1

        def killer() -> None:
            while not stop.wait(KILL_EVERY):
                if workers := process.children():
                    workers[0].kill()
                    seen["killed"] += 1

        if kills:
            threading.Thread(target=killer, daemon=True).start()
        with ThreadPoolExecutor(CLIENTS) as threads:
            list(threads.map(client, range(CLIENTS)))
        stop.set()
        return seen


def _outcome(http: httpx.Client, path: str, expected: bytes) -> str:
    try:
        answer = http.get(path)
    except httpx.HTTPError:
        return "broken"
    if answer.status_code == 500:
        return "500"
    if not answer.content.startswith(b"\x89PNG"):
        return "broken"
    return "picture" if answer.content == expected else "other picture"
