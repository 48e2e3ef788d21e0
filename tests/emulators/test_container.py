"""Every function within Lambda's limits: nothing to write to but /tmp, no rights, one processor, no network."""

from collections.abc import Callable
from pathlib import Path

import pytest

from plotgate.url.formats import FORMATS
from tests.emulators.built import Built
from tests.emulators.docker import strict_container
from tests.found import FOLDERS, PLOTS, handler_of
from tests.test_contract import ask, event_of
from tests.wire import answer, function_event

QUERIES = [*(f"format={form}" for form in FORMATS), "dpr=2", "theme=dark", "width=440&theme=dark&format=svg"]


@pytest.mark.parametrize("name", FOLDERS)
def test_a_strict_container_answers_as_the_handler_does(
    name: str, functions: dict[str, Built], opt_of: Callable[[Built], Path], image: str
) -> None:
    with strict_container(functions[name], opt_of(functions[name]), image) as container:
        first = answer(container.invoke(function_event(name)))
        queries = QUERIES if name in PLOTS else []
        bodies = {query: answer(container.invoke(event_of(name, query))).body for query in queries}
    assert first.status == 200
    assert first == answer(handler_of(name)(function_event(name), None))
    assert [query for query, body in bodies.items() if body != ask(name, query).body] == []
