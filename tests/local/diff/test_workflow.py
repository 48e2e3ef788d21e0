"""The workflow of docs/pull-requests.md."""

import re
import subprocess
from typing import Any

import pytest
import yaml

from tests.found import ROOT
from tests.local.conftest import PLOTGATE


@pytest.fixture(scope="module")
def workflow() -> dict[Any, Any]:
    (block,) = re.findall(
        r"^```yaml\n(.*?)^```$", (ROOT / "docs/pull-requests.md").read_text(), re.MULTILINE | re.DOTALL
    )
    found = yaml.safe_load(block)
    assert isinstance(found, dict)
    return found


def test_it_is_a_workflow_for_pull_requests(workflow: dict[Any, Any]) -> None:
    assert workflow[True] == "pull_request"  # YAML 1.1 reads `on` as true, and GitHub as a name
    for job in workflow["jobs"].values():
        assert job["runs-on"] == "ubuntu-latest"
        assert all(("uses" in step) != ("run" in step) for step in job["steps"])
        assert set(job.get("needs", "").split()) <= workflow["jobs"].keys()


def test_its_commands_are_plotgate_s(workflow: dict[Any, Any]) -> None:
    runs = [step["run"] for job in workflow["jobs"].values() for step in job["steps"] if "run" in step]
    commands = re.findall(r"plotgate (\w+)((?: [\"\-$\w]+)*)", "\n".join(runs))
    assert [name for name, _ in commands] == ["diff", "check"]
    for name, arguments in commands:
        told = subprocess.run([PLOTGATE, name, "--help"], capture_output=True, text=True, check=True).stdout
        assert all(option in told for option in re.findall(r"--[\w-]+", arguments))


def test_what_may_write_runs_nothing_of_the_repository_and_no_text_is_put_into_a_command(
    workflow: dict[Any, Any],
) -> None:
    assert workflow["permissions"] == {"contents": "read"}
    for job in workflow["jobs"].values():
        steps = job["steps"]
        if "permissions" in job:
            assert not any("checkout" in step.get("uses", "") for step in steps)
        assert not any("${{" in step.get("run", "") for step in steps)
