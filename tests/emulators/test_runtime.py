"""Every function under AWS's emulator and runtime client, without Docker."""

from collections.abc import Callable

import pytest

from tests.emulators.built import Built
from tests.emulators.runtime import Emulator
from tests.found import FOLDERS, handler_of
from tests.wire import answer, function_event


@pytest.mark.parametrize("name", FOLDERS)
def test_the_emulator_answers_as_the_handler_does(
    name: str, functions: dict[str, Built], emulator_of: Callable[[Built], Emulator]
) -> None:
    result = emulator_of(functions[name]).invoke(function_event(name))
    assert answer(result).status == 200
    assert answer(result) == answer(handler_of(name)(function_event(name), None))
