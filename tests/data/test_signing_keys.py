"""Signing keys in Secrets Manager and SSM: kept, renewed, rotated; none of it shows."""

import json
import threading
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import boto3
import httpx
import pytest

from plotgate import sign_url
from plotgate.data import secret
from plotgate.errors import KeysError
from plotgate.http import signing_keys
from plotgate.http.signing_keys import KEPT_FOR, PAUSE, RENEWED_AFTER
from tests.data.servers import AWS
from tests.local.conftest import Served, project, served

OLD, NEW = {"old": "o" * 32}, {"new": "n" * 32}

SMALL = """
    from matplotlib.figure import Figure
    from plotgate import serve

    def draw(bins: int = 10) -> Figure:
        return Figure(figsize=(2, 2))

    handler = serve(draw)
"""


class Clock:
    now = 1e9

    def time(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(signing_keys, "time", clock)
    return clock


@pytest.fixture(autouse=True)
def new_environment() -> Iterator[None]:
    signing_keys._secret_at.cache_clear()
    yield
    signing_keys._secret_at.cache_clear()


def stored(service: str, name: str, keys: Mapping[str, object] | str, monkeypatch: pytest.MonkeyPatch) -> str:
    """The ARN of a new secret with these keys, which the stage has from now on."""
    text = keys if isinstance(keys, str) else json.dumps(keys)
    if service == "ssm":
        ssm = boto3.client("ssm")
        ssm.put_parameter(Name=f"/{name}", Value=text, Type="SecureString", Overwrite=True)
        arn = ssm.get_parameter(Name=f"/{name}")["Parameter"]["ARN"]
    else:
        arn = boto3.client("secretsmanager").create_secret(Name=name, SecretString=text)["ARN"]
    monkeypatch.setenv("PLOTGATE_SIGNING_SECRET", arn)
    return arn


def put(arn: str, keys: Mapping[str, object] | str) -> None:
    text = keys if isinstance(keys, str) else json.dumps(keys)
    boto3.client("secretsmanager").put_secret_value(SecretId=arn, SecretString=text)


@pytest.mark.parametrize("service", ["secretsmanager", "ssm"])
def test_keys_are_those_of_the_secret(service: str, aws: AWS, monkeypatch: pytest.MonkeyPatch) -> None:
    stored(service, f"keys-{service}", OLD | NEW, monkeypatch)
    assert signing_keys.signing_keys("old") == OLD | NEW


def test_a_key_that_is_not_known_is_looked_for_but_not_at_each_request(
    aws: AWS, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    arn = stored("secretsmanager", "looked-for", OLD, monkeypatch)
    assert signing_keys.signing_keys("old") == OLD
    put(arn, OLD | NEW)
    clock.now += PAUSE - 0.1
    assert signing_keys.signing_keys("new") == OLD
    clock.now += 0.1
    assert signing_keys.signing_keys("new") == OLD | NEW
    put(arn, NEW)
    clock.now += PAUSE
    assert signing_keys.signing_keys("new") == OLD | NEW  # nothing to look for
    clock.now += RENEWED_AFTER
    assert signing_keys.signing_keys("new") == NEW


def test_a_stopped_store_is_done_without_for_an_hour_and_then_nobody_is_let_in(
    aws: AWS, clock: Clock, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    stored("secretsmanager", "stopped", OLD, monkeypatch)
    signing_keys.signing_keys("old")
    start = clock.now
    aws.stop()
    try:
        for seconds in (RENEWED_AFTER, RENEWED_AFTER + PAUSE, KEPT_FOR - 1):
            clock.now = start + seconds
            assert signing_keys.signing_keys("old") == OLD
        clock.now = start + KEPT_FOR
        with pytest.raises(KeysError, match="not available just now"):
            signing_keys.signing_keys("old")
    finally:
        aws.start()
    assert "The signing keys could not be read: " in caplog.text
    clock.now += PAUSE
    assert signing_keys.signing_keys("old") == OLD


@pytest.mark.parametrize("text", ["", "hunter2", '{"a": "hunter2"}', '{"a": 1}', "[]"])
def test_a_secret_without_keys_opens_nothing_and_never_shows(
    text: str, aws: AWS, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(secret, "secret_text", lambda arn: text)
    monkeypatch.setenv("PLOTGATE_SIGNING_SECRET", "arn:aws:ssm:x")
    caplog.set_level("DEBUG")
    with pytest.raises(KeysError) as caught:
        signing_keys.signing_keys("a")
    assert "hunter2" not in caplog.text + caught.value.detail
    assert "must be" in caplog.text


def test_keys_that_were_good_outlive_a_secret_that_is_not(
    aws: AWS, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    arn = stored("secretsmanager", "mistyped", OLD, monkeypatch)
    assert signing_keys.signing_keys("old") == OLD
    put(arn, "{")
    clock.now += RENEWED_AFTER
    assert signing_keys.signing_keys("old") == OLD


def test_no_arn_is_an_error_that_opens_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PLOTGATE_SIGNING_SECRET", "not-an-arn")
    with pytest.raises(KeysError):
        signing_keys.signing_keys("")


def test_keys_are_rotated_under_load_without_one_refusal(
    aws: AWS, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    arn = stored("secretsmanager", "rotated-under-load", OLD, monkeypatch)
    template = project(tmp_path, {"small": SMALL}, timeout=20) / "template.yaml"
    template.write_text(template.read_text().replace("COLOUR: red", "PLOTGATE_SIGNING_SECRET: ''"))
    with served(tmp_path, tmp_path / "terminal.txt") as gateway:
        rotate(arn, gateway)


def rotate(arn: str, gateway: Served) -> None:
    statuses: list[int] = []
    signers, over = [OLD], threading.Event()

    def load(number: int) -> None:
        with httpx.Client(base_url=gateway.http.base_url, timeout=60, trust_env=False) as http:
            while not over.is_set():
                url = sign_url(f"/small?bins={number}", expires=timedelta(minutes=5), keys=signers[-1])
                statuses.append(http.get(url).status_code)

    with ThreadPoolExecutor(4) as pool:
        clients = [pool.submit(load, number) for number in range(4)]
        try:
            gateway.wait_for(lambda: len(statuses) > 100)
            put(arn, OLD | NEW)
            over.wait(PAUSE)  # as docs/signing.md says
            signers.append(NEW)
            before = len(statuses)
            gateway.wait_for(lambda: len(statuses) > before + 100)
            put(arn, NEW)
            before = len(statuses)
            gateway.wait_for(lambda: len(statuses) > before + 100)
        finally:
            over.set()
        for client in clients:
            client.result()
    assert {*statuses} == {200}
    assert gateway.http.get("/small").status_code == 403
