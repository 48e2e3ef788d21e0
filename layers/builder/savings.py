"""What each entry of deferred.toml saves: `python -m builder.savings` measures it in the layers that were built.

A fresh process imports the modules whose imports wait, and then touches each name that waits. What that brings is what
a plot without them is spared: modules, the bytes of their files, and the median time of a few such processes. What
several entries bring counts for each of them.
"""

import json
import os
import statistics
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from builder.layer import DEFERRED
from builder.requirements import BUILT

RUNS = 3
PROGRAM = """
import importlib, json, sys, time
from pathlib import Path

names, alone = json.load(sys.stdin)
if alone:
    from layer_imports import import_alone
waiting = [(import_alone(of) if of in alone else importlib.import_module(of), name) for of, name in names]
before = {*sys.modules}
started = time.perf_counter()
for module, name in waiting:
    getattr(module, name)
took = time.perf_counter() - started
brought = [sys.modules[name] for name in {*sys.modules} - before]
files = {Path(file) for module in brought if (file := getattr(module, "__file__", None))}
print(json.dumps([len(brought), sum(file.stat().st_size for file in files if file.exists()), took * 1000]))
"""


@dataclass(frozen=True)
class Saving:
    """What a first use of all that waits brings."""

    modules: int
    size: int
    """Bytes."""
    time: float
    """Milliseconds."""


def measured(waiting: Sequence[tuple[str, str]], trees: Sequence[Path], alone: Sequence[str] = ()) -> Saving:
    """What the first use of `waiting`, file and name of each, brings where `trees` are on the path.

    Modules that are in `alone` are imported without the rest of their package, as deferred.toml has it.

    Raises:
        subprocess.CalledProcessError: one of them cannot be imported.
    """
    names = [(path.removesuffix(".py").removesuffix("/__init__").replace("/", "."), name) for path, name in waiting]
    runs = [Saving(*json.loads(_run(json.dumps([names, alone]), trees))) for _ in range(RUNS)]
    return Saving(runs[0].modules, runs[0].size, statistics.median(run.time for run in runs))


def main() -> int:
    layers = {file.parent: json.loads(file.read_text()) for file in sorted(BUILT.glob("*/layer.json"))}
    if not layers:
        print("No layer is built yet; `sam build` does it.", file=sys.stderr)
        return 1
    alone = [rule["alone"] for rule in tomllib.loads(DEFERRED.read_text())["defer"] if "alone" in rule]
    trees = [layer / "python" for layer in layers]
    print(f"{'what waits':<36}{'imports':>9}{'modules':>9}{'bytes':>12}{'ms':>8}")
    for made in layers.values():
        for name, waiting in made["waiting"].items():
            saving = measured(waiting, trees, alone)
            print(f"{name:<36}{len(waiting):>9}{saving.modules:>9}{saving.size:>12}{saving.time:>8.1f}", flush=True)
    return 0


def _run(asked: str, trees: Sequence[Path]) -> str:
    with tempfile.TemporaryDirectory() as home:
        command = [sys.executable, "-S", "-B", "-c", PROGRAM]
        environment = {"PYTHONPATH": os.pathsep.join(map(str, trees)), "HOME": home, "TMPDIR": home}
        done = subprocess.run(  # noqa: S603
            command, input=asked, env=environment, stdout=subprocess.PIPE, text=True, check=True
        )
        return done.stdout


if __name__ == "__main__":
    sys.exit(main())
