"""Resident memory of one worker over 200 pair plots, beside the article's code in the same worker.

Each request asks for another pair of measurements, so that no answer is one kept from before. The article's code leaves
its figures open, as pyplot does unless one closes them; it gets fewer requests, for the machine's sake.
"""

import asyncio
import itertools
import tempfile
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from urllib.parse import quote

import psutil
from rich.console import Console
from rich.progress import track
from rich.table import Table

from plotgate.datasets import BREAST_CANCER_FEATURES
from plotgate.local.gateway.payload import Request, event_for
from plotgate.local.template import Function, Route
from plotgate.local.workers.capacity import Capacity
from plotgate.local.workers.pool import Pool

ROOT = Path(__file__).parents[1]
REQUESTS = 200
ARTICLE_REQUESTS = 60
EVERY = 20  # requests between two points of the curve

PLOTGATE = """
import sys
from functions.breast_cancer_data.pairplot.app import handler as real

def handler(event, context):
    answer = real(event, context)
    answer["headers"]["x-figures"] = str(len(sys.modules["matplotlib.pyplot"].get_fignums()))
    return answer
"""

ARTICLE = """
import base64
import warnings
from benchmarks.article.plots import pairplot, plt, png

warnings.filterwarnings("ignore", "More than 20 figures", RuntimeWarning)

def handler(event, context):
    body = base64.b64encode(png(pairplot(event["pathParameters"]["features"].split(","))).read()).decode()
    headers = {"content-type": "image/png", "x-figures": str(len(plt.get_fignums()))}
    return {"statusCode": 200, "headers": headers, "body": body, "isBase64Encoded": True}
"""


@dataclass(frozen=True)
class Point:
    """What a worker holds after one request."""

    memory: float  # MB
    open_figures: int


def main() -> None:
    console = Console()
    curves = {
        name: asyncio.run(_curve(name, source, count))
        for name, source, count in (("plotgate", PLOTGATE, REQUESTS), ("article", ARTICLE, ARTICLE_REQUESTS))
    }
    table = Table("requests", *(f"{name}: {what}" for name in curves for what in ("MB", "open figures")), box=None)
    for count in (1, *range(EVERY, REQUESTS + 1, EVERY)):
        cells = [(f"{c[count - 1].memory:.0f}", str(c[count - 1].open_figures)) if count <= len(c) else ("", "")
                 for c in curves.values()]  # fmt: skip
        table.add_row(str(count), *itertools.chain.from_iterable(cells))
    console.print(table)
    for name, curve in curves.items():
        half = len(curve) // 2
        growth = median(p.memory for p in curve[-10:]) - median(p.memory for p in curve[half - 10 : half])
        console.print(f"{name}: {growth / half:+.2f} MB a request, from request {half} to request {len(curve)}")


async def _curve(name: str, source: str, count: int) -> list[Point]:
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "app.py").write_text(source)
        function = Function("Pairplot", Path(folder), "app.handler", 1769, 30, {"PYTHONPATH": str(ROOT)})
        pool = Pool(function, Capacity(1), idle=300)
        curve = [point async for point in _points(pool, f"{name}: {count} pair plots", count)]
        await pool.close()
        return curve


async def _points(pool: Pool, title: str, count: int) -> AsyncIterator[Point]:
    route = Route("GET", "/plots/breast_cancer_data/pairplot/features/{features}", pool.function)
    pids = set()
    for features in track(list(itertools.islice(_pairs(), count)), title):
        path = route.path.replace("{features}", features)
        event = event_for(Request("GET", quote(path), "", [], b"", "127.0.0.1", 80), route, {"features": features})
        answer = await pool.invoke(event, route.timeout)
        assert answer.value["statusCode"] == 200, answer.value
        pids |= set(pool.pids)
        memory = psutil.Process(pool.pids[0]).memory_info().rss / 2**20
        yield Point(memory, int(answer.value["headers"]["x-figures"]))
    assert len(pids) == 1


def _pairs() -> Iterator[str]:
    return (",".join(pair) for pair in itertools.permutations(BREAST_CANCER_FEATURES, 2))
