import json
from typing import Any

import pytest

from plotgate.local.gateway.payload import InvalidAnswerError, Request, Response, event_for, response_for
from plotgate.local.template import Function, Route
from tests.local.conftest import ROOT

FUNCTION = Function("Echo", ROOT, "app.handler", 128, 3)


def request(path: str = "/", query: str = "", headers: list[tuple[str, str]] | None = None, body: bytes = b"") -> Any:
    return Request("GET", path, query, headers or [], body, "192.0.2.7", 3000, received=1783711145.766)


def event(**parts: Any) -> dict[str, Any]:
    return event_for(request(**parts), Route("GET", "/", FUNCTION), {})


def test_an_event_has_the_keys_of_one_that_was_captured_on_aws() -> None:
    # https://github.com/hotsock/voker/blob/main/vokerhttp/testdata/README.md, less what optional features add
    captured = {"version", "routeKey", "rawPath", "rawQueryString", "headers", "requestContext", "isBase64Encoded"}
    context = {"accountId", "apiId", "domainName", "domainPrefix", "http", "requestId", "routeKey", "stage", "time"}
    http = {"method", "path", "protocol", "sourceIp", "userAgent"}

    got = event()

    assert set(got) == captured
    assert set(got["requestContext"]) == context | {"timeEpoch"}
    assert set(got["requestContext"]["http"]) == http
    assert got["requestContext"]["time"] == "10/Jul/2026:19:19:05 +0000"
    assert got["requestContext"]["timeEpoch"] == 1783711145766
    assert event(query="a=1", headers=[("cookie", "a=1")], body=b"x").keys() - captured == {
        "queryStringParameters", "cookies", "body",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("raw", "path"),
    [
        ("/a%20b", "/a b"),
        ("/a+b", "/a+b"),
        ("/a%2Fb", "/a/b"),
        ("/a%252Fb", "/a%2Fb"),
        ("/100%", "/100%"),
        ("/%C3%A9", "/é"),
        ("/%FF", "/\ufffd"),
        ("/a%3Fb", "/a"),
        ("/a%23b", "/a#b"),
    ],
)
def test_a_path_is_decoded_once(raw: str, path: str) -> None:
    got = event(path=raw)

    assert (got["rawPath"], got["requestContext"]["http"]["path"]) == (path, path)


@pytest.mark.parametrize(
    ("media_type", "is_base64"),
    [
        ("text/csv; charset=utf-8", False),
        ("application/json", False),
        ("application/xml", False),
        ("application/javascript", False),
        ("application/x-www-form-urlencoded", True),
        ("application/problem+json", True),
        ("image/png", True),
        ("", True),
    ],
)
def test_a_body_is_text_only_for_some_types(media_type: str, is_base64: bool) -> None:
    headers = [("content-type", media_type)] if media_type else []

    got = event(headers=headers, body=b"a=1")

    assert (got["body"], got["isBase64Encoded"]) == ("YT0x" if is_base64 else "a=1", is_base64)


def test_a_compressed_body_is_base64() -> None:
    assert event(headers=[("content-type", "text/plain"), ("content-encoding", "gzip")], body=b"x")["isBase64Encoded"]


@pytest.mark.parametrize(
    ("answer", "status", "content_type", "body"),
    [
        ("hello", 200, "application/json", b"hello"),
        ({"a": [1, None]}, 200, "application/json", b'{"a":[1,null]}'),
        (None, 200, "application/json", b"null"),
        ({"statusCode": 204}, 204, "text/plain;charset=UTF-8", b""),
        ({"statusCode": "404", "body": "x"}, 404, "text/plain;charset=UTF-8", b"x"),
        ({"statusCode": 200, "headers": {"Content-Type": "image/png"}, "body": "iVBORw==", "isBase64Encoded": True},
         200, "image/png", b"\x89PNG"),
        ({"statusCode": 200, "body": "iVBORw==", "headers": None}, 200, "text/plain;charset=UTF-8", b"iVBORw=="),
    ],
)  # fmt: skip
def test_an_answer_becomes_a_response(answer: Any, status: int, content_type: str, body: bytes) -> None:
    assert response_for(answer) == Response(status, [("content-type", content_type)], body)


def test_a_header_that_is_named_in_two_cases_is_sent_once() -> None:
    headers = {"Date": "1", "date": "2", "X-A": "3", "x-a": "4", "Content-Type": "a/b", "content-type": "c/d"}

    response = response_for({"statusCode": 200, "headers": headers})

    assert sorted(response.headers) == [("content-type", "c/d"), ("date", "2"), ("x-a", "4")]


def test_cookies_become_headers_of_their_own() -> None:
    response = response_for({"statusCode": 200, "cookies": ["a=1; Secure", "b=2"]})

    assert response.headers[-2:] == [("set-cookie", "a=1; Secure"), ("set-cookie", "b=2")]


@pytest.mark.parametrize(
    "answer",
    [
        {"statusCode": None},
        {"statusCode": 99},
        {"statusCode": 600},
        {"statusCode": [200]},
        {"statusCode": float("inf")},
        {"statusCode": 200, "body": {"a": 1}},
        {"statusCode": 200, "body": "no base64!", "isBase64Encoded": True},
        {"statusCode": 200, "body": "é", "isBase64Encoded": True},
        {"statusCode": 200, "headers": {"x": "a\r\nset-cookie: b"}},
        {"statusCode": 200, "headers": {"x y": "a"}},
        {"statusCode": 200, "headers": {"": "a"}},
        {"statusCode": 200, "headers": {"x": "€"}},
        {"statusCode": 200, "headers": {"x": ["a"]}},
        {"statusCode": 200, "headers": ["x"]},
        {"statusCode": 200, "cookies": "a=1"},
        {"statusCode": 200, "cookies": ["a\n"]},
    ],
    ids=json.dumps,
)
def test_an_answer_that_http_api_cannot_pass_on_is_refused(answer: Any) -> None:
    with pytest.raises(InvalidAnswerError):
        response_for(answer)
