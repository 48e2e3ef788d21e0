"""When the signing keys of a secret are read; tests/data has the same with a real store."""

import json
import logging
from collections.abc import Iterator, Mapping

import pytest

from plotgate.data import secret
from plotgate.errors import KeysError
from plotgate.http import signing_keys
from plotgate.http.signing_keys import KEPT_FOR, PAUSE, RENEWED_AFTER

OLD, NEW = {"old": "o" * 32}, {"new": "n" * 32}
ARN = "arn:aws:ssm:eu-central-1:123456789012:parameter/keys"


class Store:
    """A secret store with a clock, which says what it was asked for."""

    def __init__(self) -> None:
        self.now = 1e9
        self.keys: Mapping[str, str] | Exception = OLD
        self.lasts = 0.0  # seconds of an answer
        self.asked: list[str] = []

    def time(self) -> float:
        return self.now

    def text(self, arn: str) -> str:
        self.asked.append(arn)
        self.now += self.lasts
        if isinstance(self.keys, Exception):
            raise self.keys
        return json.dumps(self.keys)


@pytest.fixture
def store(monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    store = Store()
    monkeypatch.setattr(signing_keys, "time", store)
    monkeypatch.setattr(secret, "secret_text", store.text)
    monkeypatch.setenv(signing_keys.SECRET, ARN)
    signing_keys._secret_at.cache_clear()
    yield store
    signing_keys._secret_at.cache_clear()


def test_the_secret_of_the_environment_is_asked_once_in_five_minutes(store: Store) -> None:
    for seconds, count in ((0, 1), (RENEWED_AFTER - 1, 1), (1, 2), (RENEWED_AFTER - 1, 2), (1, 3)):
        store.now += seconds
        assert signing_keys.signing_keys("old") == OLD
        assert store.asked == [ARN] * count


def test_an_unknown_key_is_looked_for_after_a_pause(store: Store) -> None:
    signing_keys.signing_keys("old")
    store.keys = NEW
    for seconds, keys in ((PAUSE - 1, OLD), (1, NEW), (0, NEW)):
        store.now += seconds
        assert signing_keys.signing_keys("new") == keys
    assert len(store.asked) == 2


def test_a_pause_begins_when_an_answer_ends(store: Store) -> None:
    store.lasts = 3.0
    signing_keys.signing_keys("old")
    store.now += PAUSE - 1
    signing_keys.signing_keys("other")
    assert len(store.asked) == 1
    store.now += 1
    signing_keys.signing_keys("other")
    assert len(store.asked) == 2


def test_keys_are_kept_for_an_hour_while_the_secret_cannot_be_read(
    store: Store, caplog: pytest.LogCaptureFixture
) -> None:
    signing_keys.signing_keys("old")
    store.keys = OSError("gone")
    store.now += KEPT_FOR - 1
    assert signing_keys.signing_keys("old") == OLD
    assert (caplog.messages[-1], caplog.records[-1].levelno) == (
        "The signing keys could not be read: OSError: gone",
        logging.WARNING,
    )
    store.now += 1
    with pytest.raises(KeysError, match=r"^The signing keys are not available just now\.$"):
        signing_keys.signing_keys("old")


def test_keys_that_never_could_be_read_open_nothing(store: Store) -> None:
    store.keys = OSError("gone")
    for _ in range(2):
        with pytest.raises(KeysError):
            signing_keys.signing_keys("")
    assert len(store.asked) == 1


def test_an_answer_is_waited_for_so_long(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    from plotgate.data import deadline

    waited = []
    within = deadline.within

    def recorded(seconds: float, *rest: object) -> object:
        waited.append(seconds)
        return within(seconds, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(deadline, "within", recorded)
    signing_keys.signing_keys("old")
    assert waited == [signing_keys.TIMEOUT]
