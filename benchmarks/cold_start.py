"""Time from the start of a fresh container to the last byte of its first picture, beside the article's code.

Both run in containers as strict as Lambda (1 CPU, 1 769 MB, read-only, no network), under AWS's own emulator and
runtime client, on the same wheels. The article's code is built as one finds it done: FastAPI, Mangum and SAM's
defaults, trimmed by the usual recipe (tests and bytecode removed, objects stripped), without which it would not fit.
Needs Docker.
"""

import json
import re
import shutil
import subprocess
import sys
import tempfile
import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from statistics import median

from rich.console import Console
from rich.progress import Progress

from benchmarks import _cold_start_report
from benchmarks._cold_start_report import ARTICLE, MEMORY, OURS, RUNS, WARM, Result
from benchmarks._event import event
from builder import elf, wheels
from builder.rules import files, size
from builder.target import Target
from plotgate.datasets import BREAST_CANCER_FEATURES
from tests.emulators import docker
from tests.emulators.built import build, built_functions, lay_over
from tests.emulators.runtime import INVOCATIONS, emulator_binary

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
FOLDER = "breast_cancer_data"
# Path and query of the first request and of the WARM later ones, each different: ours keeps what it has drawn.
PLOTS = {
    "correlation_matrix": [
        (f"/plots/{FOLDER}/correlation_matrix", f"vmax={number / 100}" if number else "")
        for number in (0, *range(31, 31 + WARM))
    ],
    "pairplot": [
        (f"/plots/{FOLDER}/pairplot/features/mean radius,mean texture,{third}", "")
        for third in ("mean smoothness", *BREAST_CANCER_FEATURES[5 : 5 + WARM])
    ],
}

INIT = re.compile(r"INIT REPORT\(durationMs: ([\d.]+)\)")

# Asks from a container of its own, so that asking takes none of the function's CPU; both share one loopback.
ASK = f"""
import json, sys, time, urllib.error, urllib.request
events = json.loads(sys.stdin.readline())
print("ready", flush=True)
deadline = time.time() + 120
times, answers = [], []
while len(answers) < len(events):
    started = time.time()
    try:
        event = json.dumps(events[len(answers)]).encode()
        answer = urllib.request.urlopen("http://127.0.0.1:8080{INVOCATIONS}", event, timeout=120).read()
    except (urllib.error.URLError, ConnectionError):
        if time.time() > deadline:
            raise
        time.sleep(0.002)  # the emulator is not listening yet
        continue
    times.append((started, time.time()))
    answers.append(json.loads(answer))
kinds = [(answer["statusCode"], answer["headers"]["content-type"]) for answer in answers]
print(json.dumps({{"times": times, "kinds": kinds}}), flush=True)
"""

# The largest memory that any process of the function has held, in kB: what Lambda reports as used.
PEAK = """
import pathlib
lines = [line for file in pathlib.Path("/proc").glob("[0-9]*/status") for line in file.read_text().splitlines()]
print(max(int(line.split()[1]) for line in lines if line.startswith("VmHWM")))
"""


@dataclass(frozen=True)
class Function:
    """A function as it is deployed."""

    code: Path
    opt: Path
    handler: str
    environment: Mapping[str, str]

    @property
    def size(self) -> int:
        return size([*files(self.code), *files(self.opt)])


@dataclass(frozen=True)
class Run:
    """One fresh container; seconds and MB."""

    total: float
    """From the container's start to the last byte of the first picture."""
    init: float
    """Until the first request is handed over: imports, above all."""
    first: float
    """The first request alone."""
    warm: float
    """Median of the later requests."""
    memory: float


def main() -> None:
    console = Console()
    if reason := docker.missing():
        console.print(f"The cold start is measured in containers: {reason}.")
        sys.exit(1)
    build()
    image = docker.image()
    with tempfile.TemporaryDirectory(prefix="plotgate-cold-start-") as scratch:
        functions = {ARTICLE: _article(Path(scratch)), **_ours(Path(scratch))}
        for function in functions.values():
            _read(function)
        results = _measured(functions, image, console)
    table = _cold_start_report.table(results)
    console.print(table)
    (DOCS / "cold-start.json").write_text(json.dumps([asdict(result) for result in results], indent=2) + "\n")
    (DOCS / "cold-start.md").write_text(_cold_start_report.markdown(results))
    _cold_start_report.chart(results, DOCS / "cold-start.png")
    console.print("Written to docs/cold-start.md, .json and .png")


def _measured(functions: dict[str, Function], image: str, console: Console) -> list[Result]:
    results = []
    with Progress(console=console, transient=True) as progress:
        task = progress.add_task("Starting fresh containers", total=len(PLOTS) * 2 * RUNS)
        for plot, requests in PLOTS.items():
            runs: dict[str, list[Run]] = {ARTICLE: [], OURS: []}
            for _ in range(RUNS):  # in turns, so that what disturbs the machine disturbs both
                for way in runs:
                    function = functions[ARTICLE if way == ARTICLE else plot]
                    runs[way].append(_run(function, requests, image))
                    progress.advance(task)
            for way, of_way in runs.items():
                results.append(_result(plot, way, of_way, functions[ARTICLE if way == ARTICLE else plot].size))
    return results


