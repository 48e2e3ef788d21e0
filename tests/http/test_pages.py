"""Pages that show plots and draw none."""

import re

import pytest

from plotgate.http.endpoint import application
from plotgate.http.events import Adapter
from plotgate.http.pages import inline_hash, page_answer
from tests.wire import Answer, Request, answer, http_api


def test_a_page_that_a_client_has_is_not_sent_again() -> None:
    said = [b"one"]
    handler = Adapter(application({"/": lambda request: page_answer(request, said[0])}))

    def ask(tag: str = '"none"') -> Answer:
        return answer(handler(http_api(Request("/", headers={"if-none-match": tag})), None))

    first = ask()
    assert first.status == 200
    for tag in (first.headers["etag"], first.headers["etag"].removeprefix("W/"), "*"):
        known = ask(tag)
        assert (known.status, known.body, known.headers["etag"]) == (304, b"", first.headers["etag"])
        assert known.headers["vary"].lower() == "accept-encoding"
    said[0] = b"two"
    assert (ask(first.headers["etag"]).status, ask(first.headers["etag"]).body) == (200, b"two")


@pytest.mark.parametrize("tag", ['"none"', "*"])
def test_a_page_that_says_what_is_wrong_keeps_its_status_whatever_a_client_has(tag: str) -> None:
    handler = Adapter(application({"/": lambda request: page_answer(request, b"no such plot", status=404)}))
    refused = answer(handler(http_api(Request("/", headers={"if-none-match": tag})), None))
    assert (refused.status, refused.body) == (404, b"no such plot")


def test_a_tag_is_weak_and_of_letters_that_a_url_may_have() -> None:
    handler = Adapter(application({"/": lambda request: page_answer(request, b"one")}))
    first = answer(handler(http_api(Request("/")), None))
    assert re.fullmatch(r'W/"[\w-]{22}"', first.headers["etag"])
    assert first.content_type == "text/html; charset=utf-8"
    assert first.headers["cache-control"] == "public, max-age=60, s-maxage=60, stale-while-revalidate=600"


def test_the_hash_of_an_inline_text_is_that_of_csp() -> None:
    # The example of the W3C's Content Security Policy Level 3, 8.4.
    source = "'sha256-qznLcsROx4GACP2dm0UCKCzCG+HiZ1guq6ZZDob/Tng='"
    assert inline_hash("alert('Hello, world.');") == source


def test_a_path_that_no_function_has_is_said_to_be_none() -> None:
    handler = Adapter(application({"/plots/x": lambda request: page_answer(request, b"one")}))
    for method, body in (("GET", b"No plot has this path."), ("HEAD", b"")):
        missed = answer(handler(http_api(Request("/plots/y", method=method)), None))
        assert (missed.status, missed.headers["x-plotgate-error"]) == (404, "not_found")
        assert body in missed.body and bool(body) is bool(missed.body)
