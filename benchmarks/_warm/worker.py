"""One contender in a process of its own: says first why it cannot draw, or null; then, for each line of arguments, what
their picture took.

    python -m benchmarks._warm.worker CONTENDER FOLDER PATH
"""

import json
import os
import resource
import sys
import time
from pathlib import Path

from benchmarks._warm.contenders import CONTENDERS, CannotDrawError


def main() -> None:
    contender, folder, path = sys.argv[1:]
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "w")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # what a library prints is no answer
    try:
        draw = CONTENDERS[contender](Path(folder), path)
    except CannotDrawError as reason:
        print(json.dumps(str(reason)), file=answers, flush=True)
        return
    print(json.dumps(None), file=answers, flush=True)
    for line in sys.stdin:
        arguments = json.loads(line)
        clock, cpu = time.perf_counter(), time.process_time()
        body = draw(arguments)
        cpu, clock = time.process_time() - cpu, time.perf_counter() - clock
        print(json.dumps([cpu, clock, _peak_memory(), len(body)]), file=answers, flush=True)


def _peak_memory() -> float:
    """MB."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / 2**20 if sys.platform == "darwin" else peak / 2**10


if __name__ == "__main__":
    main()
