"""One lock: a laptop, Lambda and the container draw with the same versions."""

from typing import Any

import pytest

from builder.requirements import GROUPS, changes, exported, file


@pytest.mark.parametrize("layer", GROUPS)
def test_requirements_are_those_of_the_lock(layer: str) -> None:
    assert file(layer).read_text() == exported(layer), "after a change of uv.lock: python -m builder.requirements"


def test_no_package_is_in_two_layers() -> None:
    scientific, runtime, database, _ = (_packages(layer) for layer in GROUPS)
    assert "numpy" in scientific
    assert "fastapi" in runtime
    assert "sqlalchemy" in database
    assert not scientific & runtime
    # Each layer is checked by itself; this one is small.
    assert (scientific | runtime) & database == {"typing-extensions"}


def test_raised_versions_are_compared() -> None:
    def made(version: str, size: int) -> dict[str, Any]:
        packages = {"numpy": {"version": version, "after": size}, "six": {"version": "1", "after": 1}}
        return {"ScientificLayer": {"packages": packages}}

    assert [line.split() for line in changes(made("2.0", 5), made("2.1", 6)).splitlines()[1:]] == [
        ["numpy", "2.0", "2.1", "5", "6"]
    ]
    assert changes(made("2.1", 6), made("2.1", 6)) == "Nothing has changed."


def _packages(layer: str) -> set[str]:
    lines = file(layer).read_text().splitlines()
    return {line.partition("==")[0] for line in lines if "==" in line and "win32" not in line}
