"""What all tests share."""

import os
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import settings

if TYPE_CHECKING:
    from playwright.sync_api import Browser

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


@pytest.fixture(scope="module")
def browser() -> Iterator["Browser"]:
    from tests.chromium import chromium  # most runs need none

    with chromium() as launched:
        yield launched


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-baselines", action="store_true", help="take what works by now out of tests/gallery/known.txt"
    )


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let the groups that last longest begin."""

    def rank(item: pytest.Item) -> int:
        name = group(item.nodeid)
        return next((number for number, start in enumerate(FIRST) if name.startswith(start)), len(FIRST))

    items.sort(key=rank)


@pytest.hookimpl(optionalhook=True)  # xdist's
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """Give each process a group at a time."""
    from xdist.scheduler import LoadScopeScheduling

    scheduling = LoadScopeScheduling(config, log)
    scheduling._split_scope = group
    return scheduling


def group(nodeid: str) -> str:
    """What a test shares a process with."""
    return next((name for start, name in GROUPS.items() if nodeid.startswith(start)), nodeid.partition("::")[0])
