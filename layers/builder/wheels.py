"""The locked packages, installed for the target and not for this machine."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from builder.errors import BuildError
from builder.target import Target


def install(requirements: Path, target: Target, tree: Path) -> None:
    """Installs the wheels of `requirements` into `tree`.

    Raises:
        BuildError: a wheel is missing for the target, has another hash, or cannot be fetched.
    """
    command = [uv(), "pip", "install", "--quiet", "--target", str(tree), "--requirements", str(requirements)]
    command += ["--python", sys.executable, "--no-config", "--link-mode", "copy"]  # copy: the cache must stay as it is
    command += ["--python-platform", target.platform, "--python-version", target.python]
    command += ["--only-binary", ":all:", "--require-hashes", "--no-deps"]
    result = subprocess.run(command, stderr=subprocess.PIPE, text=True, check=False)  # noqa: S603
    if result.returncode:
        raise BuildError(f"The wheels for {target.platform} could not be installed:\n{result.stderr.strip()}")
    (tree / ".lock").unlink(missing_ok=True)


def uv() -> str:
    """The uv beside this Python, or else the one on PATH."""
    beside = Path(sys.executable).with_name("uv")
    uv = str(beside) if os.access(beside, os.X_OK) else shutil.which("uv")
    if uv is None:
        raise BuildError("uv is neither beside this Python nor on PATH; `make .venv/synced` brings it.")
    return uv
