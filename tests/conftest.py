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

BUILT = "tests/emulators"  # what uses the folder that `sam build` fills, and Docker
GALLERY = "tests/gallery"  # what uses the folder with the galleries' scripts
GROUPS: dict[str, str | tuple[str, ...]] = {BUILT: (BUILT, "tests/layers/test_built"), GALLERY: GALLERY}
FIRST = [
    BUILT,
    GALLERY,
    "tests/local",
    "tests/test_fuzzing",
    "tests/data",
    "tests/layers",
    "tests/test_processes",
]  # they last


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-baselines", action="store_true", help="write tests/baselines/ anew instead of comparing")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Where tests run in two processes, those of a file run in one of them, and so does all that shares a folder.

    Everything else owns its ports and folders. The files that last longest begin.
    """
    ranks = {}
    for item in items:
        file = str(item.path.relative_to(ROOT))
        group = next((name for name, starts in GROUPS.items() if file.startswith(starts)), file)
        if config.pluginmanager.hasplugin("xdist"):
            item.add_marker(pytest.mark.xdist_group(group))
        ranks[item] = next((rank for rank, start in enumerate(FIRST) if group.startswith(start)), len(FIRST))
    items.sort(key=ranks.__getitem__)
