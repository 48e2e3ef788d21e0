"""One name everywhere: a plot's folder is its URL, and the PascalCase of it is its resource."""

import re
from typing import Any

import pytest
from samcli.yamlhelper import parse_yaml_file

from tests.found import FUNCTIONS, PLOTS, ROOT, plot_handler

TEMPLATE: dict[str, Any] = parse_yaml_file(str(ROOT / "template.yaml"))
RESOURCES: dict[str, Any] = TEMPLATE["Resources"]
FUNCTION_RESOURCES = {
    name: resource["Properties"]
    for name, resource in RESOURCES.items()
    if resource["Type"] == "AWS::Serverless::Function"
}


def resource_name(plot: str) -> str:
    return "".join(word.capitalize() for word in re.split("[/_]", plot))


def test_every_function_folder_has_a_resource_and_every_resource_a_folder() -> None:
    folders = {str(app.parent.relative_to(ROOT)) for app in FUNCTIONS.glob("**/app.py")}
    assert {function["CodeUri"] for function in FUNCTION_RESOURCES.values()} == folders


@pytest.mark.parametrize("plot", PLOTS)
def test_plot_is_served_at_its_folder_with_get_and_head(plot: str) -> None:
    function = FUNCTION_RESOURCES[resource_name(plot)]
    assert function["CodeUri"] == f"functions/{plot}"
    events = [event["Properties"] for event in function["Events"].values()]
    assert [event["Method"] for event in events] == ["GET", "HEAD"]
    assert {event["Path"] for event in events} == {f"/plots/{plot}{plot_handler(plot).plot.path_suffix}"}


@pytest.mark.parametrize("plot", PLOTS)
def test_plot_says_nothing_that_the_globals_say(plot: str) -> None:
    allowed = {"CodeUri", "Layers", "Events", "Environment", "Policies"}
    assert FUNCTION_RESOURCES[resource_name(plot)].keys() <= allowed


@pytest.mark.parametrize("plot", PLOTS)
def test_plot_is_one_short_file(plot: str) -> None:
    lines = (FUNCTIONS / plot / "app.py").read_text().splitlines()
    assert lines[0].startswith('"""')
    assert lines[-1] == "handler = serve(draw)" or lines[-1].startswith("handler = serve(draw, ")
    assert len(lines) <= 80


@pytest.mark.parametrize("name", FUNCTION_RESOURCES)
def test_every_function_may_read_the_signing_keys_where_there_are_some(name: str) -> None:
    assert {"Fn::If": ["IsProtected", {"Ref": "SigningAccess"}, {"Ref": "AWS::NoValue"}]} in FUNCTION_RESOURCES[name][
        "Policies"
    ]


def test_the_signing_keys_are_named_by_their_secret_and_are_all_that_it_opens() -> None:
    variables = TEMPLATE["Globals"]["Function"]["Environment"]["Variables"]
    assert variables["PLOTGATE_SIGNING_SECRET"] == {"Ref": "SigningSecret"}
    assert variables["PLOTGATE_PRESETS"] == {"Ref": "Presets"}
    assert TEMPLATE["Parameters"]["SigningSecret"]["Default"] == TEMPLATE["Parameters"]["Presets"]["Default"] == ""
    assert "PLOTGATE_SIGNING_KEYS" not in (ROOT / "template.yaml").read_text()
    (statement,) = RESOURCES["SigningAccess"]["Properties"]["PolicyDocument"]["Statement"]
    assert statement == {
        "Effect": "Allow",
        "Action": ["secretsmanager:GetSecretValue", "ssm:GetParameter"],
        "Resource": {"Ref": "SigningSecret"},
    }
