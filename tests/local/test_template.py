import re
from pathlib import Path

import pytest

from plotgate.local.template import Template, TemplateError, read_template
from tests.local.conftest import ROOT

GOOD = """
Parameters:
  Colour: { Type: String, Default: red }
Globals:
  Function:
    Runtime: python3.13
    Handler: app.handler
    Timeout: 20
    Environment: { Variables: { A: all, B: all } }
Resources:
  Bucket: { Type: AWS::S3::Bucket }
  Plot:
    Type: AWS::Serverless::Function
    Properties:
      CodeUri: code
      MemorySize: 512
      Environment:
        Variables: { B: own, C: !Ref Colour, D: !Sub "${Colour}-${AWS::Region}-${!x}", E: !Ref Bucket, F: true, G: 1 }
      Events:
        Get: { Type: HttpApi, Properties: { Path: /plot, Method: get, TimeoutInMillis: 2000 } }
        All: { Type: HttpApi }
        Nightly: { Type: Schedule, Properties: { Schedule: rate(1 day) } }
"""


def read(folder: Path, text: str) -> Template:
    (folder / "code").mkdir()
    (folder / "template.yaml").write_text(text)
    return read_template(folder / "template.yaml")


def test_a_function_has_what_globals_and_it_say(tmp_path: Path) -> None:
    (function,) = read(tmp_path, GOOD).functions

    assert (function.name, function.code, function.handler) == ("Plot", tmp_path.resolve() / "code", "app.handler")
    assert (function.memory, function.timeout) == (512, 20)
    assert function.environment == {
        "A": "all", "B": "own", "C": "red", "D": "red-us-east-1-${x}", "E": "Bucket", "F": "true", "G": "1",
    }  # fmt: skip


def test_routes_are_the_events_of_the_http_api(tmp_path: Path) -> None:
    routes = read(tmp_path, GOOD).routes

    assert [(route.key, route.timeout) for route in routes] == [("GET /plot", 2), ("$default", 30)]


def test_the_project_s_template_is_read() -> None:
    template = read_template(ROOT / "template.yaml")

    assert {route.method for route in template.routes} == {"GET", "HEAD"}
    assert all((function.code / "app.py").is_file() for function in template.functions)


@pytest.mark.parametrize(
    ("old", "new", "rule"),
    [
        ("Resources:", "Resources: [", "is not valid YAML"),
        ("Resources:", "Sources:", "must have Resources"),
        ("HttpApi", "Api", "must have a function with an event of type HttpApi"),
        ("python3.13", "nodejs22.x", "Plot: Runtime must be a version of Python, not 'nodejs22.x'"),
        ("CodeUri: code", "CodeUri: nowhere", "Plot: CodeUri must be a folder beside the template, not 'nowhere'"),
        ("CodeUri: code", "InlineCode: x", "Plot: CodeUri must be a folder beside the template, not None"),
        ("app.handler", "handler", "Plot: Handler must be a module and a name in it, such as app.handler"),
        ("Timeout: 20", "Timeout: soon", "Plot: Timeout must be a number, not 'soon'"),
        ("Path: /plot", "Path: plot", "Plot: Path must start with a slash, not be 'plot'"),
        ("Method: get", "PayloadFormatVersion: '1.0'", "Plot: PayloadFormatVersion must be 2.0"),
        ("!Ref Colour", "!GetAtt Bucket.Arn", "Plot: C must be a text, a Ref or a Sub to be served locally"),
        ("Properties:\n      CodeUri", "Properties: x\n    Other:\n      CodeUri", "Properties must be a mapping"),
    ],
)
def test_a_template_that_cannot_be_served_is_refused(tmp_path: Path, old: str, new: str, rule: str) -> None:
    assert old in GOOD

    with pytest.raises(TemplateError, match=re.escape(rule)):
        read(tmp_path, GOOD.replace(old, new))