def _result(plot: str, way: str, runs: list[Run], bytes_: int) -> Result:
    totals = [run.total for run in runs]
    init, first, warm, memory = (
        median(getattr(run, name) for run in runs) for name in ("init", "first", "warm", "memory")
    )
    return Result(plot, way, median(totals), min(totals), max(totals), init, first, warm, memory, bytes_)


def _run(function: Function, requests: list[tuple[str, str]], image: str) -> Run:
    with _asker(image) as (asker, process):
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(json.dumps([event(*request) for request in requests]) + "\n")
        process.stdin.flush()
        assert process.stdout.readline() == "ready\n"
        with _container(function, asker, image) as name:
            answered = json.loads(process.stdout.readline())
            assert answered["kinds"] == [[200, "image/png"]] * len(requests), answered["kinds"]
            began = datetime.fromisoformat(_docker("inspect", "--format", "{{.State.StartedAt}}", name)).timestamp()
            memory = int(_docker("exec", name, "python3", "-c", PEAK)) / 1024
            (init,) = INIT.findall(_docker("logs", name))
    (started, ended), *warm = answered["times"]
    imports = float(init) / 1000
    return Run(ended - began, imports, ended - started - imports, median(stop - start for start, stop in warm), memory)


@contextmanager
def _asker(image: str) -> Iterator[tuple[str, "subprocess.Popen[str]"]]:
    name = f"plotgate-asker-{uuid.uuid4().hex[:12]}"
    command = ["docker", "run", "--rm", "-i", "--name", name, "--network", "none", "--entrypoint", "python3", image]
    with subprocess.Popen([*command, "-c", ASK], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        try:
            yield name, process
        finally:
            _remove(name)


@contextmanager
def _container(function: Function, asker: str, image: str) -> Iterator[str]:
    name = f"plotgate-{uuid.uuid4().hex[:12]}"
    options = [
        *("--detach", "--name", name, "--network", f"container:{asker}"),
        *("--read-only", "--tmpfs", "/tmp", "--user", "993", "--cap-drop", "ALL"),  # noqa: S108 - inside the container
        *("--cpus", "1", "--memory", f"{MEMORY}m", "--memory-swap", f"{MEMORY}m"),
        *("--volume", f"{function.code}:/var/task:ro", "--volume", f"{function.opt}:/opt:ro"),
        *("--volume", f"{emulator_binary()}:/aws-lambda-rie:ro", "--entrypoint", "/aws-lambda-rie"),
        *("--env", f"_HANDLER={function.handler}", "--env", "AWS_LAMBDA_FUNCTION_TIMEOUT=120"),
        *("--env", f"AWS_LAMBDA_FUNCTION_MEMORY_SIZE={MEMORY}"),
        *(f"--env={key}={value}" for key, value in function.environment.items()),
    ]
    _docker("run", *options, image, "/var/runtime/bootstrap")
    try:
        yield name
    finally:
        _remove(name)


def _docker(*arguments: str) -> str:
    """What the command prints, its errors too: the logs of the emulator are there."""
    return subprocess.run(
        ["docker", *arguments], check=True, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    ).stdout.strip()


def _remove(name: str) -> None:
    # Docker may be removing it already, which it reports as an error.
    subprocess.run(["docker", "rm", "--force", name], check=False, capture_output=True)


def _ours(scratch: Path) -> dict[str, Function]:
    functions = {}
    for plot in PLOTS:
        built = built_functions()[f"{FOLDER}/{plot}"]
        opt = scratch / plot
        lay_over(built.layers, opt)
        code = Path(shutil.copytree(built.function.code, scratch / f"{plot}-code"))
        functions[plot] = Function(code, opt, built.function.handler, built.function.environment)
    return functions


def _article(scratch: Path) -> Function:
    code, opt = scratch / "article", scratch / "article-opt"
    shutil.copytree(ROOT / "benchmarks" / "article", code / "benchmarks" / "article")
    target = Target.read(ROOT / "layers" / "scientific" / "x86_64" / "target.toml")
    for layer in ("scientific", "runtime"):
        wheels.install(ROOT / "layers" / layer / "requirements.txt", target, scratch / layer)
        shutil.copytree(scratch / layer, opt / "python", dirs_exist_ok=True)
    for folder in [*opt.rglob("tests"), *opt.rglob("__pycache__")]:
        shutil.rmtree(folder, ignore_errors=True)
    for file in files(opt):
        if ".so" in file.suffixes and ".libs" not in file.parent.suffixes:
            elf.slim(file)  # what `strip` does, without needing it
    return Function(code, opt, "benchmarks.article.function.handler", {})


def _read(function: Function) -> None:
    """Brings every file into the page cache, so that no way of building finds the disk warmer than the other."""
    for file in [*files(function.code), *files(function.opt)]:
        file.read_bytes()
