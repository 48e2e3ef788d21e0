"""The headers that pictures and errors are sent with, and what is too large to be sent."""

import json
from pathlib import Path
from random import Random
from typing import Any
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st
from matplotlib.figure import Figure

from plotgate import serve
from plotgate.errors import DataError
from plotgate.http import answers
from plotgate.http.answers import alt_header
from plotgate.pictures import render
from plotgate.pictures.render import Picture
from plotgate.url.formats import FORMATS
from tests.wire import PAYLOADS, Answer, Request, answer

LAMBDA_LIMIT = 6_291_556  # bytes of an answer, as the documentation of Lambda's quotas and its error message have it
POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox"


def plain(size: int = 2) -> Figure:
    return Figure(figsize=(size, size))


HANDLER = serve(plain)


def result(
    handler: Any, query: str = "", path: str = "/plots/some/plot", payload: str = "HTTP API", **headers: str
) -> Any:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return handler(
        PAYLOADS[payload](Request(path, query, "GET", {"accept": "*/*", "accept-encoding": "", **named})), None
    )


def ask(query: str = "", path: str = "/plots/some/plot", **headers: str) -> Answer:
    return answer(result(HANDLER, query, path, **headers))


@pytest.mark.parametrize("query", ["", "x=1", "x=1&errors=image", "errors=text&x=1", "if"])
def test_every_answer_may_be_used_by_any_page_and_is_what_it_says(query: str) -> None:
    made = ask(query)
    assert {
        name: made.headers[name] for name in made.headers if name.startswith(("x-c", "access", "cross", "timing"))
    } == {
        "x-content-type-options": "nosniff",
        "access-control-allow-origin": "*",
        "access-control-expose-headers": "*",
        "cross-origin-resource-policy": "cross-origin",
        "timing-allow-origin": "*",
    }


def test_svg_that_is_opened_by_itself_runs_nothing_and_looks_as_it_does_in_a_page() -> None:
    assert ask("format=svg").headers["content-security-policy"] == POLICY
    refused = ask("x=1", sec_fetch_dest="image")
    assert (refused.content_type, refused.headers["content-security-policy"]) == ("image/svg+xml", POLICY)
    for query in ("", "format=json", "x=1", "x=1&errors=image", "x=1&errors=text"):
        assert "content-security-policy" not in ask(query).headers


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("/plots/some/plot", "plot.png"),
        ("/plots/some/Plot-2.b_c", "Plot-2.b_c.png"),
        ("/plots/some/a%22%3Bb", "a__b.png"),
        ("/plots/some/%C3%BC%D9%A3", "__.png"),
        ("/plots/some/", "plot.png"),
    ],
)
def test_a_picture_is_saved_under_the_plots_name(path: str, name: str) -> None:
    assert ask(path=path).headers["content-disposition"] == f'inline; filename="{name}"'


# Sizes: Lambda fails where its answer, as JSON, has more bytes than it allows.


@pytest.mark.parametrize("payload", PAYLOADS)
@pytest.mark.parametrize("size", [render.LARGEST, render.LARGEST + 1])
def test_the_largest_picture_of_pixels_fits_into_lambdas_answer(
    size: int, payload: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = Picture(b"x" * size, FORMATS["png"], 200, 200, "word " * 1000)
    monkeypatch.setattr(render, "_rendered", lambda identity: made)
    found = result(serve(plain), payload=payload)
    if size <= render.LARGEST:
        assert found["statusCode"] == 200
        assert len(json.dumps(found)) <= LAMBDA_LIMIT
    else:
        assert found["statusCode"] == 422
        assert "The picture has 4700001 bytes, more than the 4700000 that Lambda can send" in str(answer(found).body)


@pytest.mark.parametrize("letter", ["x", '"', "\\", "\n", "ü", "\N{GRINNING FACE}"])
@pytest.mark.parametrize("share", [0.97, 0.999, 1.0])
def test_a_text_is_sent_only_where_it_fits_into_lambdas_answer(
    letter: str, share: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(answers, "LAMBDA_LIMIT", 20_000)
    as_json = len(json.dumps(letter, ensure_ascii=False).encode()) - 2
    made = Picture(letter.encode() * int(share * 20_000 / as_json), FORMATS["svg"], 200, 200, "")
    monkeypatch.setattr(render, "_rendered", lambda identity: made)
    found = result(serve(plain), "format=svg")
    assert found["statusCode"] in (200, 422)
    if found["statusCode"] == 200:
        assert len(json.dumps(found, ensure_ascii=False).encode()) <= 20_000
    else:
        assert answer(found).headers["x-plotgate-error"] == "too_large"
    if share == 1.0:
        assert found["statusCode"] == 422
    # Compressed it is sent.
    assert result(serve(plain), "format=svg", accept_encoding="gzip")["statusCode"] == 200


def test_a_text_that_is_too_large_when_compressed_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(answers, "LAMBDA_LIMIT", 20_000)
    letters = Random(11).choices("0123456789abcdef", k=40_000)  # noqa: S311 - of which gzip leaves half
    made = Picture("".join(letters).encode(), FORMATS["svg"], 200, 200, "")
    monkeypatch.setattr(render, "_rendered", lambda identity: made)
    assert result(serve(plain), "format=svg", accept_encoding="gzip")["statusCode"] == 422


def test_the_limit_is_lambdas() -> None:
    assert answers.LAMBDA_LIMIT == LAMBDA_LIMIT


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=200), st.integers(1, 60))
def test_an_alt_text_is_read_back_from_its_header_whole_or_cut(text: str, times: int) -> None:
    alt = text * times
    header = alt_header(alt)
    assert header.isascii()
    assert header.isprintable()
    assert len(header) <= answers.MOST_ALT
    said = unquote(header, errors="strict")
    assert said == alt or (said.endswith("…") and alt.startswith(said[:-1]))
    if said != alt:
        assert len(header) > answers.MOST_ALT - 400  # no more is cut than must be, roughly


def test_a_stale_picture_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from plotgate import Table

    table = Table("rows", {"x": int}, file=tmp_path / "rows.csv")
    (tmp_path / "rows.csv").write_text("x\n1\n")

    def draw() -> Figure:
        table.read()
        return plain()

    handler = serve(draw, data=table)
    assert answer(result(handler)).status == 200
    (tmp_path / "rows.csv").unlink()
    stale = answer(result(handler)).headers
    assert stale["x-plotgate-stale"] == "0"
    assert stale["cache-control"] == "public, max-age=10"


def test_only_an_error_that_may_pass_says_when_to_ask_again() -> None:
    def away() -> Figure:
        raise DataError("The data `rows` is not available just now.")

    assert answer(result(serve(away))).headers["retry-after"] == "30"
    assert "retry-after" not in ask("x=1").headers
