"""What a client sees of `plotgate serve`."""

import subprocess

import pytest

from tests.local.conftest import ECHO, PLOTGATE, Serve, Served


def test_a_plot_is_a_picture(plots: Served) -> None:
    answer = plots.http.get("/plots/breast_cancer_data/correlation_matrix")

    assert (answer.status_code, answer.headers["content-type"]) == (200, "image/png")
    assert answer.content.startswith(b"\x89PNG")


@pytest.mark.parametrize(("method", "path"), [("GET", "/nowhere"), ("POST", "/"), ("GET", "/plots/")])
def test_an_unknown_route_is_not_found(plots: Served, method: str, path: str) -> None:
    answer = plots.http.request(method, path)

    assert (answer.status_code, answer.text) == (404, '{"message":"Not Found"}')


def test_a_handler_that_raises_is_an_internal_error(serve: Serve) -> None:
    gateway = serve(bad="def handler(event, context):\n    raise ValueError('the secret reason')")

    answer = gateway.http.get("/bad")

    assert (answer.status_code, answer.text) == (500, '{"message":"Internal Server Error"}')
    gateway.wait_for(lambda: "500 GET  /bad" in gateway.terminal)
    assert "Traceback" in gateway.terminal
    assert "the secret reason" in gateway.terminal


def test_no_process_is_left_behind(serve: Serve) -> None:
    gateway = serve(echo=ECHO)
    gateway.http.get("/echo")
    (worker,) = gateway.workers

    gateway.process.send_signal(2)

    assert gateway.process.wait(20) == 130
    assert not worker.is_running()


def test_a_port_that_is_taken_is_said(serve: Serve) -> None:
    gateway = serve(echo=ECHO)
    port = str(gateway.http.base_url.port)

    second = subprocess.run(
        [PLOTGATE, "serve", "--port", port], cwd=gateway.folder, capture_output=True, text=True, timeout=60
    )

    assert second.returncode == 1
    assert second.stderr == f"Error: 127.0.0.1 port {port}: Address already in use.\n"
