"""What a machine lacks is a visible skip on a laptop and a failure in CI."""

import os
from typing import NoReturn

import pytest


def unavailable(reason: str) -> NoReturn:
    """Skip the test that needs what this machine lacks, or fail it where `CI` is set, as every CI service does."""
    if os.environ.get("CI", "").lower() not in ("", "0", "false"):
        pytest.fail(f"needed in CI: {reason}", pytrace=False)
    pytest.skip(reason)
