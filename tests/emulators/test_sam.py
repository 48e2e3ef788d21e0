"""Every function through `sam local invoke`."""

import json
import re

import pytest

from tests.emulators.built import Built
from tests.emulators.server import sam_local_invoke
from tests.events import event_file, load_event
from tests.found import FOLDERS, ROOT, handler_of
from tests.wire import answer


@pytest.mark.parametrize("name", FOLDERS)
def test_sam_local_invoke_answers_as_the_handler_does(name: str, functions: dict[str, Built], image: str) -> None:
    result = json.loads(sam_local_invoke(functions[name].function.name, event_file(name), image))
    assert result["isBase64Encoded"] is True  # the gallery's page is compressed, for the event's client accepts that
    assert answer(result).status == 200
    assert answer(result) == answer(handler_of(name)(load_event(name), None))


@pytest.mark.usefixtures("functions")
def test_sam_local_invoke_prints_what_the_readme_shows(image: str) -> None:
    command = r"^\$ sam local invoke (\w+) --event (\S+) 2>/dev/null \| cut -c 1-(\d+)\n(.*)$"
    found = re.search(command, (ROOT / "README.md").read_text(), re.MULTILINE)
    assert found
    function, event, width, shown = found.groups()
    assert sam_local_invoke(function, event, image)[: int(width)] == shown
