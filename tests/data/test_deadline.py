"""A call that waits for a server is given up when its time is over."""

import threading

import pytest

from plotgate.data.deadline import within
from plotgate.data.source import UnavailableError


def never() -> None:
    raise AssertionError("nothing is to be given up")


def test_what_is_returned_in_time_is_returned() -> None:
    assert within(60, lambda: threading.current_thread().name, never) == "plotgate-data"
    assert within(60, lambda: threading.current_thread().daemon, never)


@pytest.mark.parametrize("error", [ValueError("no"), TimeoutError("the call's own"), KeyboardInterrupt()])
def test_what_is_raised_in_time_is_raised(error: BaseException) -> None:
    def fail() -> None:
        raise error

    with pytest.raises(type(error)) as caught:
        within(60, fail, never)
    assert caught.value is error


def test_what_takes_longer_is_given_up_and_said_to_be_unavailable() -> None:
    ended = threading.Event()
    with pytest.raises(UnavailableError, match=r"^The source did not answer within 0\.01 seconds\.$"):
        within(0.01, ended.wait, ended.set)
    assert ended.is_set()
