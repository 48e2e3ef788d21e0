"""docs/operations.md names what there is."""

import re
import tomllib

import yaml

from plotgate.errors import PlotgateError
from tests.found import ROOT
from tests.test_template import TEMPLATE

PAGE = (ROOT / "docs" / "operations.md").read_text()


def test_switches_are_the_parameters_of_the_template_with_their_defaults() -> None:
    table = PAGE.partition("| parameter |")[2].partition("```")[0]
    told: dict[str, str] = {}
    for line in table.splitlines():
        if line.startswith("| `"):
            names, default = (re.findall(r"`([^`]+)`", cell) or [""] for cell in line.split("|")[1:3])
            told |= dict(zip(names, default * len(names) if len(default) == 1 else default, strict=True))
    parameters = {name: str(one["Default"]) for name, one in TEMPLATE["Parameters"].items() if "Weather" not in name}
    assert told == parameters


def test_workflow_is_yaml_without_keys() -> None:
    workflow = yaml.safe_load(re.findall(r"```yaml\n(.*?)```", PAGE, re.S)[0])
    assert workflow["permissions"] == {"contents": "read", "id-token": "write"}
    assert "aws-access-key-id" not in PAGE
    runs = [step["run"] for step in workflow["jobs"]["deploy"]["steps"] if "run" in step]
    environments = set(re.findall(r"--config-env (\w+)", "\n".join(runs)))
    assert environments <= tomllib.loads((ROOT / "samconfig.toml").read_text()).keys()
    assert (ROOT / ".ci" / "run").exists() and runs[0] == ".ci/run"


def test_codes_of_errors_are_those_of_the_code() -> None:
    def codes(kind: type[PlotgateError]) -> set[str]:
        return {getattr(kind, "code", "")}.union(*map(codes, kind.__subclasses__()))

    breaks = PAGE.partition("## What breaks")[2].partition("## ")[0]
    assert set(re.findall(r"\d{3} `(\w+)`", breaks)) <= codes(PlotgateError)


def test_every_environment_deploys_alike() -> None:
    config = tomllib.loads((ROOT / "samconfig.toml").read_text())
    for name in ("default", "dev", "production"):
        assert config[name]["global"]["parameters"]["stack_name"].startswith("plotgate")
        assert config[name]["deploy"]["parameters"]["capabilities"] == "CAPABILITY_IAM"
    assert config["production"]["deploy"]["parameters"]["confirm_changeset"] is True
