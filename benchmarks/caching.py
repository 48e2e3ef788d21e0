"""What a picture costs cold, drawn, kept and answered with 304, beside the article's Flask app under gunicorn.

The handler is called in a process of its own, as Lambda does; the gateway and gunicorn have as many workers and are
asked over loopback, one request at a time for the latencies, by wrk (Debian's package) for the requests per second.
The article's app knows neither ETag nor cache: it draws each time.
"""

import json
import shutil
import subprocess
import sys
import time
from pathlib import Path
from statistics import median

import httpx
from rich.console import Console
from rich.table import Table

from benchmarks._servers import ROOT, served
from plotgate.local.gateway.live_gateway import WORKERS

PLOT = "/plots/breast_cancer_data/correlation_matrix"
DRAWN, REPEATED = 15, 300  # requests of which the median is shown
SECONDS, CLIENTS = 10, 8  # of wrk
COLD = 5  # processes

HANDLER = """
import json, sys, time
started = time.perf_counter()
from functions.breast_cancer_data.correlation_matrix.app import handler
from plotgate.local.gateway.payload import Request, event_for
from plotgate.local.template import Function, Route
from pathlib import Path
from statistics import median

path, drawn, repeated = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
route = Route("GET", path, Function("plot", Path(), "app.handler", 1769, 30))

def ask(query="", headers=()):
    request = Request("GET", path, query, [("host", "localhost"), *headers], b"", "127.0.0.1", 80)
    event = event_for(request, route, {})
    before = time.perf_counter()
    answer = handler(event, None)
    return answer, time.perf_counter() - before

answer, _ = ask()
cold = time.perf_counter() - started
tag = answer["headers"]["etag"]
times = {
    "cold": cold,
    "drawn": median(ask(f"vmax={0.3 + i / 1000}")[1] for i in range(1, drawn + 1)),
    "kept": median(ask()[1] for _ in range(repeated)),
    "304": median(ask(headers=[("if-none-match", tag)])[1] for _ in range(repeated)),
}
print(json.dumps(times))
"""


def main() -> None:
    console = Console()
    with console.status("the handler, in fresh processes"):
        handler = _handler_times()
    plotgate = [str(Path(sys.executable).with_name("plotgate")), "serve", "--port", "0"]
    gunicorn = [sys.executable, "-m", "gunicorn", "--workers", str(WORKERS), "--bind", "127.0.0.1:0"]
    with served(plotgate) as (_, url), console.status("the gateway"):
        gateway, gateway_rates = _server_times(url, repeats=True), _rates(url)
    with served([*gunicorn, "benchmarks.article.server:app"]) as (_, url), console.status("the article's app"):
        article, article_rates = _server_times(url, repeats=False), _rates(url)
    console.print(_latencies(handler, gateway, article))
    for what in ("kept", "304"):
        console.print(f"Handler: {what} is {handler['drawn'] / handler[what]:.0f} times cheaper than drawn.")
    console.print(_throughputs(gateway_rates, article_rates))


def _handler_times() -> dict[str, float]:
    command = [sys.executable, "-c", HANDLER, PLOT, str(DRAWN), str(REPEATED)]
    runs = [json.loads(subprocess.run(command, cwd=ROOT, capture_output=True, check=True).stdout) for _ in range(COLD)]
    return {what: median(run[what] for run in runs) for what in runs[0]}


def _server_times(url: str, repeats: bool) -> dict[str, float]:
    with httpx.Client(base_url=url, timeout=60, trust_env=False) as http:

        def ask(query: str = "", **headers: str) -> float:
            before = time.perf_counter()
            http.get(f"{PLOT}{query}", headers=headers).read()
            return time.perf_counter() - before

        times = {"cold": ask()}
        for _ in range(4 * WORKERS):  # until each worker has imported what it needs
            ask("?vmax=0.9")
        times["drawn"] = median(ask(f"?vmax={0.3 + i / 1000}") for i in range(1, DRAWN + 1))
        if repeats:
            tag = http.get(PLOT).headers["etag"]
            times["kept"] = median(ask() for _ in range(REPEATED))
            times["304"] = median(ask(**{"If-None-Match": tag}) for _ in range(REPEATED))
        return times


def _rates(url: str) -> dict[str, float]:
    """Requests per second of wrk: of the whole picture, and with the ETag of it."""
    if shutil.which("wrk") is None:
        raise SystemExit("This benchmark needs wrk: apt-get install wrk")
    tag = httpx.get(url + PLOT, timeout=60, trust_env=False).headers.get("etag", '"none"')
    return {"kept": _wrk(url + PLOT), "304": _wrk(url + PLOT, f"If-None-Match: {tag}")}


def _wrk(url: str, *headers: str) -> float:
    options = [f"-t{min(2, CLIENTS)}", f"-c{CLIENTS}", f"-d{SECONDS}s", "--timeout", "30s"]
    options += [option for header in headers for option in ("-H", header)]
    said = subprocess.run(["wrk", *options, url], capture_output=True, text=True, check=True).stdout
    assert "Non-2xx" not in said, said
    return float(said.partition("Requests/sec:")[2].split()[0])


def _latencies(*columns: dict[str, float]) -> Table:
    table = Table("median, ms", "handler", "gateway", f"Flask, gunicorn ({WORKERS} workers each)", box=None)
    for what in ("cold", "drawn", "kept", "304"):
        table.add_row(what, *(f"{1000 * times[what]:.2f}" if what in times else "" for times in columns))
    return table


def _throughputs(gateway: dict[str, float], article: dict[str, float]) -> Table:
    table = Table(f"requests per second, {CLIENTS} clients", "gateway", "Flask, gunicorn", "ratio", box=None)
    for what in ("kept", "304"):
        table.add_row(what, f"{gateway[what]:.0f}", f"{article[what]:.1f}", f"{gateway[what] / article[what]:.0f}")
    return table
