"""What clients say that they accept and have is read as RFC 9110 has it, whatever they send."""

import gzip
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from matplotlib.figure import Figure
from starlette.requests import Request
from starlette.responses import Response

from plotgate import serve
from plotgate.http.compression import compress
from plotgate.http.conditional import held_tags
from plotgate.http.error_form import PAGES, error_form
from plotgate.url.view import View
from tests.wire import Request as Sent
from tests.wire import answer, http_api

ANY_HEADER = st.text(st.characters(codec="latin-1"), max_size=60)
SPACE = st.sampled_from(["", " ", "\t", "  "])


def request(**headers: str) -> Request:
    named = [(name.replace("_", "-").encode(), value.encode("latin-1")) for name, value in headers.items()]
    return Request({"type": "http", "method": "GET", "path": "/", "query_string": b"", "headers": named})


# Accept: weights from 0 to 1, with at most three decimals

WEIGHTS = st.integers(0, 1000)
KINDS = st.sampled_from(
    ["image/png", "image/*", "image/svg+xml", *PAGES, "*/*", "text/*", "audio/basic", "application/pdf"]
)


@st.composite
def spelled(draw: st.DrawFn, kind: str, weight: int, separator: str = ";") -> str:
    """One item of an Accept header in one of its spellings."""
    texts = [f"{weight / 1000:.3f}"]
    if weight % 10 == 0:
        texts.append(f"{weight / 1000:.2f}")
    if weight in (0, 1000):
        texts += [str(weight // 1000), f"{weight // 1000}."]
    text = f"{draw(SPACE)}{separator}{draw(SPACE)}{draw(st.sampled_from('qQ'))}={draw(st.sampled_from(texts))}"
    if weight == 1000 and draw(st.booleans()):
        text = ""
    extra = draw(st.sampled_from(["", ";v=b3", "; level=1"]))
    cased = kind.upper() if draw(st.booleans()) else kind
    return f"{draw(SPACE)}{cased}{extra}{text}{draw(SPACE)}"


@given(st.data(), st.dictionaries(KINDS, WEIGHTS, max_size=6))
def test_who_prefers_pictures_to_pages_gets_a_picture(data: st.DataObject, weights: dict[str, int]) -> None:
    accept = ",".join(data.draw(spelled(kind, weight)) for kind, weight in weights.items())
    pictures = max((weight for kind, weight in weights.items() if kind.startswith("image/")), default=0)
    pages = max((weight for kind, weight in weights.items() if kind in PAGES), default=0)
    assert error_form(request(accept=accept), View()) == ("image" if pictures > pages else "json")


@given(ANY_HEADER, ANY_HEADER)
def test_any_accept_header_is_read(accept: str, dest: str) -> None:
    assert error_form(request(accept=accept, sec_fetch_dest=dest), View()) in ("image", "json")


@given(st.lists(st.tuples(KINDS, st.sampled_from(["nan", "inf", "-1", "1.001", "", "x", "1e5", "--"])), max_size=4))
def test_a_weight_that_is_none_weighs_nothing(items: list[tuple[str, str]]) -> None:
    accept = ",".join(f"{kind};q={weight}" for kind, weight in items)
    assert error_form(request(accept=accept), View()) == "json"


# If-None-Match: entity tags are compared weakly

TAGS = st.text(st.characters(min_codepoint=0x21, max_codepoint=0xFF, exclude_characters='"', exclude_categories=["Cc"]))


@given(st.data(), st.lists(TAGS, max_size=5))
def test_every_tag_of_a_list_is_known_weak_or_not(data: st.DataObject, tags: list[str]) -> None:
    named = ",".join(f'{data.draw(SPACE)}{data.draw(st.sampled_from(["", "W/"]))}"{tag}"' for tag in tags)
    split = data.draw(st.booleans())  # a header may come in two lines
    assert held_tags([named, ""] if split else [named]) == {f'"{tag}"' for tag in tags}


@given(ANY_HEADER)
def test_what_is_no_tag_is_none(text: str) -> None:
    found = held_tags([text])
    assert all(tag in text for tag in found)
    assert ("*" in found) is (text.strip() == "*")
    assert all(tag == "*" or (tag[0] == tag[-1] == '"' and len(tag) > 1) for tag in found)


# Accept-Encoding

CODINGS = st.sampled_from(["gzip", "x-gzip", "br", "deflate", "identity", "zstd"])


def is_compressed(accept_encoding: str, **headers: str) -> bool:
    response = Response(b"x" * 2000, headers=headers)
    compress(request(accept_encoding=accept_encoding), response)
    return response.headers.get("content-encoding") == "gzip"


@given(st.data(), st.dictionaries(CODINGS, WEIGHTS, max_size=5))
def test_texts_are_compressed_exactly_for_who_accepts_gzip(data: st.DataObject, weights: dict[str, int]) -> None:
    header = ",".join(data.draw(spelled(coding, weight)) for coding, weight in weights.items())
    names = [name for name in weights if name in ("gzip", "x-gzip")]
    if len({weights[name] > 0 for name in names}) > 1:
        return  # two names of one coding that contradict each other
    assert is_compressed(header) is any(weights[name] > 0 for name in names)


@given(ANY_HEADER)
def test_any_accept_encoding_is_read(header: str) -> None:
    assert is_compressed(header) in (True, False)


def long_line() -> Figure:
    figure = Figure(figsize=(3, 3))
    figure.subplots().plot(range(500))
    return figure


HANDLER = serve(long_line)


def ask(query: str, **headers: str) -> Any:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return answer(HANDLER(http_api(Sent("/plots/some/plot", query, headers={"host": "localhost", **named})), None))


@pytest.mark.parametrize(
    ("query", "vary"), [("format=svg", "Accept-Encoding"), ("format=csv", "Accept-Encoding"), ("format=png", None)]
)
def test_an_answer_says_on_which_headers_it_depends(query: str, vary: str | None) -> None:
    whole = ask(query, accept_encoding="identity")
    again = ask(query, if_none_match=whole.headers["etag"])
    assert (whole.status, again.status) == (200, 304)
    assert whole.headers.get("vary") == again.headers.get("vary") == vary


@pytest.mark.parametrize("errors", ["auto", "json", "text", "image"])
def test_an_error_says_on_which_headers_it_depends(errors: str) -> None:
    assert ask(f"x=1&errors={errors}").headers["vary"] == "Accept, Accept-Encoding, Sec-Fetch-Dest"


MANY = "&".join(f"{letter * 100}=1" for letter in "abcdefghijklmnopq")  # names that no plot has, in a long message


@pytest.mark.parametrize("errors", ["errors=json", "errors=text", "errors=image&format=svg"])
def test_an_error_is_compressed_for_who_accepts_it(errors: str) -> None:
    plain, whole, head = (
        HANDLER(http_api(Sent("/plots/some/plot", f"{MANY}&{errors}", sent, {"accept-encoding": coding})), None)
        for sent, coding in (("GET", "identity"), ("GET", "gzip"), ("HEAD", "gzip"))
    )
    assert plain["statusCode"] == whole["statusCode"] == 422
    assert "content-encoding" not in plain["headers"]
    assert len(plain["body"]) > 1400
    assert answer(whole).body == plain["body"].encode()
    assert whole["headers"]["content-encoding"] == head["headers"]["content-encoding"] == "gzip"
    assert int(head["headers"]["content-length"]) < len(plain["body"]) / 2


def test_an_error_in_pixels_is_not_compressed_again() -> None:
    assert "content-encoding" not in ask("x=1&errors=image&format=png", accept_encoding="gzip").headers


@pytest.mark.parametrize("size", [0, 1399, 1400, 5000])
@pytest.mark.parametrize("tag", [None, '"a"', 'W/"a"'])
def test_what_fits_into_one_packet_is_not_compressed(size: int, tag: str | None) -> None:
    response = Response(b"x" * size, headers={} if tag is None else {"etag": tag})
    compress(request(accept_encoding="gzip"), response)
    headers, body = dict(response.headers), bytes(response.body)
    assert headers["vary"] == "Accept-Encoding"
    assert headers["content-length"] == str(len(body))
    if size < 1400:
        assert (body, headers.get("content-encoding"), headers.get("etag")) == (b"x" * size, None, tag)
    else:
        assert gzip.decompress(body) == b"x" * size
        assert body[4:8] == bytes(4)  # no time: the same text gives the same bytes
        assert headers["content-encoding"] == "gzip"
        assert headers.get("etag") == tag
