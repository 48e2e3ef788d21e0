"""Small projects served by a real `plotgate serve`, as a process."""

import re
import subprocess
import sys
import textwrap
import threading
from collections.abc import Callable, Iterator, Mapping
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

PLOT = """
    from matplotlib.figure import Figure
    from plotgate import serve

    def draw({parameters}) -> Figure:
        {body}

    handler = serve(draw)
"""

FUNCTIONS = {
    "echo": ECHO,
    "plain": "def handler(e, c): return {'a': 1}",
    "talks": "def handler(e, c): print('hello from the plot'); return 'x'",
    "largest": "def handler(e, c): return 'x' * 6_291_554",
    "raises": "def handler(e, c): raise ValueError('the secret reason')",
    "exits": "import os\ndef handler(e, c): os._exit(3)",
    "leaves": "import sys\ndef handler(e, c): sys.exit('bye')",
    "segfault": "import os\ndef handler(e, c): os.kill(os.getpid(), 11)",
    "endless": "def handler(e, c):\n    while True: pass",
    "a_set": "def handler(e, c): return {1, 2}",
    "dated": "def handler(e, c): return {'statusCode': 200, 'headers': {'Date': 'Thu, 01 Jan 2015 00:00:00 GMT'}}",
    "bad_status": "def handler(e, c): return {'statusCode': 'fine'}",
    "too_large": "def handler(e, c): return 'x' * 6_291_555",
    "bad_syntax": "def handler(e, c:",
    "exits_early": "import os\nos._exit(4)",
    "no_handler": "handlers = 1",
    "draw_raises": PLOT.format(parameters="", body="raise ValueError('the secret reason')"),
    "draw_no_figure": PLOT.format(parameters="", body="return 'no figure'"),
    "surroundings": """
        import os, sys
        from pathlib import Path

        def handler(event, context):
            names = "AWS_LAMBDA_FUNCTION_NAME AWS_LAMBDA_FUNCTION_MEMORY_SIZE COLOUR TZ".split()
            return {
                "environment": {name: os.environ.get(name) for name in names},
                "first": sys.path[0] == os.getcwd() == str(Path(__file__).parent),
                "remaining": 0 < context.get_remaining_time_in_millis() <= 1000,
                "context": [context.function_name, context.memory_limit_in_mb],
            }
    """,
}


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
def served(folder: Path, output: Path, *command: str | Path) -> Iterator[Served]:
    command = command or (PLOTGATE, "serve")
    with output.open("wb") as stream:
        process = subprocess.Popen([*command, "--port", "0"], cwd=folder, stdout=stream, stderr=subprocess.STDOUT)
    try:
        gateway = Served(folder, process, output)
        with gateway.http:
            yield gateway
    finally:
        process.terminate()
        process.wait(20)


@pytest.fixture
def serve(tmp_path: Path) -> Iterator[Serve]:
    """Serves functions given as `name="source of app.py"`; each answers at /name and at /name/{value}."""
    with ExitStack() as stack:

        def start(event: str = "", timeout: float = 20, memory: int = 1024, **sources: str) -> Served:
            folder = project(tmp_path, sources, timeout, event, memory)
            return stack.enter_context(served(folder, tmp_path / "terminal.txt"))

        yield start


@pytest.fixture(scope="session")
def functions(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The functions of `FUNCTIONS`, served once, with a timeout of 1 s."""
    folder = tmp_path_factory.mktemp("functions")
    with served(project(folder, FUNCTIONS, timeout=1), folder / "terminal.txt") as gateway:
        yield gateway


@pytest.fixture(scope="session")
def plots(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The project's own template, served once."""
    with served(ROOT, tmp_path_factory.mktemp("plots") / "terminal.txt") as gateway:
        yield gateway


def write(file: Path, source: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(textwrap.dedent(source))


def project(folder: Path, sources: Mapping[str, str], timeout: float, event: str = "", memory: int = 1024) -> Path:
    """A folder with a template and a function for each source."""
    template = [
        "Globals:",
        "  Function:",
        "    Runtime: python3.13",
        "    Handler: app.handler",
        f"    MemorySize: {memory}",
    ]
    template += [f"    Timeout: {timeout:g}", "    Environment: { Variables: { COLOUR: red } }", "Resources:"]
    for name, source in sources.items():
        write(folder / name / "app.py", source)
        template += [f"  {name}:", "    Type: AWS::Serverless::Function", "    Properties:"]
        template += [f"      CodeUri: {name}", "      Events:"]
        for i, path in enumerate((f"/{name}", f"/{name}/{{value}}")):
            template += [f"        E{i}: {{ Type: HttpApi, Properties: {{ Method: ANY, Path: '{path}'{event} }} }}"]
    (folder / "template.yaml").write_text("\n".join(template) + "\n")
    return folder
