"""Hostile requests, made up: none fails, tells what it should not, or is answered in a form that is broken."""

import base64
import gzip
from collections import Counter
from typing import Any

import pytest

from tests.found import PLOTS, ROOT
from tests.hostile import Attack, attacks, faults


def test_hostile_requests_are_answered_in_good_order() -> None:
    wrong = []
    reached: Counter[tuple[str, int]] = Counter()
    for attack in attacks(500 * len(PLOTS)):
        result = attack.answered()
        reached[attack.function, result["statusCode"]] += 1
        if found := faults(attack, result):
            wrong.append(f"{attack.tells[:300]!r}: {', '.join(found)}")
    assert not wrong, f"{len(wrong)} answers:\n" + "\n".join(wrong)
    for plot in PLOTS:
        assert reached[plot, 422] > 100
        assert all(reached[plot, status] for status in (200, 400, 404, 405))


GOOD: dict[str, Any] = {
    "statusCode": 422,
    "headers": {"content-type": "application/problem+json", "x-content-type-options": "nosniff"},
    "body": '{"detail": "It is so."}',
    "isBase64Encoded": False,
}


def answered(body: str, media_type: str = "application/problem+json", **headers: str) -> dict[str, Any]:
    return GOOD | {"body": body, "headers": GOOD["headers"] | {"content-type": media_type, **headers}}


@pytest.mark.parametrize(
    ("result", "fault"),
    [
        (GOOD, []),
        (GOOD | {"statusCode": 502}, ["status 502"]),
        (GOOD | {"headers": {"content-type": "application/json"}}, ["no nosniff"]),
        (answered("{}", x="a\r\nset-cookie: b"), ["header 'x'"]),
        (answered("{}", x="\u20ac"), ["header 'x'"]),
        (answered("{"), ["application/problem+json: "]),
        (answered("<svg>\0</svg>", "image/svg+xml"), ["image/svg+xml: "]),
        (answered("a,b\nc\n", "text/csv"), ["text/csv: "]),
        (answered("PNG", "image/png"), ["image/png: "]),
        (answered(f'"{ROOT}"'), ["leak "]),
        (answered('"/var/task/app"'), ["leak '/var/'"]),
        (answered('"Traceback (most recent call last)"'), ["leak 'Traceback'"]),
        (answered('"plotgate.url.view"'), ["leak 'plotgate.url'"]),
        (answered(f'"{"x" * 6_300_000}"'), ["too large"]),
    ],
)
@pytest.mark.parametrize("compressed", [False, True])
def test_what_is_wrong_with_an_answer_is_found(result: dict[str, Any], fault: list[str], compressed: bool) -> None:
    if compressed and fault != ["too large"]:
        body = base64.b64encode(gzip.compress(result["body"].encode())).decode()
        headers = result["headers"] | {"content-encoding": "gzip"}
        result = result | {"body": body, "headers": headers, "isBase64Encoded": True}
    found = faults(Attack("gallery", {"rawPath": "/"}, ""), result)
    assert [said[: len(expected)] for said, expected in zip(found, fault, strict=False)] == fault
    assert bool(found) == bool(fault)


def test_what_a_request_said_itself_is_no_leak() -> None:
    assert faults(Attack("gallery", {"rawPath": "/var/task"}, ""), answered('"/var/task"')) == []
