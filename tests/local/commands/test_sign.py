"""`plotgate sign` prints a URL that is good where its key is one of the stage's."""

import json
import time
from datetime import UTC, datetime
from urllib.parse import parse_qsl, urlsplit

import pytest
from typer.testing import CliRunner, Result

from plotgate.local.cli import app
from plotgate.url.grant import Grant, check

KEYS = {"old": "key-of-more-than-thirty-two-letters", "new": "another-of-more-than-thirty-two-letters"}
URL = "https://plots.example/plots/x?bins=3"


@pytest.fixture(autouse=True)
def keys(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PLOTGATE_SIGNING_KEYS", json.dumps(KEYS))


def sign(*arguments: str) -> Result:
    return CliRunner().invoke(app, ["sign", *arguments])


def granted(*arguments: str) -> tuple[str, Grant]:
    """The id of the key that signed, and what the URL is good for."""
    done = sign(URL, *arguments)
    assert done.exit_code == 0, done.stderr
    (line,) = done.stdout.splitlines()
    assert line.startswith(f"{URL}&")
    query = parse_qsl(urlsplit(line).query)
    return dict(query)["key_id"], check("/plots/x", query, KEYS, time.time())


def test_a_url_is_signed_by_the_last_key_for_as_long_as_is_said() -> None:
    before = time.time()
    key, grant = granted("--expires", "1h", "--free", "theme,width")
    assert key == "new"
    assert before + 3599 <= grant.expires <= time.time() + 3600
    assert grant.free == {"theme", "width"}


def test_key_and_moments_can_be_said() -> None:
    key, grant = granted("--key", "old", "--expires", "2099-01-01T00:00Z", "--not-before", "30s")
    assert key == "old"
    assert grant == Grant(int(datetime(2099, 1, 1, tzinfo=UTC).timestamp()), frozenset())


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (["/plots/x"], 2, "--expires"),
        (["/plots/x", "--expires", "1m"], 2, "such as 90min"),
        (["/plots/x", "--expires", "2027-01-01"], 2, "such as 90min"),
        (["/plots/x", "--expires", "1h", "--key", "other"], 1, "The key must be old or new, not 'other'."),
        (["/plots/x", "--expires", "1h", "--free", "theme, width"], 1, "not ' width'"),
        (["/plots/x?signature=1", "--expires", "1h"], 1, "must have no `signature` yet"),
        (["/plots/x", "--expires", "1h", "--not-before", "2h"], 1, "must be earlier than `expires`"),
    ],
)
def test_what_cannot_be_signed_is_said(arguments: list[str], code: int, says: str) -> None:
    done = sign(*arguments)
    assert (done.exit_code, done.stdout) == (code, "")
    assert says in " ".join(done.stderr.split())
    assert not any(key in done.stderr for key in KEYS.values())


@pytest.mark.parametrize(("text", "says"), [("", "must hold the signing keys"), ("{}", "There must be a signing key")])
def test_without_keys_nothing_is_signed(
    text: str, says: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setenv("PLOTGATE_SIGNING_KEYS", text)
    done = sign(URL, "--expires", "1h")
    assert (done.exit_code, done.stdout) == (1, "")
    assert says in done.stderr + caplog.text  # a terminal shows both
