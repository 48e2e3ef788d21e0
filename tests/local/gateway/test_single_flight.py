"""Requests for one picture at one time."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import psutil
import pytest

from plotgate.local.gateway.single_flight import SingleFlight
from plotgate.local.workers.process import Answer, InvocationError
from tests.local.conftest import Serve

PUBLIC = {"cache-control": "public, max-age=60"}


def event(method: str = "GET", path: str = "/plot", query: str = "", **headers: str) -> dict[str, Any]:
    return {
        "rawPath": path,
        "rawQueryString": query,
        "headers": {name.replace("_", "-"): value for name, value in headers.items()},
        "requestContext": {"http": {"method": method}},
    }


class Function:
    """Answers when it is told to, and counts its invocations."""

    def __init__(self, answer: Callable[[], dict[str, Any]]) -> None:
        self.answer = answer
        self.calls = 0
        self.go = asyncio.Event()

    async def __call__(self) -> Answer:
        self.calls += 1
        await self.go.wait()
        return Answer(self.answer(), cold=False, peak_memory=0)


def invoked(events: list[dict[str, Any]], answer: Callable[[], dict[str, Any]]) -> tuple[int, list[Any]]:
    """How often the function was invoked by requests that overlap, and what they got."""

    async def run() -> tuple[int, list[Any]]:
        single_flight, function = SingleFlight(), Function(answer)
        tasks = [asyncio.create_task(single_flight.invoke(one, "plot", function)) for one in events]
        while function.calls == 0:
            await asyncio.sleep(0)
        function.go.set()
        found = await asyncio.gather(*tasks, return_exceptions=True)
        return function.calls, [one.value if isinstance(one, Answer) else one for one in found]

    return asyncio.run(run())


def picture(**headers: str) -> dict[str, Any]:
    return {"statusCode": 200, "headers": headers or PUBLIC, "body": "picture"}


def test_equal_requests_share_one_invocation() -> None:
    calls, found = invoked([event(user_agent=f"browser {number}") for number in range(5)], picture)
    assert calls == 1
    assert found == 5 * [picture()]


@pytest.mark.parametrize(
    "other", [{"path": "/other"}, {"query": "x=1"}, {"method": "HEAD"}, {"method": "POST"}, {"if_none_match": '"a"'},
     {"accept_encoding": "gzip"}, {"host": "another.example"}],
)  # fmt: skip
def test_other_requests_do_not(other: dict[str, str]) -> None:
    calls, _ = invoked([event(), event(**other)], picture)
    assert calls == 2


def test_an_answer_that_varies_by_encoding_is_shared_by_those_who_accept_the_same() -> None:
    shared = {"statusCode": 200, "headers": {**PUBLIC, "Vary": "Accept-Encoding"}}
    calls, found = invoked(3 * [event(accept_encoding="gzip")], lambda: shared)
    assert (calls, found) == (1, 3 * [shared])


@pytest.mark.parametrize(
    "answer",
    [
        {"statusCode": 422, "headers": {"cache-control": "no-store"}},
        {"statusCode": 200, "headers": {"Cache-Control": "private, max-age=60"}},
        {"statusCode": 200, "headers": {**PUBLIC, "Vary": "Accept"}},
        {"statusCode": 200, "headers": {**PUBLIC, "Set-Cookie": "a=b"}},
        {"statusCode": 200, "headers": PUBLIC, "cookies": ["a=b"]},
        {"statusCode": 200},
        {"hello": "world"},
        {"statusCode": 200, "headers": ["cache-control: public"]},
        {"statusCode": 200, "headers": "public"},
    ],
)
def test_an_answer_that_is_not_for_everybody_is_not_shared(answer: dict[str, Any]) -> None:
    calls, found = invoked(3 * [event()], lambda: answer)
    assert calls == 3
    assert found == 3 * [answer]


def test_who_waits_for_an_invocation_that_fails_learns_it() -> None:
    def fail() -> dict[str, Any]:
        raise InvocationError("it failed")

    calls, found = invoked(3 * [event()], fail)
    assert calls == 1
    assert [str(error) for error in found] == 3 * ["it failed"]


def test_a_later_request_is_a_new_one() -> None:
    async def run() -> int:
        single_flight, function = SingleFlight(), Function(picture)
        function.go.set()
        await single_flight.invoke(event(), "plot", function)
        await single_flight.invoke(event(), "plot", function)
        return function.calls

    assert asyncio.run(run()) == 2


def test_clients_of_the_gateway_share_one_drawing(serve: Serve) -> None:
    gateway = serve(
        plot="""
        import pathlib, threading

        def handler(event, context):
            with pathlib.Path("../calls").open("a") as calls:
                calls.write("x")
            while not pathlib.Path("../go").exists():
                threading.Event().wait(0.05)
            threading.Event().wait(0.5)
            return {"statusCode": 200, "headers": {"cache-control": "public"}, "body": "picture"}
        """
    )
    folder = gateway.folder
    with ThreadPoolExecutor(4) as clients:
        answers = [clients.submit(gateway.http.get, "/plot") for _ in range(4)]
        process = psutil.Process(gateway.process.pid)
        gateway.wait_for(lambda: sum(c.status == psutil.CONN_ESTABLISHED for c in process.net_connections()) >= 4)
        (folder / "go").touch()
        assert [answer.result().text for answer in answers] == 4 * ["picture"]
    assert (folder / "calls").read_text() == "x"
