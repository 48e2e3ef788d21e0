"""What a host asks to know whether it may send requests."""

import asyncio
import io
import json
from pathlib import Path

import pytest
from rich.console import Console

from plotgate.local.gateway.payload import Response
from plotgate.local.gateway.probes import ALIVE, READY, Probes
from plotgate.local.template import Function
from plotgate.local.terminal import Terminal
from tests.local.conftest import ECHO, Serve


def test_the_gateway_says_that_it_lives_without_a_worker(serve: Serve) -> None:
    gateway = serve(echo=ECHO)

    answer = gateway.http.get("/healthz")

    assert (answer.status_code, answer.json()) == (200, {"status": "alive"})
    assert answer.headers["cache-control"] == "no-store"
    assert gateway.http.head("/healthz").status_code == 200
    assert gateway.http.post("/healthz").status_code == 404
    assert gateway.workers == []


def test_it_says_that_it_is_ready_when_it_has_drawn(serve: Serve) -> None:
    gateway = serve(broken="raise ValueError('an author has erred')")

    answer = gateway.http.get("/readyz")

    assert (answer.status_code, answer.json()) == (200, {"status": "ready"})
    assert answer.headers["cache-control"] == "no-store"
    assert len(gateway.workers) == 1
    assert gateway.http.get("/readyz").status_code == 200
    assert "/readyz" not in gateway.terminal


def test_it_is_ready_where_plots_need_a_signature(serve: Serve, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PLOTGATE_SIGNING_KEYS", json.dumps({"one": "A" * 43}))

    assert serve(echo=ECHO).http.get("/readyz").status_code == 200


FAILURES = {
    "raise ImportError('/secret/path')": "app.handler could not be imported",
    "def handler(e, c): raise ValueError('/secret/path')": "ValueError: /secret/path",
    "import os\ndef handler(e, c): os._exit(1)": "ended its process with status 1",
    "def handler(e, c):\n    while True: pass": "timed out after 1 s",
}


@pytest.mark.parametrize("source", FAILURES)
def test_it_is_not_ready_where_nothing_can_be_drawn(source: str, tmp_path: Path) -> None:
    answer, terminal = asked(tmp_path, source)

    assert answer.status == 503
    assert dict(answer.headers) == {"content-type": "application/problem+json", "cache-control": "no-store"}
    assert json.loads(answer.body)["detail"] == "A small picture could not be drawn; the log has the reason."
    assert FAILURES[source] in terminal


def test_it_is_not_ready_where_the_picture_is_none(tmp_path: Path) -> None:
    answer, _ = asked(tmp_path, "def handler(e, c): return {'body': 'aGk='}")

    assert (answer.status, json.loads(answer.body)["detail"]) == (503, "A small picture was drawn that is no PNG.")


def test_all_who_ask_at_once_share_one_drawing(tmp_path: Path) -> None:
    (tmp_path / "app.py").write_text("def handler(e, c): return {'body': ''}")

    async def ask() -> list[Response]:
        probes = Probes(Terminal(Console(file=io.StringIO())), Function("Test", tmp_path, "app.handler", 512, 20))
        try:
            return await asyncio.gather(*(probes.answer(READY) for _ in range(9)))
        finally:
            await probes.close()

    answers = asyncio.run(ask())
    assert all(answer is answers[0] for answer in answers)


def test_it_lives_where_it_is_not_ready(tmp_path: Path) -> None:
    assert asked(tmp_path, "1 / 0", ALIVE)[0].status == 200


def asked(folder: Path, source: str, path: str = READY) -> tuple[Response, str]:
    """A probe's answer where drawing is the work of `source`, and what the terminal says."""
    (folder / "app.py").write_text(source)
    output = io.StringIO()

    async def ask() -> Response:
        probes = Probes(Terminal(Console(file=output)), Function("Test", folder, "app.handler", 512, 1))
        try:
            return await probes.answer(path)
        finally:
            await probes.close()

    return asyncio.run(ask()), output.getvalue()
