"""`plotgate cost`: dollars that can be checked by hand."""

import json
import subprocess

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plotgate.local.cost import Use, costs
from tests.local.conftest import PLOTGATE

USE = Use(pictures=1_000_000, hit_rate=0.9, milliseconds=500, memory=2048, size=100_000)


def test_a_million_pictures_cost_what_the_price_lists_say() -> None:
    alone, with_cdn, plan, server = costs(USE)
    # 10**6 x 0.5 s x 2 GB x 0.0000166667 USD and 10**6 x 0.0000002 USD; 1 USD of the API; 100 GB x 0.09 USD
    assert (alone.compute, alone.requests, alone.transfer) == pytest.approx((16.8667, 1.0, 9.0))
    # a tenth of it, and 10**6 x (0.000001 + 0.0000001) USD at the edge; 100 GB x 0.085 USD
    assert (with_cdn.compute, with_cdn.requests, with_cdn.transfer) == pytest.approx((1.68667, 1.2, 8.5))
    assert (plan.compute, plan.requests, plan.transfer) == pytest.approx((1.68667, 0.1, 0))
    assert server.compute == pytest.approx(730 * (0.04048 + 2 * 0.004445))
    assert server.total == pytest.approx(server.compute + 9.0)


def test_answer_of_more_than_half_a_megabyte_is_two_requests() -> None:
    small, large = (costs(Use(1000, 0, 1, 128, size))[0].requests for size in (512_000, 512_001))
    assert large == pytest.approx(2 * small)


def test_plan_without_a_price_is_named_where_it_is_enough_alone() -> None:
    assert len(costs(USE)) == 4
    assert len(costs(Use(1_000_001, 0.9, 500, 2048, 1000))) == 3
    assert len(costs(Use(1_000_000, 0.9, 500, 2048, 100_001))) == 3


@given(
    st.integers(0, 10**9), st.floats(0, 1), st.floats(0, 30_000), st.integers(128, 10_240), st.integers(1, 4_700_000)
)
def test_costs_are_never_negative_and_a_better_hit_rate_costs_no_more(
    pictures: int, hit_rate: float, ms: float, memory: int, size: int
) -> None:
    found = costs(Use(pictures, hit_rate, ms, memory, size))
    assert all(min(one.compute, one.requests, one.transfer) >= 0 for one in found)
    assert costs(Use(pictures, 1, ms, memory, size))[1].total <= found[1].total + 1e-9


def run(*arguments: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run([PLOTGATE, "cost", *arguments], capture_output=True, text=True, timeout=60)


def test_command_prints_a_table_with_where_its_prices_are_from() -> None:
    done = run("--pictures", "1000000", "--ms", "500", "--memory", "2048", "--size", "100")
    assert (done.returncode, done.stderr) == (0, "")
    assert "HTTP API and Lambda                     16.87      1.00      9.00  26.87" in done.stdout.splitlines()
    assert "prices of November 2026" in done.stdout


def test_command_prints_json_and_refuses_what_cannot_be() -> None:
    assert next(one["name"] for one in json.loads(run("--json").stdout)) == "HTTP API and Lambda"
    refused = run("--hit-rate", "90")
    assert (refused.returncode, refused.stdout) == (2, "")
    assert "hit-rate" in refused.stderr


def test_arm_costs_a_fifth_less_to_compute() -> None:
    x86, arm = (json.loads(run("--json", "--architecture", name).stdout)[0]["compute"] for name in ("x86_64", "arm64"))
    assert 0.79 < arm / x86 < 0.82
