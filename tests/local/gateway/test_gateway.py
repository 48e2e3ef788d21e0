"""What a client sees of `plotgate serve`."""

import errno
import json
import os
import signal
import socket
import subprocess
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psutil
import pytest

from plotgate.local.gateway.server import listener
from plotgate.local.workers.environment import PASSED
from tests.local.conftest import ECHO, PLOT, PLOTGATE, Serve, Served, write


def test_a_plot_is_a_picture(plots: Served) -> None:
    answer = plots.http.get("/plots/breast_cancer_data/correlation_matrix")

    assert (answer.status_code, answer.headers["content-type"]) == (200, "image/png")
    assert answer.content.startswith(b"\x89PNG")


@pytest.mark.parametrize(("method", "path"), [("GET", "/nowhere"), ("POST", "/"), ("GET", "/plots/")])
def test_an_unknown_route_is_not_found(plots: Served, method: str, path: str) -> None:
    answer = plots.http.request(method, path)

    assert (answer.status_code, answer.text) == (404, '{"message":"Not Found"}')


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("raises", "ValueError: the secret reason"),
        ("exits", "app.handler ended its process with status 3"),
        ("leaves", "app.handler ended its process with status 1"),
        ("segfault", "app.handler was ended by SIGSEGV"),
        ("endless", "timed out after 1 s"),
        ("a_set", "the answer must be JSON: Object of type set is not JSON serializable"),
        ("bad_status", "statusCode must be a number from 200 to 599"),
        ("too_large", "at most 6291556 bytes of JSON, not 6291557"),
        ("bad_syntax", "app.handler could not be imported"),
        ("exits_early", "importing app.handler ended its process with status 4"),
        ("no_handler", "app.handler could not be imported"),
    ],
)
def test_a_function_that_fails_is_an_internal_error(functions: Served, name: str, line: str) -> None:
    answer = functions.http.get(f"/{name}")

    assert (answer.status_code, answer.text) == (500, '{"message":"Internal Server Error"}')
    functions.wait_for(lambda: f"500 GET  /{name} " in functions.terminal)
    (said,) = [text for text in functions.terminal.splitlines() if f"500 GET  /{name} " in text]
    assert line in said
    assert functions.http.get("/echo").status_code == 200


def test_the_traceback_is_in_the_terminal(functions: Served) -> None:
    functions.http.get("/raises/again")

    functions.wait_for(lambda: "500 GET  /raises/again" in functions.terminal)
    assert f"{functions.folder}/raises/app.py" in functions.terminal


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("draw_raises", "ValueError: the secret reason"),
        ("draw_no_figure", "TypeError: draw must return a matplotlib Figure, not str"),
    ],
)
def test_a_plot_that_fails_says_so_without_the_reason(functions: Served, name: str, line: str) -> None:
    answer = functions.http.get(f"/{name}?errors=json")

    assert (answer.status_code, answer.json()["code"]) == (500, "draw_failed")
    assert "secret" not in answer.text
    assert "Traceback" not in answer.text
    assert str(functions.folder) not in answer.text
    functions.wait_for(lambda: f"500 GET  /{name}" in functions.terminal)
    assert line in functions.terminal


def test_the_largest_answer_passes(functions: Served) -> None:
    assert len(functions.http.get("/largest").content) == 6_291_554


def test_the_api_gives_up_before_the_function(serve: Serve) -> None:
    slow = """
        import time

        def handler(event, context):
            time.sleep(2)
            return "done"
    """
    gateway = serve(event=", TimeoutInMillis: 1000", slow=slow)

    answer = gateway.http.get("/slow")

    assert (answer.status_code, answer.text) == (503, '{"message":"Service Unavailable"}')
    gateway.wait_for(lambda: "the API waits 1 s at most" in gateway.terminal)


@pytest.mark.parametrize(
    ("headers", "body", "status", "text"),
    [
        ({}, b"x" * 10_485_761, 413, "Request Entity Too Large"),
        ({"x-long": "x" * 10_240}, b"", 431, "Request Header Fields Too Large"),
    ],
)
def test_a_request_over_a_limit_is_refused(
    functions: Served, headers: dict[str, str], body: bytes, status: int, text: str
) -> None:
    answer = functions.http.post("/echo", headers=headers, content=body)

    assert (answer.status_code, answer.json()) == (status, {"message": text})
    assert functions.http.get("/echo").status_code == 200


