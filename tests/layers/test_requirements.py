"""One lock: a laptop and Lambda draw with the same versions."""

import re
import subprocess
from pathlib import Path

import pytest

LAYERS = Path(__file__).parents[2] / "layers"
EXPORT = ["uv", "export", "--quiet", "--frozen", "--no-header", "--no-annotate"]
GROUPS = {
    "scientific": ["--only-group", "scientific"],
    "runtime": ["--no-default-groups", "--no-emit-project"],
}


@pytest.mark.parametrize("layer", GROUPS)
def test_requirements_are_those_of_the_lock(layer: str) -> None:
    exported = subprocess.run([*EXPORT, *GROUPS[layer]], check=True, capture_output=True, text=True).stdout
    file = LAYERS / layer / "requirements.txt"
    assert file.read_text() == exported, f"after a change of uv.lock: {' '.join(EXPORT + GROUPS[layer])} > {file}"


def test_no_package_is_in_both_layers() -> None:
    scientific, runtime = (_packages(LAYERS / layer / "requirements.txt") for layer in GROUPS)
    assert "numpy" in scientific
    assert "fastapi" in runtime
    assert not scientific & runtime


def _packages(requirements: Path) -> set[str]:
    return set(re.findall(r"^([\w.-]+)==", requirements.read_text(), re.MULTILINE))
