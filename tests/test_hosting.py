"""Each combination of the template's switches becomes a stack, as far as that shows without AWS."""

import copy
import io
import itertools
import json
import random
import re
import shutil
import subprocess
import zipfile
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, Final
from urllib.parse import parse_qsl

import boto3
import pytest
from fastapi import Request as AsgiRequest
from hypothesis import given, settings
from hypothesis import strategies as st
from moto import mock_aws
from samcli.yamlhelper import parse_yaml_file
from samtranslator.translator.transform import transform

from plotgate import sign_url
from plotgate.errors import PlotgateError
from plotgate.http.error_form import error_form, picture_form
from plotgate.pictures.identity import identify
from plotgate.url.grant import check
from plotgate.url.request import read_request
from plotgate.url.view import View
from tests.found import PLOTS, ROOT, plot_handler

TEMPLATE: dict[str, Any] = parse_yaml_file(str(ROOT / "template.yaml"))
REGION: Final = "eu-central-1"
ACCOUNT = "123456789012"
SECRET = f"arn:aws:secretsmanager:{REGION}:{ACCOUNT}:secret:x"
CERTIFICATE = {"CdnDomain": "plots.example", "CdnCertificate": f"arn:aws:acm:us-east-1:{ACCOUNT}:certificate/1"}

# Each switch with its states, the default first.
SWITCHES: dict[str, list[dict[str, str]]] = {
    "processor": [{}, {"Architecture": "arm64"}],
    "data": [
        {},
        {"WeatherData": "s3://bucket/weather.csv"},
        {"WeatherData": "postgresql://u@h/d", "WeatherSecret": SECRET},
    ],
    "signatures": [{}, {"SigningSecret": SECRET}],
    "presets": [{}, {"Presets": "{}"}],
    "fuse": [{}, {"ReservedConcurrency": "5", "ThrottleRate": "5", "ThrottleBurst": "9", "Memory": "3008"}],
    "origins": [{}, {"CorsOrigins": "https://a.example,https://b.example"}],
    "tracing": [{}, {"Tracing": "Active"}],
    "alarms": [{}, {"AlarmTopic": f"arn:aws:sns:{REGION}:{ACCOUNT}:alarms"}],
    "metrics": [{}, {"Metrics": "plots"}],
    "dashboard": [{}, {"Dashboard": "true"}],
    "cdn": [{}, {"Cdn": "true"}],
    "domain": [{}, CERTIFICATE],
    "firewall": [{}, {"CdnFirewall": f"arn:aws:wafv2:us-east-1:{ACCOUNT}:global/webacl/a/1"}],
    "shield": [{}, {"OriginShield": REGION}],
}
# What moto's CloudFormation cannot create.
BEYOND_MOTO = {
    "AWS::ApiGatewayV2::Api",
    "AWS::ApiGatewayV2::Stage",
    "AWS::CloudFront::CachePolicy",
    "AWS::CloudFront::Distribution",
    "AWS::CloudFront::Function",
    "AWS::CloudFront::OriginRequestPolicy",
    "AWS::CloudFront::ResponseHeadersPolicy",
    "AWS::CloudWatch::Alarm",
    "AWS::Logs::MetricFilter",
}


def combinations() -> list[dict[str, str]]:
    """The defaults, all switches at once, and combinations in which each two states of two switches meet."""
    names = list(SWITCHES)
    states = [list(range(len(SWITCHES[name]))) for name in names]
    pairs = {
        ((a, i), (b, j))
        for a, b in itertools.combinations(range(len(names)), 2)
        for i, j in itertools.product(states[a], states[b])
    }
    everything = list(itertools.product(*states))
    random.Random(14).shuffle(everything)  # noqa: S311 - the same in each run
    chosen = [tuple(0 for _ in names), tuple(row[-1] for row in states)]
    for row in chosen:
        pairs -= set(itertools.combinations(enumerate(row), 2))
    while pairs:
        row = max(everything[:400], key=lambda one: len(pairs & set(itertools.combinations(enumerate(one), 2))))
        found = pairs & set(itertools.combinations(enumerate(row), 2))
        if not found:
            everything = everything[400:]
            continue
        pairs -= found
        chosen.append(row)
    return [
        {key: value for name, state in zip(names, row, strict=True) for key, value in SWITCHES[name][state].items()}
        for row in chosen
    ]


