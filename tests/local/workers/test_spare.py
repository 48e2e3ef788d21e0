"""A worker with the stack imported takes over after a change, and nobody could tell but by the time."""

import asyncio
import textwrap
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import psutil

from plotgate.local.template import Function
from plotgate.local.workers.capacity import Capacity
from plotgate.local.workers.pool import Pool
from plotgate.local.workers.spare import Spare
from tests.wire import Request, http_api

SURROUNDINGS = """
    import os, sys, time

    STACK = "pandas" in sys.modules

    def handler(event, context):
        names = ["AWS_LAMBDA_FUNCTION_NAME", "COLOUR", "MPLBACKEND", "TZ"]
        environment = [os.environ.get(name) for name in names]
        return [os.getpid(), STACK, os.getcwd(), sys.path[0], sys.argv[1:], context.function_name, environment]
"""

CHANCE = """
    import random
    import numpy as np
    from matplotlib.figure import Figure
    from plotgate import serve

    NOISE = np.random.default_rng().random(5) + np.random.rand(5) + random.random()

    def draw() -> Figure:
        figure = Figure(figsize=(3, 2))
        figure.subplots().plot(NOISE, label=str({"a", "b", "c"}))
        return figure

    handler = serve(draw)
"""


def answers(
    folder: Path, source: str, handler: str, event: Mapping[str, Any], variables: Mapping[str, str] | None = None
) -> list[Any]:
    """What a function answers before a change, and after it, and the process id of the spare worker."""
    (folder / "app.py").write_text(textwrap.dedent(source))
    function = Function("Test", folder, handler, 512, 60, {"COLOUR": "red"} | dict(variables or {}))

    async def ask() -> list[Any]:
        spare = Spare()
        pool = Pool(function, Capacity(1), 60, spare)
        try:
            spare.prepare()
            before = await pool.invoke(dict(event), 60)
            assert spare.pid is not None
            prepared = spare.pid
            await pool.restart()
            after = await pool.invoke(dict(event), 60)
            return [before.value, after.value, prepared]
        finally:
            await pool.close()
            await spare.close()
            assert spare.pid is None

    return asyncio.run(ask())


def test_it_is_the_function_after_a_change_and_not_before(tmp_path: Path) -> None:
    before, after, spare = answers(tmp_path, SURROUNDINGS, "app.handler", {})

    assert before[0] != spare
    assert not before[1]
    assert after[:2] == [spare, True]
    environment = ["Test", "red", None, "UTC"]
    assert before[2:] == after[2:] == [str(tmp_path), str(tmp_path), [], "Test", environment]


def test_it_does_not_suit_what_the_stack_reads_when_it_starts(tmp_path: Path) -> None:
    _, after, spare = answers(tmp_path, SURROUNDINGS, "app.handler", {}, {"OMP_NUM_THREADS": "1"})

    assert after[0] != spare
    assert not after[1]


def test_it_draws_the_same_bytes_with_the_same_tag(tmp_path: Path) -> None:
    event = http_api(Request("/plots/some/plot", "", headers={"accept": "*/*"}))
    before, after, _ = answers(tmp_path, CHANCE, "plotgate.entry.handler", event)

    assert before["statusCode"] == 200
    assert before["body"] == after["body"]
    tags = [answer["headers"]["etag"] for answer in (before, after)]
    assert tags[0] == tags[1]


def test_it_ends_when_the_gateway_does() -> None:
    async def start() -> int:
        spare = Spare()
        spare.prepare()
        while spare.pid is None:
            await asyncio.sleep(0.01)
        pid = spare.pid
        await spare.close()
        return pid

    pid = asyncio.run(start())
    assert not psutil.pid_exists(pid)
