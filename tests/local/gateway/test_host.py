"""What a client sees of `plotgate host`: bounds, and an end that loses nothing."""

import json
import signal
import socket
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path

import psutil
import pytest

from tests.local.conftest import ECHO, FUNCTIONS, PLOT, PLOTGATE, Served, project, served

Host = Callable[..., Served]

# Waits until the file `go` is in the project's folder.
WAITS = """
    import time
    from pathlib import Path

    def handler(event, context):
        print("holds", flush=True)
        while not Path("..", "go").exists():
            time.sleep(0.01)
        return "done"
"""


@pytest.fixture
def host(tmp_path: Path) -> Iterator[Host]:
    """Hosts functions given as `name="source of app.py"`, with `plotgate host`'s options as a list."""
    with ExitStack() as stack:

        def start(options: list[str] | None = None, memory: int = 1024, **sources: str) -> Served:
            folder = project(tmp_path, sources, 20, memory=memory)
            command: tuple[str | Path, ...] = (PLOTGATE, "host", "--host", "127.0.0.1", *(options or []))
            return stack.enter_context(served(folder, tmp_path / "terminal.txt", *command))

        yield start


@pytest.mark.parametrize(
    ("headers", "kind"),
    [
        ({"Sec-Fetch-Dest": "image"}, "image/svg+xml"),
        ({"Accept": "image/png,image/*"}, "image/png"),
        ({"Accept": "application/json"}, "application/problem+json"),
    ],
)
def test_more_than_can_wait_is_turned_away(host: Host, headers: dict[str, str], kind: str) -> None:
    gateway = host(["--workers", "1", "--queue", "0"], plot=WAITS)

    with ThreadPoolExecutor(1) as threads:
        held = threads.submit(gateway.http.get, "/plot/a")
        gateway.wait_for(lambda: "holds" in gateway.terminal)
        refused = gateway.http.get("/plot/c", headers=headers)
        assert gateway.http.get("/healthz").status_code == 200
        assert gateway.http.get("/readyz").status_code == 200
        (gateway.folder / "go").touch()

        assert held.result().text == "done"
    assert refused.status_code == 429
    assert refused.headers["content-type"] == kind
    assert refused.headers["retry-after"] == "2"
    assert refused.headers["cache-control"] == "no-store"
    assert refused.headers["x-plotgate-error"] == "too_many_requests"
    assert gateway.http.get("/plot/c").text == "done"


def test_as_many_wait_as_may(host: Host) -> None:
    gateway = host(["--workers", "1", "--queue", "1"], plot=WAITS)

    with ThreadPoolExecutor(3) as threads:
        asked = [threads.submit(gateway.http.get, f"/plot/{name}") for name in "abc"]
        gateway.wait_for(lambda: any(one.done() for one in asked))
        (gateway.folder / "go").touch()

    assert sorted(one.result().status_code for one in asked) == [200, 200, 429]


def test_no_more_processes_stay_than_may(host: Host) -> None:
    gateway = host(["--workers", "1", "--idle", "1"], a=ECHO, b=ECHO, c=ECHO)

    for name in "abcab":
        assert gateway.http.get(f"/{name}").status_code == 200

    gateway.wait_for(lambda: len(gateway.workers) == 1)


def test_each_plot_keeps_a_process_by_default(host: Host) -> None:
    gateway = host(a=ECHO, b=ECHO)

    for name in "abab":
        assert gateway.http.get(f"/{name}").status_code == 200

    assert gateway.terminal.count("cold") == 2


def test_a_plot_that_wants_more_memory_than_it_has_is_an_error_of_its_own(host: Host) -> None:
    body = "data = bytearray(megabytes * 2**20); figure = Figure(); figure.text(0, 0, len(data)); return figure"
    gateway = host(memory=600, plot=PLOT.format(parameters="megabytes: int = 1", body=body))
    assert gateway.http.get("/plot").status_code == 200
    (worker,) = gateway.workers

    answer = gateway.http.get("/plot?megabytes=600&errors=json")

    assert (answer.status_code, answer.json()["code"]) == (500, "draw_failed")
    gateway.wait_for(lambda: "MemoryError" in gateway.terminal)
    assert gateway.http.get("/plot?megabytes=2").status_code == 200
    assert gateway.workers == [worker]


@pytest.mark.parametrize("sent", [signal.SIGTERM, signal.SIGINT])
def test_requests_that_have_begun_are_answered_before_it_ends(host: Host, sent: signal.Signals) -> None:
    gateway = host(["--workers", "1"], plot=WAITS)

    with ThreadPoolExecutor(2) as threads:
        held = threads.submit(gateway.http.get, "/plot/a")
        gateway.wait_for(lambda: "holds" in gateway.terminal)
        waits = threads.submit(gateway.http.get, "/plot/b")
        workers = gateway.workers
        gateway.process.send_signal(sent)
        gateway.wait_for(lambda: not listens(gateway))
        (gateway.folder / "go").touch()

        assert (held.result().text, waits.result().text) == ("done", "done")
    assert gateway.process.wait(20) == {signal.SIGINT: 130}.get(sent, -sent)
    psutil.wait_procs(workers, timeout=20)
    assert not any(worker.is_running() for worker in workers)