COMBINATIONS = combinations()


class Policies:
    """AWS's own policies, by name."""

    def load(self) -> dict[str, str]:
        names = ("service-role/AWSLambdaBasicExecutionRole", "AWSXRayDaemonWriteAccess")
        return {name.rpartition("/")[2]: f"arn:aws:iam::aws:policy/{name}" for name in names}


def translated(parameters: Mapping[str, str]) -> dict[str, Any]:
    """What CloudFormation gets once `sam package` has put the code into a bucket."""
    template = copy.deepcopy(TEMPLATE)
    for resource in template["Resources"].values():
        if resource["Type"] == "AWS::Serverless::Function":
            resource["Properties"]["CodeUri"] = "s3://code/code.zip"
        elif resource["Type"] == "AWS::Serverless::LayerVersion":
            resource["Properties"]["ContentUri"] = "s3://code/code.zip"
    defaults = {name: parameter["Default"] for name, parameter in template["Parameters"].items()}
    result: dict[str, Any] = transform(template, {**defaults, **parameters, "AWS::Region": REGION}, Policies())
    return result


@pytest.fixture(scope="module")
def aws() -> Iterator[Any]:
    with pytest.MonkeyPatch.context() as patch, mock_aws():
        for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
            patch.setenv(name, "none")
        patch.setenv("AWS_DEFAULT_REGION", REGION)
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w") as archive:
            archive.writestr("app.py", "")
        bucket = boto3.client("s3")
        bucket.create_bucket(Bucket="code", CreateBucketConfiguration={"LocationConstraint": REGION})
        bucket.put_object(Bucket="code", Key="code.zip", Body=packed.getvalue())
        yield boto3.client("cloudformation")


@pytest.mark.filterwarnings("ignore:Tried to parse AWS")
@pytest.mark.parametrize("parameters", COMBINATIONS, ids=lambda found: ",".join(found) or "defaults")
def test_combination_is_translated_created_and_deleted(parameters: dict[str, str], aws: Any) -> None:
    document = translated(parameters)
    beyond = {name for name, one in document["Resources"].items() if one["Type"] in BEYOND_MOTO}
    document["Outputs"].pop("CdnUrl")  # of a resource that is beyond moto
    document.pop("Rules")
    if policy := document["Resources"]["WeatherAccess"]["Properties"]["PolicyDocument"]:
        # Moto leaves null in a list, where CloudFormation leaves nothing.
        held = {
            "WeatherInS3": "s3:" in parameters.get("WeatherData", ""),
            "WeatherHasSecret": "WeatherSecret" in parameters,
        }
        policy["Statement"] = [one["Fn::If"][1] for one in policy["Statement"] if held[one["Fn::If"][0]]]
    given = [{"ParameterKey": name, "ParameterValue": value} for name, value in parameters.items()]
    body = json.dumps(document)
    aws.create_stack(StackName="plots", TemplateBody=body, Parameters=given, Capabilities=["CAPABILITY_IAM"])
    assert aws.describe_stacks(StackName="plots")["Stacks"][0]["StackStatus"] == "CREATE_COMPLETE"
    functions = boto3.client("lambda").list_functions()["Functions"]
    assert len(functions) == len(PLOTS) + 1
    assert {function["MemorySize"] for function in functions} == {int(parameters.get("Memory", 1769))}
    assert bool(boto3.client("cloudwatch").list_dashboards()["DashboardEntries"]) is ("Dashboard" in parameters)
    aws.delete_stack(StackName="plots")
    assert not boto3.client("lambda").list_functions()["Functions"]
    assert beyond or not BEYOND_MOTO