def test_an_event_says_what_the_client_sent(functions: Served) -> None:
    headers = [("Cookie", "a=1; b=2"), ("X-Two", "1"), ("X-Two", "2"), ("X-Forwarded-For", "203.0.113.9")]
    headers.append(("Content-Type", "image/png"))

    event = functions.http.post("/echo/a%20b+c%25d?k=1&k=2&p=a%2Bb+c&e=", headers=headers, content=b"\x89PNG").json()

    assert event["routeKey"] == "ANY /echo/{value}"
    assert event["rawPath"] == event["requestContext"]["http"]["path"] == "/echo/a b+c%d"
    assert event["pathParameters"] == {"value": "a b+c%d"}
    assert event["rawQueryString"] == "k=1&k=2&p=a%2Bb+c&e="
    assert event["queryStringParameters"] == {"k": "1,2", "p": "a+b c", "e": ""}
    assert event["cookies"] == ["a=1", "b=2"]
    assert event["headers"]["x-two"] == "1,2"
    assert event["headers"]["x-forwarded-for"] == "203.0.113.9, 127.0.0.1"
    assert event["headers"]["x-forwarded-port"] == str(functions.http.base_url.port)
    assert event["headers"]["x-forwarded-proto"] == "http"
    assert event["headers"]["host"] == f"127.0.0.1:{functions.http.base_url.port}"
    assert "cookie" not in event["headers"]
    assert (event["body"], event["isBase64Encoded"]) == ("iVBORw==", True)


def test_an_encoded_slash_divides_segments(functions: Served) -> None:
    assert functions.http.get("/echo/a%2Fb").status_code == 404
    assert functions.http.get("/echo%2Fb").json()["pathParameters"] == {"value": "b"}


def test_an_encoded_percent_reaches_the_plot_as_one(plots: Served) -> None:
    answer = plots.http.get("/plots/breast_cancer_data/pairplot/features/mean%2520radius,mean%20texture")

    assert answer.status_code == 422
    assert "mean%20radius" in answer.text


def test_head_has_the_length_of_get_and_no_body(plots: Served) -> None:
    path = "/plots/breast_cancer_data/correlation_matrix"

    got, head = plots.http.get(path), plots.http.head(path)

    assert head.headers["content-length"] == got.headers["content-length"] == str(len(got.content))
    assert head.content == b""


def test_head_of_what_the_gateway_itself_says_has_the_length_of_get(functions: Served) -> None:
    got, head = functions.http.get("/nowhere"), functions.http.head("/nowhere")

    assert head.status_code == got.status_code == 404
    assert head.headers["content-length"] == got.headers["content-length"]
    assert "transfer-encoding" not in head.headers


def test_an_answer_has_one_date(functions: Served) -> None:
    dates = [functions.http.get(path).headers.get_list("date") for path in ("/dated", "/echo", "/nowhere")]

    assert dates[0] == ["Thu, 01 Jan 2015 00:00:00 GMT"]
    assert [len(found) for found in dates] == [1, 1, 1]


def received(gateway: Served, sent: bytes) -> bytes:
    """What the gateway answers to bytes until it closes the connection."""
    with socket.create_connection(("127.0.0.1", gateway.http.base_url.port or 0), timeout=20) as client:
        client.sendall(sent)
        return b"".join(iter(lambda: client.recv(65536), b""))


def test_two_lengths_of_a_body_are_refused_and_what_follows_is_not_read(functions: Served) -> None:
    head = b"POST /echo/first HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n"

    answers = received(functions, head + b"0\r\n\r\nGET /echo/second HTTP/1.1\r\nHost: x\r\n\r\n")

    assert answers.startswith(b"HTTP/1.1 400 ")
    assert b"\r\nconnection: close\r\n" in answers.lower()
    assert answers.count(b"HTTP/1.1") == 1


def test_what_is_sent_is_not_held_back() -> None:
    with listener("127.0.0.1", 0) as listening, socket.create_connection(listening.getsockname()):
        accepted, _ = listening.accept()
        with accepted:
            assert accepted.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)


def test_a_line_cannot_be_forged(functions: Served) -> None:
    received(functions, b"GET /echo/%0A%1B[31m?x=%0D%0A200+GET+/forged HTTP/1.0\r\n\r\n")

    functions.wait_for(lambda: "200 GET" in functions.terminal)
    assert "200 GET  /echo/%0A%1B[31m?x=%0D%0A200+GET+/forged" in functions.terminal


def test_a_function_sees_lambda_s_surroundings(functions: Served) -> None:
    seen = functions.http.get("/surroundings").json()

    assert seen["environment"] == {
        "AWS_LAMBDA_FUNCTION_NAME": "surroundings",
        "AWS_LAMBDA_FUNCTION_MEMORY_SIZE": "1024",
        "COLOUR": "red",
        "TZ": "UTC",
    }
    assert seen["first"]
    assert seen["remaining"]
    assert seen["context"] == ["surroundings", "1024"]


