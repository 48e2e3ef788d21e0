"""docs/operations.md names what there is."""

import re
import tomllib

import yaml
from typer.main import get_command

from plotgate.errors import PlotgateError
from plotgate.local.cli import app
from plotgate.local.gateway import probes
from plotgate.pages import address
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


def test_variables_of_the_container_are_those_of_its_command() -> None:
    table = PAGE.partition("| variable |")[2].partition("\n\n")[0]
    told = {line.split("`")[1]: line.split("|")[2].strip(" `") for line in table.splitlines() if "`" in line}
    options = {one.envvar: one.default for one in get_command(app).commands["host"].params if one.envvar}  # type: ignore[attr-defined]
    assert told.keys() - options.keys() == {address.DOMAIN}
    assert {name: told[name] for name in ("PORT", "PLOTGATE_QUEUE")} == {
        name: str(options[name]) for name in ("PORT", "PLOTGATE_QUEUE")
    }
    assert options.keys() <= told.keys()


def test_manifest_names_what_the_container_has() -> None:
    service = yaml.safe_load((ROOT / "docs" / "knative.yaml").read_text())
    (container,) = service["spec"]["template"]["spec"]["containers"]
    for variable in container["env"]:
        assert f"| `{variable['name']}` |" in PAGE
    for probe in ("startupProbe", "readinessProbe", "livenessProbe"):
        assert container[probe]["httpGet"]["path"] in (probes.ALIVE, probes.READY)
    dockerfile = (ROOT / "Dockerfile").read_text()
    assert f"USER {container['securityContext']['runAsUser']}:" in dockerfile
    assert f"EXPOSE {container['ports'][0]['containerPort']}\n" in dockerfile


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