def test_nothing_that_costs_while_nobody_looks_is_on_by_default() -> None:
    conditional = {
        "AWS::CloudWatch::Alarm",
        "AWS::CloudWatch::Dashboard",
        "AWS::CloudFront::Distribution",
        "AWS::Logs::MetricFilter",
    }
    for name, resource in TEMPLATE["Resources"].items():
        assert resource["Type"] not in conditional or resource["Condition"] in (
            "HasAlarms",
            "HasDashboard",
            "HasCdn",
        ), name
    assert all(TEMPLATE["Parameters"][name]["Default"] in ("", "false") for name in ("AlarmTopic", "Dashboard", "Cdn"))


def test_origins_are_a_list_once_they_are_known() -> None:
    body = translated({"CorsOrigins": "https://a.example,https://b.example"})["Resources"]["Api"]["Properties"]["Body"]
    condition, _, cors = body["x-amazon-apigateway-cors"]["Fn::If"]
    assert condition == "AnyOrigin"
    assert cors["allowOrigins"] == {"Fn::Split": [",", "https://a.example,https://b.example"]}


def test_access_log_is_json_without_addresses_and_queries() -> None:
    form = TEMPLATE["Resources"]["Api"]["Properties"]["AccessLogSettings"]["Format"]
    assert not re.search(r"identity|sourceIp|queryString|rawPath|userAgent", form)
    line = json.loads(form.replace("$context.status", "200", 1) if '"status":$' in form else form)
    assert line["path"] == "$context.path"


def test_dashboard_is_json() -> None:
    body = TEMPLATE["Resources"]["Overview"]["Properties"]["DashboardBody"]["Fn::Sub"]
    widgets = json.loads(re.sub(r"\$\{(\w+(::\w+)?)\}", "1", body))["widgets"]
    assert [widget["type"] for widget in widgets] == ["metric", "metric", "log"]


# The cache key of CloudFront, run by the function of the template in a JavaScript engine.

NODE = shutil.which("node")
RUN = """
const events = JSON.parse(require('fs').readFileSync(0, 'utf8'));
const handler = new Function(events.code + '; return handler;')();
console.log(JSON.stringify(events.requests.map((request) => {
  const answer = handler({request});
  return {query: Object.entries(answer.querystring).flatMap(
            ([n, v]) => (v.multiValue || [v]).map((one) => n + '=' + one.value)).join('&'),
          shows: answer.headers['x-plotgate-shows'].value};
})));
"""


def keys(requests: list[tuple[str, Mapping[str, str]]]) -> list[dict[str, str]]:
    """What the function makes of queries and headers."""
    if NODE is None:
        pytest.fail("node must be installed to run CloudFront's function")
    code = TEMPLATE["Resources"]["CdnKey"]["Properties"]["FunctionCode"]
    events = []
    for query, headers in requests:
        items: dict[str, Any] = {}
        for pair in filter(None, query.split("&")):
            name, _, value = pair.partition("=")
            if name in items:
                items[name].setdefault("multiValue", [{"value": items[name]["value"]}]).append({"value": value})
            else:
                items[name] = {"value": value}
        events.append({"querystring": items, "headers": {name: {"value": value} for name, value in headers.items()}})
    given = json.dumps({"code": code, "requests": events})
    done = subprocess.run([NODE, "-e", RUN], input=given, capture_output=True, text=True, check=True)
    found: list[dict[str, str]] = json.loads(done.stdout)
    return found


def meaning(query: str) -> str:
    """What the functions take a query for: a picture's identity, or an error."""
    plot = plot_handler("weather/temperature").plot
    texts = [(name, value) for name, _, value in (pair.partition("=") for pair in filter(None, query.split("&")))]
    try:
        request = read_request(plot, "/plots/weather/temperature", {}, texts, datetime.now(UTC))
    except PlotgateError as error:
        body = error.body()
        return f"{body['code']} {sorted(map(repr, body.get('errors', [])))}"
    return repr(identify(request).etag) + request.view.errors


