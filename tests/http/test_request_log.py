"""The log's line for each request, as an operator reads it."""

import json
from types import SimpleNamespace
from typing import Any

import pytest
from matplotlib.figure import Figure

from plotgate import serve
from tests.wire import Request, http_api


def draw(size: int = 30) -> Figure:
    if size == 13:
        raise ValueError("the secret reason")
    return Figure(figsize=(3, 2))


@pytest.fixture
def handler(monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setenv("AWS_LAMBDA_LOG_FORMAT", "JSON")
    monkeypatch.setattr("plotgate.http.request_log._is_cold", True)
    return serve(draw)


def ask(handler: Any, target: str, **headers: str) -> dict[str, Any]:
    path, _, query = target.partition("?")
    names = {name.replace("_", "-"): value for name, value in headers.items()}
    request = Request(path, query, headers={"accept": "application/json", "x-forwarded-for": "203.0.113.9"} | names)
    answer: dict[str, Any] = handler(http_api(request), SimpleNamespace(aws_request_id="abc-1"))
    return answer


def lines(capsys: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_line_says_which_plot_how_and_how_long(handler: Any, capsys: pytest.CaptureFixture[str]) -> None:
    answer = ask(handler, "/plots/some/plot?theme=light&size=31")
    (line,) = lines(capsys)
    assert line.pop("milliseconds") >= sum(line.pop("steps").values()) > 0
    assert line.pop("bytes") > 500
    assert line == {
        "plot": "some/plot",
        "url": "/plots/some/plot?size=31",
        "status": 200,
        "outcome": "drawn",
        "start": "cold",
        "request_id": "abc-1",
    }
    tag = answer["headers"]["etag"]
    ask(handler, "/plots/some/plot?size=31")
    ask(handler, "/plots/some/plot?size=31", if_none_match=tag)
    kept, known = lines(capsys)
    assert (kept["outcome"], kept["start"], kept["status"]) == ("kept", "warm", 200)
    assert (known["outcome"], known["bytes"], known["status"]) == ("not modified", 0, 304)


def test_refused_request_is_named_by_its_error_and_without_its_query(
    handler: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    ask(handler, "/plots/some/plot?size=x&signature=secret&token=secret")
    ask(handler, "/plots/some/plot?size=13")
    refused, failed = lines(capsys)
    assert (refused["outcome"], refused["url"], refused["status"]) == ("invalid_parameter", "/plots/some/plot", 422)
    assert (failed["outcome"], failed["status"], failed["plot"]) == ("draw_failed", 500, "some/plot")


def test_line_has_no_address_and_stays_one_line(handler: Any, capsys: pytest.CaptureFixture[str]) -> None:
    ask(handler, "/plots/a%0Db%1B[31m/plot?size=x")
    written = capsys.readouterr().out
    assert written.count("\n") == 1
    assert "203.0.113.9" not in written and "\x1b" not in written


def test_lines_are_metrics_where_a_namespace_is_given(
    handler: Any, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PLOTGATE_METRICS", "plotgate/test")
    ask(handler, "/plots/some/plot")
    (line,) = lines(capsys)
    (directive,) = line["_aws"]["CloudWatchMetrics"]
    assert directive["Namespace"] == "plotgate/test"
    assert line["_aws"]["Timestamp"] > 1_700_000_000_000
    names = {metric["Name"] for metric in directive["Metrics"]} | set(directive["Dimensions"][0])
    assert names <= line.keys()
    assert all(isinstance(line[metric["Name"]], int | float) for metric in directive["Metrics"])


def test_nothing_is_written_where_the_log_is_text(
    handler: Any, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("AWS_LAMBDA_LOG_FORMAT")
    ask(handler, "/plots/some/plot")
    assert capsys.readouterr().out == ""
