"""What a signature costs to check, and whether the time of it tells a wrong one from the right one.

Within one process, in turns; what a protected plot imports besides is seen in processes of their own. The CloudFront
Function of docs/ runs in Node.js, in place of CloudFront's own runtime.
"""

import json
import os
import random
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from urllib.parse import parse_qsl, urlsplit

import playwright
from rich.console import Console
from rich.table import Table
from scipy.stats import mannwhitneyu

from benchmarks._event import event
from functions.breast_cancer_data.correlation_matrix.app import handler
from plotgate import sign_url
from plotgate.url.grant import KEYS, check, is_signed

ROOT = Path(__file__).parents[1]
SECRET = {"2026a": "kDbNVCVDV4oAkMsD9RXHrSzRWjLrHmEVmp2oVBPaxVk"}
PATH = "/plots/breast_cancer_data/correlation_matrix"
URL = f"{PATH}?method=spearman&vmax=0.5&width=600&dpr=2&theme=dark"
SIGNED = sign_url(URL, expires=datetime(2099, 1, 1, tzinfo=UTC), free=["theme", "width", "dpr"], keys=SECRET)
QUERY = parse_qsl(urlsplit(SIGNED).query)
SIGNATURE = dict(QUERY)["signature"]
ROUNDS, ANSWERS = 20_000, 300

IMPORTED = """
import sys
from benchmarks.signing import IMPORTED, PATH, SIGNED, event, handler
answer = handler(event(PATH, SIGNED.partition("?")[2]), None)
assert answer["statusCode"] == 200, answer
print(*sys.modules)
"""
SECRETS = "import time; start = time.perf_counter(); import plotgate.data.secret; print(time.perf_counter() - start)"
NODE = """
const keys = GIVEN_KEYS, cf = { kvs: () => ({ get: async (id) => keys[id] }) };
FUNCTION
const querystring = {};
for (const [name, value] of new URLSearchParams(GIVEN_QUERY)) querystring[name] = { value: encodeURIComponent(value) };
const made = { request: { uri: GIVEN_PATH, querystring } };
const times = [];
for (let i = 0; i < ROUNDS; i++) {
  const start = process.hrtime.bigint();
  const answer = await handler(made);
  times.push(Number(process.hrtime.bigint() - start) / 1e9);
  if (answer.statusCode) throw new Error(answer.body.data);
}
console.log(times.sort((a, b) => a - b)[ROUNDS >> 1]);
"""


def main() -> None:
    console = Console()
    console.print(_comparisons())
    console.print(_answers())
    with console.status("what is imported, in fresh processes"):
        besides = {*_modules(json.dumps(SECRET))} - {*_modules("")}
        secrets = median(float(_said(SECRETS)) for _ in range(5))
    console.print(f"Imported besides for a signature: {', '.join(sorted(besides)) or 'nothing'}.")
    console.print(f"Where the keys are in a secret, boto3 is imported with the first request: {secrets:.2f} s.")
    with console.status("the CloudFront Function in Node.js"):
        console.print(f"The CloudFront Function: {1e6 * _in_node():.0f} µs a request.")


def _comparisons() -> Table:
    asked = {
        "right": SIGNATURE,
        "wrong in its first letter": f"-{SIGNATURE[1:]}",
        "wrong in its last letter": f"{SIGNATURE[:-1]}-",
    }
    times: dict[str, list[float]] = {what: [] for what in asked}
    key = SECRET["2026a"]
    for _ in range(ROUNDS):
        for what in random.sample([*asked], len(asked)):  # whoever comes first is later than the others
            times[what].append(_seconds(is_signed, PATH, QUERY, asked[what], key))
    table = Table("signature", "median, µs", "chance that it takes longer than the right one", box=None)
    for what, found in times.items():
        # Of two that take the same, it is 0.5; where letters were compared one by one, the last would stand out.
        chance = mannwhitneyu(found, times["right"]).statistic / ROUNDS**2
        table.add_row(what, f"{1e6 * median(found):.2f}", f"{chance:.3f}")
    whole = median(_seconds(check, PATH, QUERY, SECRET, 1e9) for _ in range(ROUNDS))
    table.add_row("the whole check", f"{1e6 * whole:.2f}", "")
    return table


def _answers() -> Table:
    signed, wrong = SIGNED.partition("?")[2], f"{SIGNED.partition('?')[2]}x"
    plain = URL.partition("?")[2]
    rows = {
        "kept, public": ("", plain, "image/*"),
        "kept, signed": (json.dumps(SECRET), signed, "image/*"),
        "refused, as JSON": (json.dumps(SECRET), wrong, "*/*"),
        "refused, as SVG": (json.dumps(SECRET), wrong, "image/svg+xml"),
        "refused, as PNG": (json.dumps(SECRET), wrong, "image/*"),
    }
    times: dict[str, list[float]] = {what: [] for what in rows}
    for _ in range(ANSWERS):
        for what, (keys, query, accept) in rows.items():
            os.environ[KEYS] = keys
            asked = event(PATH, query) | {"headers": {"accept": accept, "host": "localhost"}}
            times[what].append(_seconds(handler, asked, None))
    del os.environ[KEYS]
    table = Table("answer", "median, ms", box=None)
    for what, found in times.items():
        table.add_row(what, f"{1e3 * median(found):.3f}")
    return table


def _seconds[**P](what: Callable[P, object], *given: P.args, **named: P.kwargs) -> float:
    start = time.perf_counter()
    what(*given, **named)
    return time.perf_counter() - start


def _modules(keys: str) -> list[str]:
    return _said(IMPORTED, {KEYS: keys}).split()


def _said(program: str, environment: dict[str, str] | None = None) -> str:
    command = [sys.executable, "-c", program]
    done = subprocess.run(command, cwd=ROOT, env=os.environ | (environment or {}), capture_output=True, check=True)
    return done.stdout.decode()


def _in_node() -> float:
    function = (ROOT / "docs" / "signing-cloudfront.js").read_text().replace('import cf from "cloudfront";', "")
    program = NODE.replace("FUNCTION", function).replace("ROUNDS", str(ROUNDS))
    for name, value in {"GIVEN_KEYS": SECRET, "GIVEN_QUERY": urlsplit(SIGNED).query, "GIVEN_PATH": PATH}.items():
        program = program.replace(name, json.dumps(value))
    node = Path(playwright.__file__).parent / "driver" / "node"
    done = subprocess.run([node, "--input-type=module"], input=program, capture_output=True, text=True, check=True)
    return float(done.stdout)
