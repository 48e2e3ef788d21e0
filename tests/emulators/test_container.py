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
        result = container.invoke(function_event(name))
    assert answer(result).status == 200
    assert answer(result) == answer(handler_of(name)(function_event(name), None))


@pytest.mark.parametrize("plot", PLOTS)
def test_a_strict_container_answers_with_the_same_bytes(
    plot: str, functions: dict[str, Built], opt_of: Callable[[Built], Path], image: str
) -> None:
    with strict_container(functions[plot], opt_of(functions[plot]), image) as container:
        answers = {query: answer(container.invoke(event_of(plot, query))) for query in QUERIES}
    assert {query: found.status for query, found in answers.items()} == dict.fromkeys(QUERIES, 200)
    assert [query for query in QUERIES if answers[query].body != ask(plot, query).body] == []
