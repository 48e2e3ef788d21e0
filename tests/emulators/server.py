"""The servers and commands that a person runs: `plotgate serve`, `sam local invoke`, `sam local start-api`."""

import json
import re
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.emulators.built import SAM, sam_environment
from tests.emulators.runtime import free_port
from tests.found import ROOT

PLOTGATE = Path(sys.executable).with_name("plotgate")


def sam_local_invoke(function: str, event: dict[str, Any], image: str) -> str:
    """What `sam local invoke` prints for a function and an event."""
    done = subprocess.run(
        [SAM, "local", "invoke", function, "--event", "-", *_image(image)],
        cwd=ROOT,
        env=sam_environment(),
        input=json.dumps(event).encode(),
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout.decode()


@contextmanager
def sam_local_start_api(image: str, log: Path) -> Iterator[str]:
    """The address of `sam local start-api`, while it runs."""
    with _server(
        log, r"Running on (http\S+)", str(SAM), "local", "start-api", "--port", str(free_port()), *_image(image)
    ) as address:
        yield address


@contextmanager
def gateway(log: Path) -> Iterator[str]:
    """The address of `plotgate serve`, while it runs."""
    with _server(log, r"(http://[\d.]+:\d+)", str(PLOTGATE), "serve", "--port", "0") as address:
        yield address


@contextmanager
def _server(log: Path, says: str, *command: str) -> Iterator[str]:
    with log.open("wb") as output:
        process = subprocess.Popen(
            command,
            cwd=ROOT,
            env=sam_environment(),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        try:
            yield _address(log, says, process)
        finally:
            process.send_signal(signal.SIGINT)  # as Ctrl-C does: SAM removes its containers, the gateway its workers
            process.wait(60)


def _address(log: Path, says: str, process: "subprocess.Popen[bytes]") -> str:
    pause = threading.Event()
    for _ in range(1200):
        if found := re.search(says, log.read_text()):
            return found[1]
        assert process.poll() is None, log.read_text()
        pause.wait(0.05)
    raise AssertionError(f"no address within 60 s:\n{log.read_text()}")


def _image(image: str) -> list[str]:
    return ["--invoke-image", image, "--skip-pull-image"]
