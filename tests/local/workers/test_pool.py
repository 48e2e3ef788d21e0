"""The worker processes of one function."""

import asyncio
import textwrap
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import psutil
import pytest

from plotgate.local.template import Function
from plotgate.local.workers.capacity import Capacity
from plotgate.local.workers.pool import Pool
from plotgate.local.workers.process import InvocationError

EVENT = {"requestContext": {"requestId": "1"}}


def run(folder: Path, source: str, use: Callable[[Pool], Awaitable[Any]], limit: int = 1, idle: float = 60) -> Any:
    """What `use` makes of a pool for the source of a handler; no process may be left of it."""
    (folder / "app.py").write_text(textwrap.dedent(source))
    before = set(psutil.Process().children())

    async def with_pool() -> Any:
        pool = Pool(Function("Test", folder, "app.handler", 512, 20), Capacity(limit), idle)
        try:
            return await use(pool)
        finally:
            await pool.close()
            assert not pool.pids

    result = asyncio.run(with_pool())
    assert set(psutil.Process().children()) <= before
    return result


def test_there_are_never_more_workers_than_the_limit(tmp_path: Path) -> None:
    async def use(pool: Pool) -> list[int]:
        answers = await asyncio.gather(*(pool.invoke(EVENT, 30) for _ in range(6)))
        return [answer.value for answer in answers]

    pids = run(tmp_path, "import os\ndef handler(e, c): return os.getpid()", use, limit=2)

    assert len(set(pids)) == 2


def test_pools_that_share_their_room_keep_no_more_idle_workers_than_it_has(tmp_path: Path) -> None:
    async def use(pools: list[Pool]) -> list[int]:
        for pool in [*pools, pools[0], pools[1]]:
            await pool.invoke(EVENT, 30)
        return [len(pool.pids) for pool in pools]

    # The room is for two: the third pool's worker has made that of the first give way, and so on.
    assert shared(tmp_path, Capacity(1, idle=2), use) == [1, 1, 0]


def test_a_pool_uses_its_idle_worker_again_where_others_have_none(tmp_path: Path) -> None:
    async def use(pools: list[Pool]) -> list[bool]:
        return [(await pool.invoke(EVENT, 30)).cold for pool in [pools[0], pools[1], pools[1], pools[0]]]

    assert shared(tmp_path, Capacity(1, idle=1), use) == [True, True, False, True]


def test_a_request_that_finds_the_queue_full_is_turned_away(tmp_path: Path) -> None:
    async def use(pools: list[Pool]) -> list[str]:
        asked = [asyncio.create_task(pool.invoke(EVENT, 30)) for pool in pools for _ in range(2)]
        answers = await asyncio.gather(*asked, return_exceptions=True)
        later = await pools[0].invoke(EVENT, 30)
        return [type(answer).__name__ for answer in [*answers, later]]

    assert shared(tmp_path, Capacity(1, queue=2), use) == [*["Answer"] * 3, *["FullError"] * 3, "Answer"]


def shared(folder: Path, capacity: Capacity, use: Callable[[list[Pool]], Awaitable[Any]]) -> Any:
    """What `use` makes of three pools with one room."""
    (folder / "app.py").write_text("def handler(e, c): return 1")

    async def with_pools() -> Any:
        pools = [Pool(Function(name, folder, "app.handler", 512, 20), capacity, 60) for name in "ABC"]
        try:
            return await use(pools)
        finally:
            await asyncio.gather(*(pool.close() for pool in pools))

    return asyncio.run(with_pools())


def test_requests_wait_in_the_order_of_their_arrival(tmp_path: Path) -> None:
    async def use(pool: Pool) -> list[int]:
        answers = await asyncio.gather(*(pool.invoke(EVENT, 30) for _ in range(5)))
        return [answer.value for answer in answers]

    counted = run(tmp_path, "n = 0\ndef handler(e, c):\n    global n\n    n += 1\n    return n", use)

    assert counted == [1, 2, 3, 4, 5]


def test_an_idle_worker_is_stopped(tmp_path: Path) -> None:
    async def use(pool: Pool) -> list[bool]:
        first = await pool.invoke(EVENT, 30)
        async with asyncio.timeout(20):
            while pool.pids:
                await asyncio.sleep(0.01)
        second = await pool.invoke(EVENT, 30)
        return [first.cold, second.cold]

    assert run(tmp_path, "def handler(e, c): return 1", use, idle=0.01) == [True, True]


def test_a_worker_is_not_used_again_after_a_change(tmp_path: Path) -> None:
    async def use(pool: Pool) -> list[bool]:
        busy = asyncio.create_task(pool.invoke(EVENT, 30))
        async with asyncio.timeout(20):
            while not pool.pids:
                await asyncio.sleep(0.01)
        await pool.restart()
        return [(await busy).cold, (await pool.invoke(EVENT, 30)).cold]

    assert run(tmp_path, "def handler(e, c): return 1", use) == [True, True]


@pytest.mark.parametrize(
    "source",
    ["def handler(e, c):\n    while True: pass", "while True: pass"],
    ids=["handler", "import"],
)
def test_the_api_s_time_out_ends_the_worker(tmp_path: Path, source: str) -> None:
    async def use(pool: Pool) -> list[int]:
        with pytest.raises(TimeoutError):
            await pool.invoke(EVENT, 1.5)
        return pool.pids

    assert run(tmp_path, source, use) == []


def test_a_worker_that_died_while_idle_costs_nothing(tmp_path: Path) -> None:
    async def use(pool: Pool) -> list[bool]:
        colds = []
        for _ in range(5):
            colds.append((await pool.invoke(EVENT, 30)).cold)
            psutil.Process(pool.pids[0]).kill()
        return colds

    assert run(tmp_path, "def handler(e, c): return 1", use) == [True] * 5


def test_a_request_that_is_held_at_the_end_is_lost(tmp_path: Path) -> None:
    async def use(pool: Pool) -> str:
        held = asyncio.create_task(pool.invoke(EVENT, 30))
        waits = asyncio.create_task(pool.invoke(EVENT, 30))
        async with asyncio.timeout(20):
            while not pool.pids:
                await asyncio.sleep(0.01)
        await pool.close()
        for task in (held, waits):
            with pytest.raises(InvocationError) as lost:
                await task
        return str(lost.value)

    assert run(tmp_path, "def handler(e, c):\n    while True: pass", use) == "the gateway stops"


def test_a_worker_whose_function_raised_is_used_again(tmp_path: Path) -> None:
    source = """
        seen = []

        def handler(event, context):
            seen.append(event)
            if len(seen) == 1:
                raise KeyError("first")
    """

    async def use(pool: Pool) -> bool:
        with pytest.raises(InvocationError, match="KeyError: 'first'"):
            await pool.invoke(EVENT, 30)
        return (await pool.invoke(EVENT, 30)).cold

    assert not run(tmp_path, source, use)
