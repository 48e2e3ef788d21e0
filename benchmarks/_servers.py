"""Servers under load, as processes of their own."""

import re
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil

ROOT = Path(__file__).parents[1]


@contextmanager
def served(command: list[str]) -> Iterator[tuple[psutil.Popen, str]]:
    """The process of a server that prints its address, and the address."""
    with tempfile.NamedTemporaryFile() as output:
        process = psutil.Popen(command, cwd=ROOT, stdout=output, stderr=output)
        try:
            while not (found := re.search(r"http://127\.0\.0\.1:\d+", Path(output.name).read_text())):
                assert process.poll() is None, Path(output.name).read_text()
                time.sleep(0.1)
            yield process, found[0]
        finally:
            process.terminate()
            try:
                process.wait(10)
            except psutil.TimeoutExpired:
                process.kill()
