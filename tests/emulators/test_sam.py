"""Functions through `sam local invoke`: one of each set of layers."""

import json
import re
import subprocess

import pytest

from tests.emulators.built import Built
from tests.emulators.server import PLOTGATE, sam_local_invoke
from tests.found import ROOT, handler_of
from tests.wire import answer, function_event


@pytest.mark.parametrize("name", ["gallery", "breast_cancer_data/pairplot", "weather/temperature"])
def test_sam_local_invoke_answers_as_the_handler_does(name: str, functions: dict[str, Built], image: str) -> None:
    result = json.loads(sam_local_invoke(functions[name].function.name, function_event(name), image))
    assert result["isBase64Encoded"] is True  # the gallery's page is compressed, for the event's client accepts that
    assert answer(result).status == 200
    assert answer(result) == answer(handler_of(name)(function_event(name), None))


@pytest.mark.usefixtures("functions")
def test_sam_local_invoke_prints_what_the_readme_shows(image: str) -> None:
    command = r"^\$ plotgate event (\S+) \| sam local invoke (\w+) --event - 2>/dev/null \| cut -c 1-(\d+)\n(.*)$"
    found = re.search(command, (ROOT / "README.md").read_text(), re.MULTILINE)
    assert found
    url, function, width, shown = found.groups()
    event = json.loads(subprocess.check_output([PLOTGATE, "event", url], cwd=ROOT))
    assert sam_local_invoke(function, event, image)[: int(width)] == shown
