"""The contenders as processes, each its own, that draw in turns."""

import json
import os
import select
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from typing import Any, Self

import psutil

from benchmarks._servers import ROOT
from benchmarks._warm.cases import Case
from benchmarks._warm.contenders import LAYERS
from benchmarks._warm.results import LAYER, Comparison, Drawn, Result

WARM_UPS = 2
LONGEST = 30  # seconds of CPU for one picture
ENOUGH = 30  # seconds of CPU after which a contender draws no more than FEWEST
FEWEST = 3
ONE_CPU = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "AWS_LAMBDA_FUNCTION_MEMORY_SIZE": "1769"}


class Contender:
    """A process that draws one plot in one way, as long as it can."""

    def __init__(self, name: str, case: Case) -> None:
        self.name = name
        self.drawn: list[Drawn] = []
        command = [sys.executable, "-m", "benchmarks._warm.worker", name, str(case.folder), case.path]
        environment = os.environ | ONE_CPU
        if name == LAYER:
            command.insert(1, "-S")  # without the packages of .venv
            environment["PYTHONPATH"] = os.pathsep.join(map(str, (*LAYERS, ROOT)))
        self._errors = tempfile.TemporaryFile("w+")  # noqa: SIM115  # until the process ends
        self._process = psutil.Popen(
            command,
            cwd=ROOT,
            env=environment,
            text=True,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._errors,
        )
        self.left_out = ""
        """Why it draws no more, if so."""
        self.left_out = self._answer() or self.left_out

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.kill()
        self._process.communicate()
        self._errors.close()

    def draw(self, arguments: dict[str, Any], counts: bool) -> None:
        slow = len(self.drawn) >= FEWEST and sum(one.cpu for one in self.drawn) > ENOUGH
        if self.left_out or slow:
            return
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(arguments) + "\n")
        self._process.stdin.flush()
        answer = self._answer()
        if answer and counts:
            self.drawn.append(Drawn(*answer))

    def _answer(self) -> Any:
        assert self._process.stdout is not None
        before = self._cpu()
        while not select.select([self._process.stdout], [], [], 1)[0]:
            if self._cpu() - before > LONGEST:
                self.left_out = f"no picture within {LONGEST} s of CPU"
                return None
        if line := self._process.stdout.readline():
            return json.loads(line)
        self._errors.seek(0)
        self.left_out = self._errors.read().strip().rpartition("\n")[2]
        return None

    def _cpu(self) -> float:
        times = self._process.cpu_times()
        return float(times.user + times.system)


def compared(cases: Sequence[Case], names: Sequence[str], rounds: int, drawn: Callable[[str], None]) -> Comparison:
    """Each case by each contender that can; `drawn` is told the case after each round, warm-ups included."""
    comparison = Comparison([], {})
    for case in cases:
        with ExitStack() as stack:
            contenders = [stack.enter_context(Contender(name, case)) for name in names]
            for number in range(WARM_UPS + rounds):  # in turns, so that what disturbs the machine disturbs all
                for contender in contenders:
                    contender.draw(case.arguments(number), number >= WARM_UPS)
                drawn(case.name)
        for contender in contenders:
            if contender.left_out:
                comparison.left_out[case.name, contender.name] = contender.left_out
            else:
                comparison.results.append(Result.of(case.name, contender.name, contender.drawn))
    return comparison
