"""Every function through `sam local invoke`."""

import pytest

from tests.emulators.built import Built
from tests.emulators.server import sam_local_invoke
from tests.events import load_event
from tests.found import FOLDERS, PLOTS, handler_of
from tests.http import answer


@pytest.mark.parametrize("name", FOLDERS)
def test_sam_local_invoke_answers_as_the_handler_does(name: str, functions: dict[str, Built], image: str) -> None:
    result = sam_local_invoke(functions[name], image)
    assert result["isBase64Encoded"] is (name in PLOTS)
    assert answer(result).status == 200
    assert answer(result) == answer(handler_of(name)(load_event(name), None))
