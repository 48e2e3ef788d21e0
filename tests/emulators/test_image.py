"""The plain container: built of what `sam build` made, read-only, without rights, and asked from outside."""

import json
import subprocess
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path

import httpx
import pytest
from packaging.utils import canonicalize_name

from builder.container import CONTEXT, TIME, stage
from tests.emulators.built import Built
from tests.emulators.docker import build_image, debian, docker, missing
from tests.emulators.server import PLOTGATE
from tests.found import FOLDERS, ROOT, handler_of
from tests.tiers import unavailable
from tests.wire import answer, function_event

PORT = 9000
VERIFIED = ("weather/temperature", "breast_cancer_data/pairplot", "diabetes/residuals")


class Running:
    """A container that runs, and where it is."""

    def __init__(self, name: str) -> None:
        self.name = name
        address = docker("port", name, f"{PORT}/tcp").stdout.decode().splitlines()[0]
        self.http = httpx.Client(base_url=f"http://{address}", timeout=60, trust_env=False)

    def wait(self) -> None:
        """Wait until it answers, for half a minute at most."""
        pause = threading.Event()
        for _ in range(300):
            with suppress(httpx.TransportError):  # Docker listens, nobody behind it yet
                if self.http.get("/healthz").is_success:
                    return
            pause.wait(0.1)
        raise AssertionError(f"it does not answer:\n{self.log}")

    def python(self, program: str) -> str:
        """What a Python program prints inside."""
        return docker("exec", self.name, "python3", "-c", program).stdout.decode()

    @property
    def processes(self) -> int:
        return int(self.python("import glob; print(len(glob.glob('/proc/[0-9]*')))"))

    @property
    def log(self) -> str:
        done = docker("logs", self.name)
        return done.stdout.decode() + done.stderr.decode()


@contextmanager
def running(image: str, *options: str) -> Iterator[Running]:
    """Run the image as a careful operator does."""
    strict = ("--read-only", "--tmpfs", "/tmp", "--cap-drop", "ALL", "--security-opt", "no-new-privileges")  # noqa: S108
    started = docker(
        "run", "--detach", *strict, "--env", f"PORT={PORT}", "--publish", f"127.0.0.1::{PORT}", *options, image
    )
    name = started.stdout.decode().strip()
    try:
        container = Running(name)
        with container.http:
            container.wait()
            yield container
    finally:
        docker("rm", "--force", name)


@pytest.fixture(scope="module")
def hosted(functions: dict[str, Built], pytestconfig: pytest.Config) -> Iterator[str]:
    """The image."""
    if reason := missing():
        unavailable(reason)
    with pytestconfig.pluginmanager.getplugin("capturemanager").global_and_fixture_disabled():
        base = debian()
    stage(CONTEXT)
    image = build_image(ROOT / "Dockerfile", CONTEXT, base)
    yield image
    docker("image", "rm", "--force", image, check=False)


@pytest.fixture(scope="module")
def container(hosted: str) -> Iterator[Running]:
    with running(hosted, "--memory", "4g") as started:
        yield started


def test_no_file_tells_when_it_was_built(hosted: str) -> None:
    assert {file.stat().st_mtime for file in CONTEXT.rglob("*")} == {TIME}


def test_it_holds_what_its_bill_of_materials_says(hosted: str) -> None:
    bill = json.loads((CONTEXT / "sbom.cdx.json").read_text())
    found = {folder.name.removesuffix(".dist-info") for folder in (CONTEXT / "python").glob("*.dist-info")}

    assert {f"{canonicalize_name(name)}-{version}" for name, _, version in (one.rpartition("-") for one in found)} == {
        f"{one['name']}-{one['version']}" for one in bill["components"]
    }


def test_it_runs_without_rights(container: Running) -> None:
    (config,) = json.loads(docker("inspect", container.name).stdout)

    assert config["Config"]["User"] == "10001:10001"
    assert container.python("import os; print(os.getuid())") == "10001\n"


def test_it_lives_and_is_ready(container: Running) -> None:
    for path, status in (("/healthz", "alive"), ("/readyz", "ready")):
        got = container.http.get(path)
        assert (got.status_code, got.json()) == (200, {"status": status}), container.log


def test_its_own_health_check_is_content(container: Running) -> None:
    assert container.http.get("/healthz").status_code == 200
    (inspected,) = json.loads(docker("inspect", container.name).stdout)
    command = inspected["Config"]["Healthcheck"]["Test"][1:]

    assert docker("exec", container.name, *command, check=False).returncode == 0
    assert docker("exec", "--env", "PORT=1", container.name, *command, check=False).returncode == 1


@pytest.mark.parametrize("name", FOLDERS)
def test_it_answers_as_the_handler_does(name: str, container: Running) -> None:
    event = function_event(name)
    got = container.http.get(event["rawPath"], headers={"Accept": "*/*"})

    assert got.status_code == 200, container.log
    if name != "gallery":  # whose page names the address
        assert got.content == answer(handler_of(name)(event, None)).body


def test_its_processes_have_the_memory_of_their_functions(container: Running, functions: dict[str, Built]) -> None:
    container.http.get("/plots/weather/temperature")
    script = """
import glob, json, pathlib
limits = {}
for process in glob.glob("/proc/[0-9]*"):
    command = pathlib.Path(process, "cmdline").read_bytes().replace(b"\\0", b" ").decode()
    (line,) = [one for one in pathlib.Path(process, "limits").read_text().splitlines() if one.startswith("Max data")]
    limits.setdefault("bounded" if command.endswith(" bounded ") else "", set()).add(line.split()[3])
print(json.dumps({name: sorted(values) for name, values in limits.items()}))
"""
    limits = json.loads(container.python(script))

    assert limits["bounded"] == [str(functions["weather/temperature"].function.memory * 2**20)]


def test_it_keeps_what_every_url_promises(hosted: str, tmp_path: Path) -> None:
    # Of three plots, for time: one with a table, one with a path, one of neither.
    document = json.loads((CONTEXT / "plots" / "Gallery" / "openapi.json").read_text())
    document["paths"] = {path: one for path, one in document["paths"].items() if any(name in path for name in VERIFIED)}
    assert len(document["paths"]) == len(VERIFIED)
    file = tmp_path / "openapi.json"
    file.write_text(json.dumps(document))
    file.chmod(0o644)  # for the container's user
    with running(hosted, "--volume", f"{file}:/srv/plots/Gallery/openapi.json:ro") as container:
        url = str(container.http.base_url)
        done = subprocess.run([PLOTGATE, "verify", url], capture_output=True, text=True, check=False)

        assert done.returncode == 0, f"{done.stdout}{done.stderr}{container.log}"


def test_it_answers_what_it_was_asked_before_it_ends(hosted: str) -> None:
    path = "/plots/digits/embedding"
    with running(hosted) as container, ThreadPoolExecutor(1) as threads:
        before = container.processes
        asked = threads.submit(container.http.get, path)
        pause = threading.Event()
        while container.processes == before and not asked.done():
            pause.wait(0.05)
        docker("kill", "--signal", "TERM", container.name)

        got = asked.result()

        assert (got.status_code, got.headers["content-type"]) == (200, "image/png"), container.log
        assert docker("wait", container.name).stdout.strip() == b"0", container.log
