"""Setting up fetches nothing without a hash, and says one version."""

import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest

from plotgate.version import VERSION
from tests.found import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())


def locked(name: str) -> dict[str, Any]:
    packages: list[dict[str, Any]] = tomllib.loads((ROOT / "uv.lock").read_text())["package"]
    (package,) = (package for package in packages if package["name"] == name)
    return package


def test_uv_is_installed_by_the_hashes_of_the_lock() -> None:
    command = ["make", "--dry-run", "--always-make", "--directory", str(ROOT), ".venv/synced"]
    recipe = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    uv = locked("uv")
    hashes = " ".join(f"--hash={wheel['hash']}" for wheel in uv["wheels"])
    assert f'"uv=={uv["version"]} {hashes}"' in recipe
    assert re.search(r"pip install [^;]*--require-hashes", recipe)


@pytest.mark.parametrize(
    ("requirement", "refused"),
    [(PROJECT["build-system"]["requires"][0], ""), ("uv_build<0.2", "No module named 'uv_build'")],
    ids=["as it is", "another than uv's own"],
)
def test_no_build_back_end_is_fetched(requirement: str, refused: str, tmp_path: Path) -> None:
    for name in ("README.md", "LICENSE", "uv.lock", ".python-version"):
        shutil.copy(ROOT / name, tmp_path)
    shutil.copytree(ROOT / "layers" / "runtime" / "plotgate", tmp_path / "layers" / "runtime" / "plotgate")
    project = (ROOT / "pyproject.toml").read_text()
    (tmp_path / "pyproject.toml").write_text(re.sub(r'"uv_build>=[^"]*"', f'"{requirement}"', project))
    uv = str(Path(sys.executable).with_name("uv"))
    command = [uv, "sync", "--frozen", "--offline", "--only-install-project", "--python", sys.executable]
    environment = {"UV_CACHE_DIR": str(tmp_path / "cache"), "HOME": str(tmp_path)}
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
    assert (done.returncode == 0) is not bool(refused), done.stderr
    assert refused in done.stderr


def test_project_and_code_say_one_version() -> None:
    assert PROJECT["project"]["version"] == VERSION == locked("plotgate")["version"]
