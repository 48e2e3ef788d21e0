"""`plotgate event`: what it prints is what the API gateway sends."""

import json
import subprocess
from typing import Any
from urllib.parse import quote

import pytest

from tests.found import ROOT, path_of, plot_handler
from tests.local.conftest import PLOTGATE
from tests.wire import Request, answer, http_api, rest_api

PAIRPLOT = "/plots/breast_cancer_data/pairplot/features"


def printed(*arguments: str) -> dict[str, Any]:
    event: dict[str, Any] = json.loads(subprocess.check_output([PLOTGATE, "event", *arguments], cwd=ROOT))
    return event


@pytest.mark.parametrize("plot", ["weather/temperature", "breast_cancer_data/pairplot"])
def test_event_of_a_url_is_answered_with_its_picture(plot: str) -> None:
    expected = answer(plot_handler(plot)(http_api(Request(path_of(plot), "width=440")), None))
    assert expected.status == 200
    for payload in ("2.0", "1.0"):
        event = printed(f"{path_of(plot)}?width=440", "--payload", payload)
        assert event["version"] == payload
        assert answer(plot_handler(plot)(event, None)) == expected


def test_event_has_what_an_event_of_aws_has() -> None:
    url, route = f"{PAIRPLOT}/mean%20radius,mean texture?width=440&theme=dark", f"{PAIRPLOT}/{{features}}"
    request = Request(quote(f"{PAIRPLOT}/mean radius,mean texture", safe="/,"), "width=440&theme=dark")
    theirs = http_api(request, route)
    event = printed(f"https://api.example{url}")
    assert event.keys() == theirs.keys()
    assert event["requestContext"].keys() == theirs["requestContext"].keys()
    same = ("routeKey", "rawPath", "rawQueryString", "queryStringParameters", "pathParameters")
    assert {name: event[name] for name in same} == {name: theirs[name] for name in same}


def test_event_of_payload_1_has_what_an_event_of_aws_has() -> None:
    theirs = rest_api(Request("/plots/weather/temperature", "width=440"))
    event = printed("/plots/weather/temperature?width=440", "--payload", "1.0")
    assert event.keys() == theirs.keys() | {"version"}
    same = ("httpMethod", "path", "queryStringParameters", "multiValueQueryStringParameters", "body")
    assert {name: event[name] for name in same} == {name: theirs[name] for name in same}


@pytest.mark.parametrize(
    ("url", "says"),
    [
        ("/plots/weather/temperatur", "answers /plots/weather/temperatur; the closest is /plots/weather/temperature."),
        ("/nothing", "No route of template.yaml answers /nothing."),
    ],
)
def test_url_that_no_route_answers_is_an_error_that_names_the_closest(url: str, says: str) -> None:
    done = subprocess.run([PLOTGATE, "event", url], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("Error: ")
    assert done.stderr.endswith(f"{says}\n")
