"""The same picture on every processor: numpy's sums differ in a last bit from one kind to the next."""

import json
import os
import subprocess
import sys

from tests.found import ROOT

OLD, NEW = "Nehalem", "Haswell"  # kernels of OpenBLAS; other architectures have none of them, and agree by that
DIGESTS = """
import hashlib, json
from tests.events import load_event
from tests.found import PLOTS, handler_of
from tests.wire import answer
answers = {name: answer(handler_of(name)(load_event(name), None)) for name in PLOTS}
print(json.dumps({name: [found.status, hashlib.sha256(found.body).hexdigest()] for name, found in answers.items()}))
"""


def digests(kernel: str) -> dict[str, tuple[int, str]]:
    """Status and digest of every plot's answer to its event, from a process that sums with `kernel`."""
    environment = os.environ | {"OPENBLAS_CORETYPE": kernel, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-c", DIGESTS]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, check=True)
    found: dict[str, tuple[int, str]] = json.loads(done.stdout)
    return found


def test_a_picture_is_the_same_whatever_the_processor() -> None:
    old, new = digests(OLD), digests(NEW)
    assert {status for status, _ in old.values()} == {200}
    assert old == new
