"""What a function has beside its own code must leave room for that."""

import tomllib

import pytest
from samcli.yamlhelper import parse_yaml_file

from tests.found import ROOT

UNZIPPED_LIMIT = 262_144_000  # https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
RESOURCES = parse_yaml_file(str(ROOT / "template.yaml"))["Resources"]
FUNCTIONS = [name for name, resource in RESOURCES.items() if resource["Type"] == "AWS::Serverless::Function"]


@pytest.mark.parametrize("architecture", ["x86_64", "arm64"])
@pytest.mark.parametrize("function", FUNCTIONS)
def test_the_layers_of_a_function_fit_with_its_code(function: str, architecture: str) -> None:
    properties = RESOURCES[function]["Properties"]
    total = sum(file.stat().st_size for file in (ROOT / properties["CodeUri"]).rglob("*") if file.is_file())
    for layer in properties["Layers"]:
        target = ROOT / RESOURCES[layer["Ref"]]["Properties"]["ContentUri"] / architecture / "target.toml"
        total += tomllib.loads(target.read_text())["most_bytes"]
    assert total <= UNZIPPED_LIMIT
