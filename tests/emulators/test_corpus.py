"""The corpus sent all four ways: to the handler, the local gateway, AWS's emulator, and `sam local start-api`."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache

import httpx
import pytest

from tests.emulators.built import Built
from tests.emulators.corpus import CORPUS, NOT_FOUND
from tests.emulators.known_differences import OF_SAM_LOCAL
from tests.emulators.runtime import Emulator
from tests.emulators.server import gateway, sam_local_start_api
from tests.found import handler_of
from tests.wire import Answer, Request, answer, http_api

LIVE = b'<script src="/.plotgate/live.js" defer></script>'  # pages follow the files that draw them
REACHES_A_FUNCTION = [name for name, exchange in CORPUS.items() if exchange.function]


@pytest.fixture(scope="module")
def gateway_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with gateway(tmp_path_factory.mktemp("gateway") / "log") as url:
        yield url


@pytest.fixture(scope="module")
def sam_url(functions: dict[str, Built], image: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with sam_local_start_api(image, tmp_path_factory.mktemp("sam") / "log") as url:
        yield url


@pytest.mark.parametrize("name", REACHES_A_FUNCTION)
def test_the_handler_answers(name: str) -> None:
    exchange = CORPUS[name]
    assert right(name).status == exchange.status
    assert right(name).content_type == exchange.content_type
    assert bool(right(name).body) is (exchange.request.method != "HEAD" and exchange.status != 304)


@pytest.mark.parametrize("name", CORPUS)
def test_the_local_gateway_agrees_but_for_the_script_of_its_pages(name: str, gateway_url: str) -> None:
    found, full = asked(gateway_url, CORPUS[name].request), right(name)
    is_page = full.status == 200 and full.content_type.startswith("text/html") and full.body != b""
    assert found.body.count(LIVE) == is_page
    assert replace(found, body=found.body.replace(LIVE, b"")) == full


@pytest.mark.parametrize("name", REACHES_A_FUNCTION)
def test_the_emulator_agrees(name: str, functions: dict[str, Built], emulator_of: Callable[[Built], Emulator]) -> None:
    exchange = CORPUS[name]
    assert exchange.function is not None
    assert answer(emulator_of(functions[exchange.function]).invoke(http_api(exchange.request))) == right(name)


@pytest.mark.parametrize("name", CORPUS)
def test_sam_local_agrees_but_for_what_is_known(name: str, sam_url: str) -> None:
    request = CORPUS[name].request
    assert asked(sam_url, request) == without_body_for_head(request, OF_SAM_LOCAL.get(name, right(name)))


@cache
def right(name: str) -> Answer:
    """The answer that all ways must give: that of the handler in this process, or of HTTP API itself."""
    exchange = CORPUS[name]
    if exchange.function is None:
        return without_body_for_head(exchange.request, NOT_FOUND)
    return answer(handler_of(exchange.function)(http_api(exchange.request), None))


def asked(url: str, request: Request) -> Answer:
    # `raw_path` is sent as it is: httpx would tidy up an odd URL.
    target = httpx.URL(url, raw_path=request.target.encode())
    response = httpx.request(request.method, target, headers=request.headers, timeout=120, trust_env=False)
    return Answer(response.status_code, response.headers.get("content-type", ""), response.content)


def without_body_for_head(request: Request, full: Answer) -> Answer:
    return Answer(full.status, full.content_type, b"") if request.method == "HEAD" else full
