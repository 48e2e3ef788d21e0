"""One lock: a laptop and Lambda draw with the same versions."""

import subprocess
from pathlib import Path

import pytest

LAYERS = Path(__file__).parents[2] / "layers"
EXPORT = ["uv", "export", "--quiet", "--frozen", "--no-header", "--no-annotate"]
GROUPS = {
    "scientific": ["--only-group", "scientific"],
    "runtime": ["--no-default-groups", "--no-emit-project"],
    "database": ["--only-group", "database"],
}


@pytest.mark.parametrize("layer", GROUPS)
def test_requirements_are_those_of_the_lock(layer: str) -> None:
    exported = subprocess.run([*EXPORT, *GROUPS[layer]], check=True, capture_output=True, text=True).stdout
    file = LAYERS / layer / "requirements.txt"
    assert file.read_text() == exported, f"after a change of uv.lock: {' '.join(EXPORT + GROUPS[layer])} > {file}"


def test_no_package_is_in_two_layers() -> None:
    scientific, runtime, database = (_packages(LAYERS / layer / "requirements.txt") for layer in GROUPS)
    assert "numpy" in scientific
    assert "fastapi" in runtime
    assert "sqlalchemy" in database
    assert not scientific & runtime
    # Each layer is checked by itself; this one is small.
    assert (scientific | runtime) & database == {"typing-extensions"}


def _packages(requirements: Path) -> set[str]:
    lines = requirements.read_text().splitlines()
    return {line.partition("==")[0] for line in lines if "==" in line and "win32" not in line}