def listens(gateway: Served) -> bool:
    url = gateway.http.base_url
    try:
        socket.create_connection((url.host, url.port or 80), 5).close()
    except ConnectionRefusedError:
        return False
    return True


def test_changes_of_files_are_not_taken_up(host: Host) -> None:
    gateway = host(plot="def handler(e, c): return 'old'")
    assert gateway.http.get("/plot").text == "old"
    (gateway.folder / "plot/app.py").write_text("def handler(e, c): return 'new'")

    assert gateway.http.get("/plot").text == "old"
    assert gateway.http.get("/.plotgate/live.js").status_code == 404


@pytest.fixture(scope="module")
def impatient(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A host that waits half a second where others wait longer."""
    source = """
        from plotgate.local.cli import app
        from plotgate.local.gateway import gateway, patience

        gateway.LONGEST_BODY = patience.LONGEST_HEAD = patience.LONGEST_READING = patience.LINGERING = 0.5
        app()
    """
    folder = tmp_path_factory.mktemp("impatient")
    project(folder, {"echo": ECHO, "largest": FUNCTIONS["largest"]}, 20)
    program = "\n".join(line.strip() for line in source.splitlines())
    command = (sys.executable, "-c", program, "host", "--host", "127.0.0.1")
    with served(folder, folder / "terminal.txt", *command) as gateway:
        yield gateway


def connected(gateway: Served) -> socket.socket:
    made = socket.socket()
    made.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    made.settimeout(30)
    made.connect((gateway.http.base_url.host, gateway.http.base_url.port))
    return made


def read_all(connection: socket.socket) -> bytes:
    """All that comes until the other side ends the connection, or resets it."""
    found = b""
    try:
        while part := connection.recv(65536):
            found += part
    except ConnectionResetError:
        pass
    return found


@pytest.mark.parametrize("begun", [b"", b"GET /echo HTT", b"GET /echo HTTP/1.1\r\nHost: a\r\nX-Slow: "])
def test_a_request_that_does_not_come_is_not_waited_for(impatient: Served, begun: bytes) -> None:
    with connected(impatient) as connection:
        connection.sendall(begun)

        assert read_all(connection) == b""


def test_nor_is_a_second_one_on_the_same_connection(impatient: Served) -> None:
    with connected(impatient) as connection:
        connection.sendall(b"GET /healthz HTTP/1.1\r\nHost: a\r\n\r\nGET /ech")

        assert read_all(connection).count(b"HTTP/1.1") == 1


def test_a_body_that_does_not_come_is_not_waited_for(impatient: Served) -> None:
    with connected(impatient) as connection:
        connection.sendall(b"POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\nbegun")

        assert read_all(connection).startswith(b"HTTP/1.1 408 ")


def test_a_body_without_an_end_is_refused_and_not_read_on(impatient: Served) -> None:
    with connected(impatient) as connection:
        connection.sendall(b"POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 99999999999\r\n\r\n")
        sent = 0
        with pytest.raises((BrokenPipeError, ConnectionResetError)):
            while sent < 10**9:
                sent += connection.send(b"x" * 65536)

    assert impatient.http.post("/echo", content=b"x" * (10 * 2**20 + 1)).status_code == 413


def test_an_answer_that_is_not_read_is_not_kept(impatient: Served) -> None:
    with connected(impatient) as connection:
        connection.sendall(b"GET /largest HTTP/1.1\r\nHost: a\r\n\r\n")
        server = psutil.Process(impatient.process.pid)
        here = connection.getsockname()

        def is_open() -> bool:
            return any(one.raddr == here for one in server.net_connections() if one.raddr)

        impatient.wait_for(lambda: "200 GET  /largest" in impatient.terminal)
        impatient.wait_for(lambda: not is_open())
        assert len(read_all(connection)) < 6_291_554


def test_a_request_that_comes_in_pieces_is_answered(impatient: Served) -> None:
    with connected(impatient) as connection:
        for part in (b"GET /ec", b"ho HTTP/1.1\r\nHo", b"st: a\r\nConnection: close\r\n\r\n"):
            connection.sendall(part)

        answer = read_all(connection)
    assert answer.startswith(b"HTTP/1.1 200 ")
    assert json.loads(answer.partition(b"\r\n\r\n")[2])["rawPath"] == "/echo"
