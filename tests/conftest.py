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

FIRST = ["tests/local", "tests/test_fuzzing", "tests/data", "tests/layers", "tests/test_processes"]  # they last longest


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-baselines", action="store_true", help="write tests/baselines/ anew instead of comparing")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let the files that last longest begin: two processes share the tests."""

    def rank(item: pytest.Item) -> int:
        file = str(item.path.relative_to(ROOT))
        return next((number for number, start in enumerate(FIRST) if file.startswith(start)), len(FIRST))

    items.sort(key=rank)
