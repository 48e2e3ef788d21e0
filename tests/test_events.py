"""Every event that can call a function is answered with the plot's picture, or with the same clear error."""

import json
from functools import cache

import pytest

from tests.events import EVENTS, load_event
from tests.found import PLOTS, plot_handler
from tests.wire import PAYLOADS, Answer, Request, answer, function_event, http_api, request_of

PNG = b"\x89PNG\r\n\x1a\n"
CORRELATION = "breast_cancer_data/correlation_matrix"
PAIRPLOT = "breast_cancer_data/pairplot"


@cache
def picture(plot: str) -> Answer:
    """The answer to the plot's own event."""
    return answer(plot_handler(plot)(function_event(plot), None))


def asked(plot: str, payload: str, request: Request) -> Answer:
    return answer(plot_handler(plot)(PAYLOADS[payload](request), None))


@pytest.mark.parametrize("payload", PAYLOADS)
@pytest.mark.parametrize("plot", PLOTS)
def test_every_payload_is_answered_with_the_same_picture(plot: str, payload: str) -> None:
    assert (picture(plot).status, picture(plot).content_type) == (200, "image/png")
    assert picture(plot).body.startswith(PNG)
    assert asked(plot, payload, request_of(function_event(plot))) == picture(plot)


@pytest.mark.parametrize("name", ["http_api", "function_url", "rest_api", "alb", "alb_multi_value"])
def test_a_named_event_is_answered_with_the_picture(name: str) -> None:
    answered = answer(plot_handler(CORRELATION)(load_event(name), None))
    assert (answered.status, answered.content_type) == (200, "image/png")
    assert answered.body.startswith(PNG)


def test_a_picture_is_sent_as_base64() -> None:
    result = plot_handler(CORRELATION)(function_event(CORRELATION), None)
    assert result["isBase64Encoded"] is True


@pytest.mark.parametrize("payload", PAYLOADS)
@pytest.mark.parametrize("plot", PLOTS)
def test_head_is_answered_like_get_without_a_body(plot: str, payload: str) -> None:
    request = request_of(function_event(plot))
    head = Request(request.path, request.query, "HEAD")
    result = plot_handler(plot)(PAYLOADS[payload](head), None)
    assert answer(result) == Answer(200, "image/png", b"")
    headers = result.get("headers") or {name: values[0] for name, values in result["multiValueHeaders"].items()}
    assert headers["content-length"] == str(len(picture(plot).body))


@pytest.mark.parametrize("payload", PAYLOADS)
def test_a_query_reaches_the_plot(payload: str) -> None:
    chosen = asked(CORRELATION, payload, Request(f"/plots/{CORRELATION}", "method=spearman&vmax=0.5"))
    assert chosen.body.startswith(PNG)
    assert chosen.body != picture(CORRELATION).body
    assert chosen == answer(plot_handler(CORRELATION)(load_event("query"), None))


@pytest.mark.parametrize("payload", PAYLOADS)
def test_a_percent_encoded_path_is_decoded_once(payload: str) -> None:
    encoded = Request(f"/plots/{PAIRPLOT}/features/mean%20radius%2Cmean%2520texture", headers={"accept": "*/*"})
    answered = asked(PAIRPLOT, payload, encoded)
    assert answered.status == 422
    assert b"mean%20texture" in answered.body


@pytest.mark.parametrize(
    ("name", "plot", "says"),
    [
        ("bad_parameter", CORRELATION, "cosine"),
        ("unknown_parameter", CORRELATION, "is `method`"),
        ("unknown_feature", PAIRPLOT, "mean mass"),
        ("odd_path", PAIRPLOT, "半径 %20"),
    ],
)
@pytest.mark.parametrize("payload", PAYLOADS)
def test_a_bad_request_is_refused_alike_whoever_calls(payload: str, name: str, plot: str, says: str) -> None:
    event = load_event(name)
    expected = answer(plot_handler(plot)(event, None))
    assert (expected.status, expected.content_type) == (422, "application/problem+json")
    assert says in json.loads(expected.body)["detail"]
    assert asked(plot, payload, request_of(event)) == expected


NAMED = {str(file.relative_to(EVENTS).with_suffix("")) for file in EVENTS.rglob("*.json")}


@pytest.mark.parametrize("name", sorted(NAMED - {"alb", "alb_multi_value", "function_url", "rest_api"}))
def test_named_http_api_events_are_what_the_api_would_make_of_their_request(name: str) -> None:
    event = load_event(name)
    assert http_api(request_of(event), event["routeKey"].partition(" ")[2]) == event