def test_a_function_sees_nothing_else_of_the_shell(serve: Serve, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("SSH_AUTH_SOCK", "GITHUB_TOKEN", "PYTHONPATH", "PYTHONHASHSEED", "DATA_OTHER"):
        monkeypatch.setenv(name, "1")
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    monkeypatch.setenv("AWS_PROFILE", "mine")
    monkeypatch.setenv("PGPASSWORD", "secret")
    monkeypatch.setenv("COLOUR", "blue")
    gateway = serve(all="import os\ndef handler(e, c): return dict(os.environ)")

    seen = gateway.http.get("/all").json()

    of_the_machine = {"LC_CTYPE", "MPLBACKEND", "TMPDIR", *(name for name in PASSED if name not in ("HOME", "PATH"))}
    assert {name for name in seen if not name.startswith(("AWS_", "PG"))} - of_the_machine == {
        "COLOUR", "HOME", "LAMBDA_TASK_ROOT", "LANG", "MPLCONFIGDIR", "PATH",
        "PYTHONHASHSEED", "PYTHONUNBUFFERED", "TZ", "_HANDLER",
    }  # fmt: skip
    assert (seen["AWS_PROFILE"], seen["PGPASSWORD"]) == ("mine", "secret")  # a laptop signs in with them
    assert (seen["COLOUR"], seen["TZ"]) == ("blue", "UTC")


def test_sets_are_in_one_order_in_all_processes(serve: Serve) -> None:
    source = "def handler(e, c): return [*{str(number) for number in range(100)}]"
    gateway = serve(one=source, two=source)

    assert gateway.http.get("/one").json() == gateway.http.get("/two").json()


def test_what_a_plot_prints_is_seen_in_the_terminal(functions: Served) -> None:
    assert functions.http.get("/talks").text == "x"

    assert "hello from the plot" in functions.terminal


def test_more_memory_than_the_function_has_is_said(serve: Serve) -> None:
    gateway = serve(memory=200, big="def handler(e, c): return str(len(b'x' * int(3e8)))")

    assert gateway.http.get("/big").text == "300000000"
    gateway.wait_for(lambda: "MB, MemorySize is 200)" in gateway.terminal)


def test_a_worker_is_reused(serve: Serve) -> None:
    gateway = serve(echo=ECHO)

    gateway.http.get("/echo/1")
    gateway.http.get("/echo/2")

    gateway.wait_for(lambda: "warm" in gateway.terminal)
    assert gateway.terminal.count("cold") == 1
    assert len(gateway.workers) == 1


def test_requests_that_overlap_run_side_by_side(serve: Serve) -> None:
    # Each of two requests waits until the other has come: one worker alone would never answer.
    source = """
        import time
        from pathlib import Path

        def handler(event, context):
            mine = event["pathParameters"]["value"]
            Path("..", mine).touch()
            while len(list(Path("..").glob("[ab]"))) < 2:
                time.sleep(0.01)
            return mine
    """
    gateway = serve(meet=source)

    with ThreadPoolExecutor(2) as threads:
        answers = threads.map(lambda name: gateway.http.get(f"/meet/{name}").text, ["a", "b"])

    assert list(answers) == ["a", "b"]


@pytest.mark.parametrize("changed", ["app.py", "data.txt"])
def test_changed_code_is_served(serve: Serve, changed: str) -> None:
    source = "from pathlib import Path\nTEXT = Path('data.txt').read_text() + 'old'\ndef handler(e, c): return TEXT"
    gateway = serve(plot=source)
    (gateway.folder / "plot/data.txt").write_text("old ")
    assert gateway.http.get("/plot").text == "old old"
    (gateway.folder / "plot" / changed).write_text(source.replace("'old'", "'new'") if changed == "app.py" else "new ")

    gateway.wait_for(lambda: gateway.http.get("/plot").text == ("old new" if changed == "app.py" else "new old"))


def test_a_file_that_is_fixed_is_served(serve: Serve) -> None:
    gateway = serve(plot="def handler(e, c) return 1")
    assert gateway.http.get("/plot").status_code == 500
    gateway.wait_for(lambda: "SyntaxError" in gateway.terminal)

    write(gateway.folder / "plot/app.py", "def handler(e, c): return 'fixed'")

    gateway.wait_for(lambda: gateway.http.get("/plot").text == "fixed")


def test_a_plot_that_is_added_to_the_template_is_served(serve: Serve) -> None:
    gateway = serve(echo=ECHO)
    template = gateway.folder / "template.yaml"
    good = template.read_text()

    template.write_text("Resources: [")
    gateway.wait_for(lambda: "The routes stay as they were" in gateway.terminal)
    write(gateway.folder / "new/app.py", "def handler(e, c): return 'new'")
    new = good.partition("Resources:")[2].replace("echo", "new")
    template.write_text(good + new)

    gateway.wait_for(lambda: gateway.http.get("/new").status_code == 200)
    assert gateway.http.get("/echo").status_code == 200


def test_a_killed_worker_costs_the_request_it_held(serve: Serve) -> None:
    source = """
        import time

        def handler(event, context):
            if event["rawPath"].endswith("wait"):
                print("holds", flush=True)
                time.sleep(60)
            return "done"
    """
    gateway = serve(plot=source)

    with ThreadPoolExecutor(1) as threads:
        held = threads.submit(gateway.http.get, "/plot/wait")
        gateway.wait_for(lambda: "holds" in gateway.terminal)
        (worker,) = gateway.workers
        worker.kill()

        assert held.result().status_code == 500
    assert gateway.http.get("/plot").text == "done"
    (worker,) = gateway.workers
    worker.kill()
    assert gateway.http.get("/plot").text == "done"


def test_what_a_plot_has_started_ends_with_it(serve: Serve) -> None:
    source = """
        import subprocess

        def handler(event, context):
            own = event["rawPath"].endswith("session")
            print(subprocess.Popen(["sleep", "300"], start_new_session=own).pid, flush=True)
            while True:
                pass
    """
    gateway = serve(timeout=1, plot=source)

    for path in ("/plot", "/plot/session"):
        assert gateway.http.get(path).status_code == 500

    started = [int(line) for line in gateway.terminal.splitlines() if line.isdigit()]
    assert len(started) == 2
    gateway.wait_for(lambda: not any(psutil.pid_exists(pid) for pid in started))


ENDLESS = "def handler(e, c):\n    print('holds', flush=True)\n    while True: pass"


@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_no_process_is_left_behind(serve: Serve, sent: signal.Signals) -> None:
    gateway = serve(echo=ECHO, endless=ENDLESS)
    gateway.http.get("/echo")
    with ThreadPoolExecutor(1) as threads:
        held = threads.submit(gateway.http.get, "/endless")
        gateway.wait_for(lambda: "holds" in gateway.terminal)
        workers = gateway.workers
        assert len(workers) == 2

        gateway.process.send_signal(sent)

        assert gateway.process.wait(20) == {signal.SIGINT: 130}.get(sent, -sent)
        psutil.wait_procs(workers, timeout=20)
        assert not any(worker.is_running() for worker in workers)
        held.exception()
    if sent == signal.SIGINT:
        assert "Traceback" not in gateway.terminal


def test_a_port_that_is_taken_is_said(serve: Serve) -> None:
    gateway = serve(echo=ECHO)
    port = str(gateway.http.base_url.port)

    second = plotgate("--port", port, folder=gateway.folder)

    assert second.returncode == 1
    assert second.stderr == f"Error: 127.0.0.1 port {port}: {os.strerror(errno.EADDRINUSE)}.\n"


def test_a_template_that_is_missing_is_said(tmp_path: Path) -> None:
    answer = plotgate("--template", "none.yaml", folder=tmp_path)

    assert answer.returncode == 1
    assert answer.stderr.startswith(f"Error: The template {tmp_path.resolve() / 'none.yaml'} cannot be read")


def plotgate(*options: str, folder: Path) -> "subprocess.CompletedProcess[str]":
    return subprocess.run([PLOTGATE, "serve", *options], cwd=folder, capture_output=True, text=True, timeout=60)


def test_8_clients_get_the_pictures_they_asked_for(serve: Serve) -> None:
    body = "figure = Figure(figsize=(2, 2)); figure.text(0, 0, str(number)); return figure"
    gateway = serve(plot=PLOT.format(parameters="number: int = 0", body=body))
    numbers = range(40)
    expected = {number: gateway.http.get(f"/plot?number={number}").content for number in numbers}
    assert len(set(expected.values())) == len(numbers)

    with ThreadPoolExecutor(8) as threads:
        asked = [n for i in range(10) for n in (numbers if i % 2 else reversed(numbers))]
        answers = threads.map(lambda n: gateway.http.get(f"/plot?number={n}").content, asked)
        assert all(answer == expected[number] for number, answer in zip(asked, answers, strict=True))


def test_json_without_a_status_is_the_answer(functions: Served) -> None:
    answer = functions.http.get("/plain")

    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/json")
    assert json.loads(answer.text) == {"a": 1}
