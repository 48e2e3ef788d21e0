"""What all tests share."""

import os

import pytest
from hypothesis import settings

from tests.found import ROOT

# The same examples in each run, and no limit of time: the machine may be busy.
settings.register_profile("plotgate", deadline=None, derandomize=True, database=None)
# A change of the code is tried on fewer: there are thousands of changes (docs/mutation.md).
settings.register_profile("mutation", settings.get_profile("plotgate"), max_examples=25)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "plotgate"))

# Each of two processes takes a group at a time: the tests of a file, but for these, which share what one of them makes,
# the folder that `sam build` fills.
GROUPS = {"tests/emulators": "built", "tests/layers/test_built.py": "built"}
# They last longest.
FIRST = [
    *("built", "tests/gallery", "tests/local", "tests/test_fuzzing", "tests/test_processes", "tests/figure/test_"),
    *("tests/data", "tests/layers"),
]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-baselines", action="store_true", help="write tests/baselines/ anew instead of comparing")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let the groups that last longest begin."""

    def group(item: pytest.Item) -> str:
        file = str(item.path.relative_to(ROOT))
        return next((name for start, name in GROUPS.items() if file.startswith(start)), file)

    def rank(item: pytest.Item) -> int:
        return next((number for number, start in enumerate(FIRST) if group(item).startswith(start)), len(FIRST))

    for item in items:
        item.add_marker(pytest.mark.xdist_group(group(item)))
    items.sort(key=rank)
