"""What all tests share."""

import pytest
from hypothesis import settings

# The same examples in each run, and no limit of time: the machine may be busy.
settings.register_profile("plotgate", deadline=None, derandomize=True, database=None)
settings.load_profile("plotgate")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-baselines", action="store_true", help="write tests/baselines/ anew instead of comparing")
