"""Nothing of an address but its kind and its host reaches the log."""

import logging

import pytest

from plotgate import Table
from plotgate.data.address import without_address
from plotgate.errors import DataError

TABLE = Table("hidden", {"x": int}, version="select 1")


@pytest.mark.parametrize(
    "address",
    [
        "postgresql://reader@127.0.0.1:hunter2/vault",
        "postgresql://reader:hunter2@127.0.0.1:1/vault",
        "postgresql://127.0.0.1:1/vault?password=hunter2",
        "postgresql://127.0.0.1:1/vault?hunter2=vault",
        "postgresql://reader@127.0.0.1:1/hunter2",
        "postgresql://reader@h1:hunter2,h2:5432/vault",
        "postgresql://reader:hunter2:word/vault",
        "postgresql://reader@127.0.0.1:hunter2\n/vault",
        "sqlite:////nowhere/hunter2.db",
        "mysql://reader:hunter2@127.0.0.1/vault",
        "s3://vault/hunter2",
        "hunter2://vault/reader.csv",
    ],
)
def test_what_an_address_holds_does_not_reach_the_log(
    address: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG, "plotgate")
    monkeypatch.setenv("DATA_HIDDEN", address)
    with pytest.raises(DataError):
        TABLE.read()
    if not address.startswith("hunter2"):  # the kind of an address may be said
        assert "hunter2" not in caplog.text
    assert "vault" not in caplog.text
    assert "reader" not in caplog.text


def test_the_host_is_said() -> None:
    message = 'connection to server at "db.example.com", port 5432 failed: no user "me" of "sales"'
    assert without_address(message, "postgresql://me@db.example.com:5432/sales") == (
        'connection to server at "db.example.com", port … failed: no user "…" of "…"'
    )


def test_a_files_path_is_said() -> None:
    assert without_address("No such file: '/data/rows.csv'", "/data/rows.csv") == "No such file: '/data/rows.csv'"


@pytest.mark.parametrize("password", ["word-of-hunter", "hunter-word"])
def test_a_part_that_holds_another_is_hidden_whole(password: str) -> None:
    address = f"postgresql://word:{password}@host/data"
    assert without_address(f"login {password} failed", address) == "login … failed"
