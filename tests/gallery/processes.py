"""A process for each examination, forked from one that has imported the whole stack already.

Two such parents differ in the seed of their hashes: what depends on the order of a set shows as other bytes.
"""

import json
import os
import resource
import signal
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Any

from tests.found import ROOT
from tests.gallery.sources import CACHE

MEMORY = 3 << 30  # bytes of address space of an examination


class Parent:
    """The parent of examinations, which it runs one after the other."""

    def __init__(self, hash_seed: int) -> None:
        environment = os.environ | {
            "PYTHONHASHSEED": str(hash_seed),
            "MPLBACKEND": "agg",
            "SEABORN_DATA": str(CACHE / "seaborn-data"),
            **dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "LOKY_MAX_CPU_COUNT"), "1"),
        }
        command = [sys.executable, "-m", "tests.gallery.processes"]
        pipe = subprocess.PIPE
        self._process = subprocess.Popen(command, stdin=pipe, stdout=pipe, cwd=ROOT, env=environment, text=True)

    def __enter__(self) -> "Parent":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.close()
        self._process.wait()  # for the examination that it is at
        self._process.stdout.close()

    def examine(
        self, app: Path, requests: Sequence[str], pictures: Path | None, seconds: int
    ) -> dict[str, dict[str, Any]]:
        """What was found for each request; a request that gave no answer has `{"error": …}`, later ones nothing."""
        with tempfile.TemporaryDirectory(prefix="plotgate-gallery-") as scratch:
            results = Path(scratch) / "results"
            job = [str(app), list(requests), str(results), pictures and str(pictures), seconds, scratch]
            assert self._process.stdin is not None
            assert self._process.stdout is not None
            self._process.stdin.write(json.dumps(job) + "\n")
            self._process.stdin.flush()
            ended = self._process.stdout.readline().strip()
            lines = results.read_text().splitlines() if results.exists() else []
        found = {line["request"]: line for line in map(json.loads, lines)}
        unanswered = [name for name in requests if name not in found]
        if unanswered:
            found[unanswered[0]] = {"request": unanswered[0], "error": ended}
        return found


def _serve() -> None:
    from tests.gallery.examination import examine  # with all that it imports: each fork has it then

    for module in ("matplotlib.pyplot", "pandas", "scipy.stats", "seaborn"):
        __import__(module)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the program that asks, which then asks no more
    for line in sys.stdin:
        app, requests, results, pictures, seconds, scratch = json.loads(line)
        child = os.fork()
        if child == 0:
            nothing = os.open(os.devnull, os.O_RDWR)
            for stream in (0, 1, 2):
                os.dup2(nothing, stream)
            os.chdir(scratch)
            os.environ["TMPDIR"] = scratch
            resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
            code = 1
            try:
                examine(Path(app), requests, Path(results), pictures and Path(pictures), seconds)
                code = 0
            finally:
                os._exit(code)
        _, status = os.waitpid(child, 0)
        print(_ended(status, seconds), flush=True)


def _ended(status: int, seconds: int) -> str:
    if os.WIFSIGNALED(status):
        number = os.WTERMSIG(status)
        if number == signal.SIGALRM:
            return f"no answer within {seconds} s"
        return f"the process was ended by {signal.Signals(number).name}"
    return "the process ended without an answer"


if __name__ == "__main__":
    _serve()
