"""The Docker tier's image, and a container that is as strict as Lambda.

AWS's own base image is used where it has been pulled; elsewhere one is made of Debian's packages, which needs root
and a minute, once.
"""

import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.emulators.built import Built
from tests.emulators.runtime import BOOTSTRAP, INVOCATIONS, emulator_binary, install_runtime

AWS_IMAGE = "public.ecr.aws/lambda/python:3.13-x86_64"
DEBIAN_IMAGE = "plotgate-debian:trixie"
PACKAGES = "python3,ca-certificates"  # Debian 13 has Python 3.13
ASK = f"""
import sys, urllib.request
request = urllib.request.Request("http://127.0.0.1:8080{INVOCATIONS}", sys.stdin.buffer.read())
sys.stdout.buffer.write(urllib.request.urlopen(request).read())
"""


def missing() -> str | None:
    """Why no image can be had on this machine, if so."""
    if shutil.which("docker") is None:
        return "docker is not installed"
    if docker("info", check=False).returncode != 0:
        return "no Docker daemon answers `docker info`"
    if _exists(AWS_IMAGE) or _exists(_image_name()):
        return None
    if os.name != "posix" or os.geteuid() != 0 or shutil.which("debootstrap") is None:
        return f"`docker pull {AWS_IMAGE}` has not been run, and only root with debootstrap can make an image instead"
    return None


def image() -> str:
    """The base image, made if there is none."""
    if _exists(AWS_IMAGE):
        return AWS_IMAGE
    name = _image_name()
    if not _exists(name):
        debian()
        with tempfile.TemporaryDirectory(prefix="plotgate-") as context:
            shutil.copytree(BOOTSTRAP.parent, context, dirs_exist_ok=True)
            install_runtime(Path(context) / "runtime")
            docker("build", "--quiet", "--tag", name, context)
    return name


def debian() -> str:
    """Debian with Python, made if there is none."""
    if not _exists(DEBIAN_IMAGE):
        _import_debian()
    return DEBIAN_IMAGE


def build_image(dockerfile: Path, context: Path, base: str) -> str:
    """The id of the image that `dockerfile` makes of `context`."""
    arguments = ("--build-arg", f"BASE={base}", "--file", str(dockerfile), str(context))
    return docker("build", "--quiet", *arguments).stdout.decode().strip()


@dataclass(frozen=True)
class Container:
    """A function in a container that cannot be reached but from inside."""

    name: str

    def invoke(self, event: dict[str, Any]) -> Any:
        asked = docker("exec", "-i", self.name, "python3", "-c", ASK, input=json.dumps(event).encode(), check=False)
        assert asked.returncode == 0, f"{asked.stderr.decode()}\n{docker('logs', self.name).stderr.decode()}"
        return json.loads(asked.stdout)


@contextmanager
def strict_container(built: Built, opt: Path, image: str) -> Iterator[Container]:
    """Run a built function with Lambda's limits, which `sam local` does not set."""
    name = f"plotgate-{uuid.uuid4().hex[:12]}"
    function = built.function
    options = [
        *("--detach", "--rm", "--name", name),
        *("--read-only", "--tmpfs", "/tmp", "--user", "993", "--cap-drop", "ALL"),  # noqa: S108  # inside the container
        *("--cpus", "1", "--memory", f"{function.memory}m", "--network", "none"),
        *("--volume", f"{function.code}:/var/task:ro", "--volume", f"{opt}:/opt:ro"),
        *("--volume", f"{emulator_binary()}:/aws-lambda-rie:ro", "--entrypoint", "/aws-lambda-rie"),
        *("--env", f"_HANDLER={function.handler}", "--env", "AWS_LAMBDA_FUNCTION_TIMEOUT=300"),
        *(f"--env={key}={value}" for key, value in function.environment.items()),
    ]
    docker("run", *options, image, "/var/runtime/bootstrap")
    try:
        yield Container(name)
    finally:
        docker("rm", "--force", name)


def _import_debian() -> None:
    with tempfile.TemporaryDirectory(prefix="plotgate-") as root:
        print(f"Making {DEBIAN_IMAGE} of Debian's packages, once; it takes a minute", file=sys.stderr)
        _run("debootstrap", "--variant=minbase", f"--include={PACKAGES}", "trixie", root)
        with subprocess.Popen(["tar", "-C", root, "-c", "."], stdout=subprocess.PIPE) as tar:
            docker("import", "-", DEBIAN_IMAGE, stdin=tar.stdout)


def _image_name() -> str:
    content = b"".join(file.read_bytes() for file in sorted(BOOTSTRAP.parent.iterdir()))
    return f"plotgate-lambda:{hashlib.sha256(content).hexdigest()[:12]}"


def _exists(image: str) -> bool:
    return docker("image", "inspect", image, check=False).returncode == 0


def docker(*arguments: str, check: bool = True, **options: Any) -> "subprocess.CompletedProcess[bytes]":
    """What the client does with `arguments`; unless `check` is off, it succeeds."""
    return _run("docker", *arguments, check=check, **options)


def _run(*command: str, check: bool = True, **options: Any) -> "subprocess.CompletedProcess[bytes]":
    done = subprocess.run(command, capture_output=True, check=False, **options)
    if check:
        assert done.returncode == 0, f"{' '.join(command)} failed:\n{done.stderr.decode()}"
    return done


if __name__ == "__main__":
    print(image())
