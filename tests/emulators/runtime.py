"""AWS's Lambda emulator and runtime client, as the processes and files that AWS ships, without Docker.

The emulator comes inside aws-sam-cli, the runtime client is `awslambdaric`. Together with the built layers and a
built function they are what runs in AWS, but for the limits that only a container sets.
"""

import os
import platform
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.metadata import distribution
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import httpx

from tests.emulators.built import Built

BOOTSTRAP = Path(__file__).parent / "image" / "bootstrap"
ARCHITECTURE = "x86_64"  # as template.yaml says: the layers hold compiled code
INVOCATIONS = "/2015-03-31/functions/function/invocations"


def emulator_binary() -> Path:
    spec = find_spec("samcli")
    assert spec is not None
    assert spec.origin is not None
    return Path(spec.origin).parent / "local" / "rapid" / f"aws-lambda-rie-{ARCHITECTURE}"


def missing() -> str | None:
    """Why the emulator cannot run on this machine, if so."""
    here = f"{platform.system()} {platform.machine()}"
    needed = f"Linux {ARCHITECTURE}"
    return None if here == needed else f"AWS's emulator and the built layers need {needed}, not {here}"


def install_runtime(folder: Path) -> None:
    """Copy the runtime client and what it needs, as `/var/runtime` holds them."""
    for name in ("awslambdaric", "simplejson", "snapshot-restore-py"):
        installed = distribution(name)
        for file in installed.files or ():
            if file.parts[0] not in ("..", "__pycache__") and "__pycache__" not in file.parts:
                place = folder / file
                place.parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(str(installed.locate_file(file)), place)


@dataclass(frozen=True)
class Emulator:
    """One function under AWS's emulator."""

    url: str

    def invoke(self, event: dict[str, Any]) -> Any:
        # The transport tries again while the emulator is not listening yet, for about 15 s.
        with httpx.Client(transport=httpx.HTTPTransport(retries=6), timeout=60) as client:
            response = client.post(self.url, json=event)
        response.raise_for_status()
        return response.json()


@contextmanager
def emulated(built: Built, opt: Path, runtime: Path, log: Path) -> Iterator[Emulator]:
    """Run a built function as Lambda would: a clean environment, its own folder as the working directory."""
    port, runtime_api = free_port(), free_port()
    command = [
        str(emulator_binary()),
        *("--runtime-interface-emulator-address", f"127.0.0.1:{port}"),
        *("--runtime-api-address", f"127.0.0.1:{runtime_api}"),
        str(BOOTSTRAP),
    ]
    with log.open("wb") as output:
        process = subprocess.Popen(
            command,
            cwd=built.function.code,
            env=_environment(built, opt, runtime),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        try:
            yield Emulator(f"http://127.0.0.1:{port}{INVOCATIONS}")
        finally:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def _environment(built: Built, opt: Path, runtime: Path) -> dict[str, str]:
    python = Path(sys.base_prefix) / "bin"
    function = built.function
    folders = [function.code, opt / "python/lib/python3.13/site-packages", opt / "python", runtime]
    return {
        **function.environment,
        "PATH": f"{python}:/usr/local/bin:/usr/bin:/bin",
        "LANG": "en_US.UTF-8",
        "TZ": ":UTC",
        "PYTHONPATH": ":".join(str(folder) for folder in folders),
        "PYTHONDONTWRITEBYTECODE": "1",  # /var/task and /opt are read-only in Lambda
        "LAMBDA_TASK_ROOT": str(function.code),
        "LAMBDA_RUNTIME_DIR": str(runtime),
        "AWS_REGION": "eu-central-1",
        "AWS_LAMBDA_FUNCTION_NAME": function.name,
        "AWS_LAMBDA_FUNCTION_MEMORY_SIZE": str(function.memory),
        "AWS_LAMBDA_FUNCTION_TIMEOUT": "300",  # not the function's own: a busy machine is no failure
        "_HANDLER": function.handler,
    }


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
