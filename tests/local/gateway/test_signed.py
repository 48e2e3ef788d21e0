"""The local gateway with signing keys: they protect each plot that it serves, and its terminal has no signature."""

import io
import json
from datetime import timedelta

import pytest
from rich.console import Console

from plotgate import sign_url
from plotgate.local.terminal import Terminal
from tests.local.conftest import PLOT, Serve

KEYS = {"laptop": "key-of-more-than-thirty-two-letters"}
HOUR = timedelta(hours=1)


def test_keys_of_the_shell_protect_every_plot(serve: Serve, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PLOTGATE_SIGNING_KEYS", json.dumps(KEYS))
    source = PLOT.format(parameters="bins: int = 10", body="return Figure(figsize=(2, 2))")
    gateway = serve(one=source, two=source)
    for path in ("/one", "/two"):
        url = sign_url(f"{path}?bins=3", expires=2 * HOUR, free=["theme"])
        assert gateway.http.get(url).headers["cache-control"] == "private, max-age=3600"
        assert gateway.http.get(f"{url}&theme=dark").status_code == 200
        assert gateway.http.get(f"{url}&width=300").status_code == 403
        assert gateway.http.get(path).status_code == 403
        signature = url.partition("signature=")[2]
        assert signature not in gateway.terminal
    assert "signature=…" in gateway.terminal
    assert KEYS["laptop"] not in gateway.terminal


@pytest.mark.parametrize(
    ("target", "shown"),
    [
        ("/plots/x", "/plots/x"),
        ("/plots/x?", "/plots/x?"),
        ("/x?signature=secret", "/x?signature=…"),
        ("/x?a=1&signature=secret&b=2", "/x?a=1&signature=…&b=2"),
        ("/x?s%69gnature=secret&signature=secret", "/x?s%69gnature=…&signature=…"),
        ("/x?%73%69%67%6e%61%74%75%72%65=secret", "/x?%73%69%67%6e%61%74%75%72%65=…"),
        ("/x?signature=se=cret", "/x?signature=…"),
        ("/x?signatures=1&asignature=2", "/x?signatures=1&asignature=2"),
    ],
)
def test_the_terminal_shows_no_signature(target: str, shown: str) -> None:
    console = Console(file=io.StringIO(), width=200)
    Terminal(console).request("GET", target, 200, 0.1, None, "")
    assert console.file.getvalue().split()[2] == shown  # type: ignore[attr-defined]
