"""`python -m benchmarks signing` measures what it says."""

import pytest

from benchmarks import signing
from benchmarks._event import event
from functions.breast_cancer_data.correlation_matrix.app import handler


@pytest.fixture(autouse=True)
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(signing, "ROUNDS", 20)
    monkeypatch.setattr(signing, "ANSWERS", 2)


def test_signatures_that_are_compared_are_right_and_wrong() -> None:
    table = signing._comparisons()
    assert table.row_count == 4
    assert 0 < signing._in_node() < 1


def test_answers_that_are_measured_are_what_they_are_called() -> None:
    assert signing._answers().row_count == 5
    assert "/plots/" in signing.SIGNED
    query = signing.SIGNED.partition("?")[2]
    for keys, asked, status in (("", query, 200), ("x", query, 503)):
        with pytest.MonkeyPatch.context() as monkeypatch:
            monkeypatch.setenv("PLOTGATE_SIGNING_KEYS", keys)
            assert handler(event(signing.PATH, asked), None)["statusCode"] == status
