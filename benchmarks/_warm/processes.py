"""The contenders as processes, each its own, that draw in turns."""

import json
import os
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from typing import Any, TextIO

from benchmarks._servers import ROOT
from benchmarks._warm.cases import Case
from benchmarks._warm.results import LAYER, Comparison, Drawn, Result

WARM_UPS = 2
LONGEST = 60  # seconds for one picture
ENOUGH = 30  # seconds of CPU after which a contender draws no more than FEWEST
FEWEST = 3
BUILD = ROOT / ".aws-sam" / "build"
ONE_CPU = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "AWS_LAMBDA_FUNCTION_MEMORY_SIZE": "1769"}


class LeftOutError(Exception):
    """A contender cannot draw this, and why."""


class Contender:
    """A process that draws one plot in one way."""

    def __init__(self, process: "subprocess.Popen[str]", errors: TextIO) -> None:
        self.process = process
        self.errors = errors
        if reason := self._answer():
            raise LeftOutError(reason)

    def draw(self, arguments: dict[str, object]) -> Drawn:
        assert self.process.stdin is not None
        self.process.stdin.write(json.dumps(arguments) + "\n")
        self.process.stdin.flush()
        return Drawn(*self._answer())

    def _answer(self) -> Any:
        assert self.process.stdout is not None
        timer = threading.Timer(LONGEST, self.process.kill)
        timer.start()
        line = self.process.stdout.readline()
        timer.cancel()
        if not line and self.process.wait() == -signal.SIGKILL:
            raise LeftOutError(f"no picture within {LONGEST} s")
        if not line:
            self.errors.seek(0)
            raise LeftOutError(self.errors.read().strip().rpartition("\n")[2])
        return json.loads(line)


def compared(cases: Sequence[Case], contenders: Sequence[str], rounds: int, drawn: Callable[[str], None]) -> Comparison:
    """Each case by each contender that can; `drawn` is told the case after each round, warm-ups included."""
    comparison = Comparison([], {})
    for case in cases:
        with ExitStack() as stack:
            processes: dict[str, Contender] = {}
            for name in contenders:
                try:
                    processes[name] = stack.enter_context(_started(name, case))
                except LeftOutError as reason:
                    comparison.left_out[f"{case.name}: {name}"] = str(reason)
            pictures: dict[str, list[Drawn]] = {name: [] for name in processes}
            for number in range(WARM_UPS + rounds):  # in turns, so that what disturbs the machine disturbs all
                for name, process in list(processes.items()):
                    if len(pictures[name]) >= FEWEST and sum(one.cpu for one in pictures[name]) > ENOUGH:
                        continue
                    try:
                        picture = process.draw(case.arguments(number))
                    except LeftOutError as reason:
                        comparison.left_out[f"{case.name}: {name}"] = str(reason)
                        del processes[name], pictures[name]
                        continue
                    if number >= WARM_UPS:
                        pictures[name].append(picture)
                drawn(case.name)
            comparison.results.extend(Result.of(case.name, name, of_name) for name, of_name in pictures.items())
    return comparison


@contextmanager
def _started(name: str, case: Case) -> Iterator[Contender]:
    command = [sys.executable, "-m", "benchmarks._warm.worker", name, str(case.folder), case.path]
    environment = os.environ | ONE_CPU
    if name == LAYER:
        command.insert(1, "-S")  # without the packages of .venv
        environment["PYTHONPATH"] = os.pathsep.join([*_layers(), str(ROOT)])
    with tempfile.TemporaryFile("w+") as errors:
        process = subprocess.Popen(
            command, cwd=ROOT, env=environment, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=errors
        )
        try:
            yield Contender(process, errors)
        finally:
            process.kill()
            process.communicate()


def _layers() -> list[str]:
    """The folders of the layers that `sam build` made.

    Raises:
        LeftOutError: there are none, or they are not those of the code as it is.
    """
    template = BUILD / "template.yaml"
    if not template.exists():
        raise LeftOutError("`sam build` has not been run")
    sources = (file for file in (ROOT / "layers").rglob("*") if file.is_file() and "__pycache__" not in file.parts)
    if max(file.stat().st_mtime for file in sources) > template.stat().st_mtime:
        raise LeftOutError("the layer is older than the code: run `sam build`")
    return [str(BUILD / layer / "python") for layer in ("RuntimeLayer", "ScientificLayer")]