NUMBERS = [
    "440",
    "0440",
    "441",
    "00441",
    "1",
    "2",
    "2.0",
    "1.0",
    "1.50",
    "1.5",
    "4",
    "",
    "+440",
    "4e2",
    "999",
    "1000",
    "2.00000001",
]
VALUES = {
    "width": NUMBERS,
    "height": NUMBERS,
    "dpr": NUMBERS,
    "theme": ["light", "dark", "Light"],
    "format": ["png", "svg", "json"],
    "errors": ["auto", "image", "json"],
    "rolling": ["30", "030", "7", "1.0"],
    "start": ["2012-01-01", "2013-01-01", "now"],
    "widht": ["440"],
}


@st.composite
def queries(draw: st.DrawFn) -> str:
    names = draw(st.lists(st.sampled_from(list(VALUES)), max_size=5))
    return "&".join(f"{name}={draw(st.sampled_from(VALUES[name]))}" for name in names)


@settings(max_examples=50)
@given(st.lists(queries(), min_size=40, max_size=40))
def test_queries_with_one_key_have_one_answer(asked: list[str]) -> None:
    found = [key["query"] for key in keys([(query, {}) for query in asked])]
    for query, key in zip(asked, found, strict=True):
        assert meaning(query) == meaning(key), f"{query} became {key}"


def test_spellings_of_a_picture_have_one_key() -> None:
    spellings = ["width=440&theme=dark", "theme=dark&width=440", "theme=dark&width=0440&dpr=1.0&format=png&errors=auto"]
    assert {key["query"] for key in keys([(query, {}) for query in spellings])} == {"theme=dark&width=440"}


def test_signed_url_keeps_what_was_signed() -> None:
    keys_of_stage = {"a": "key-of-more-than-thirty-two-letters"}
    path = "/plots/weather/temperature"
    for query in ("theme=light&width=0440&dpr=1.0", "errors=auto&rolling=030&format=png", "width=440"):
        signed = sign_url(f"{path}?{query}", expires=timedelta(hours=1), free=["theme"], keys=keys_of_stage)
        (key,) = keys([(signed.partition("?")[2], {})])
        assert check(path, parse_qsl(key["query"]), keys_of_stage, datetime.now(UTC).timestamp()).free == {"theme"}


def test_parameter_that_is_said_twice_is_left_to_be_refused() -> None:
    (key,) = keys([("width=440&width=441&theme=light", {})])
    assert "theme=light" in key["query"]


BROWSERS = {
    "chrome img": {
        "accept": "image/avif,image/webp,image/apng,image/svg+xml,image/*,*/*;q=0.8",
        "sec-fetch-dest": "image",
    },
    "firefox img": {
        "accept": "image/avif,image/webp,image/png,image/svg+xml,image/*;q=0.8,*/*;q=0.5",
        "sec-fetch-dest": "image",
    },
    "safari img": {
        "accept": "image/webp,image/avif,image/jxl,video/*;q=0.8,image/png,image/svg+xml,image/*;q=0.8,*/*;q=0.5"
    },
    "object": {"accept": "*/*", "sec-fetch-dest": "object"},
    "page": {
        "accept": "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8",
        "sec-fetch-dest": "document",
    },
    "fetch": {"accept": "*/*", "sec-fetch-dest": "empty"},
    "curl": {"accept": "*/*"},
    "nothing": {},
    "json": {"accept": "application/json"},
    "link preview": {"accept": "image/png,image/jpeg,image/gif"},
    "mail": {"accept": "image/*;q=0.9"},
}


@pytest.mark.parametrize("name", BROWSERS)
def test_key_knows_in_which_form_an_error_is_shown(name: str) -> None:
    headers = BROWSERS[name]
    raw = [(key.encode(), value.encode()) for key, value in headers.items()]
    request = AsgiRequest({"type": "http", "method": "GET", "path": "/", "query_string": b"", "headers": raw})
    form = error_form(request, View())
    (key,) = keys([("", headers)])
    assert key["shows"] == (picture_form(request) if form == "image" else form)
