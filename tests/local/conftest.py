"""Small projects served by a real `plotgate serve`, as a process."""

import re
import subprocess
import sys
import textwrap
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import httpx
import psutil
import pytest

ROOT = Path(__file__).parents[2]
PLOTGATE = Path(sys.executable).with_name("plotgate")

ECHO = """
    import json

    def handler(event, context):
        return {"statusCode": 200, "headers": {"content-type": "application/json"}, "body": json.dumps(event)}
"""


class Served:
    """A `plotgate serve` that runs: its URL, its terminal, its workers."""

    def __init__(self, folder: Path, process: "subprocess.Popen[bytes]", output: Path) -> None:
        self.folder = folder
        self.process = process
        self._output = output
        self.http = httpx.Client(base_url=self._url(), timeout=60, trust_env=False)

    @property
    def terminal(self) -> str:
        return self._output.read_text()

    @property
    def workers(self) -> list[psutil.Process]:
        return psutil.Process(self.process.pid).children()

    def wait_for(self, condition: Callable[[], bool]) -> None:
        """Wait until the gateway has done something, for 30 s at most."""
        pause = threading.Event()
        for _ in range(600):
            if condition():
                return
            pause.wait(0.05)
        raise AssertionError(f"it did not happen; the terminal says:\n{self.terminal}")

    def _url(self) -> str:
        found: list[str] = []

        def is_up() -> bool:
            found.extend(re.findall(r"http://\S+:\d+", self.terminal))
            return bool(found) or self.process.poll() is not None

        self.wait_for(is_up)
        assert found, self.terminal
        return found[0]


Serve = Callable[..., Served]


@contextmanager
def served(folder: Path, output: Path) -> Iterator[Served]:
    command: list[str | Path] = [PLOTGATE, "serve", "--port", "0"]
    with output.open("wb") as stream:
        process = subprocess.Popen(command, cwd=folder, stdout=stream, stderr=subprocess.STDOUT)
    try:
        gateway = Served(folder, process, output)
        with gateway.http:
            yield gateway
    finally:
        process.terminate()
        process.wait(20)


@pytest.fixture
def serve(tmp_path: Path) -> Iterator[Serve]:
    """Serves functions given as `name="source of app.py"`; each answers at /name and below /name/."""
    with ExitStack() as stack:

        def start(timeout: float = 20, globals_: str = "", event: str = "", **sources: str) -> Served:
            template = ["Globals:", "  Function:", "    Runtime: python3.13", "    Handler: app.handler"]
            template += [f"    Timeout: {timeout:g}", "    MemorySize: 1024", globals_, "Resources:"]
            for name, source in sources.items():
                write(tmp_path / name / "app.py", source)
                template += [f"  {name}:", "    Type: AWS::Serverless::Function", "    Properties:"]
                template += [f"      CodeUri: {name}", "      Events:"]
                for i, path in enumerate((f"/{name}", f"/{name}/{{value}}")):
                    properties = f"{{ Method: ANY, Path: '{path}'{event} }}"
                    template += [f"        E{i}: {{ Type: HttpApi, Properties: {properties} }}"]
            (tmp_path / "template.yaml").write_text("\n".join(template))
            return stack.enter_context(served(tmp_path, tmp_path / "terminal.txt"))

        yield start


@pytest.fixture(scope="session")
def plots(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The project's own template, served once."""
    with served(ROOT, tmp_path_factory.mktemp("plots") / "terminal.txt") as gateway:
        yield gateway


def write(file: Path, source: str) -> None:
    file.parent.mkdir(exist_ok=True)
    file.write_text(textwrap.dedent(source))
