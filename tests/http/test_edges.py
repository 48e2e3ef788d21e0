"""What nobody has foreseen, what is no request, what is too long: said in a form that the client can show."""

import asyncio
import base64
import json
import os
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Thread
from typing import Annotated, Any
from urllib.parse import quote, unquote
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st
from matplotlib.figure import Figure
from pydantic import AfterValidator, BeforeValidator

from plotgate import Distinct, serve
from plotgate.pages.routes import serve_pages
from plotgate.pictures import render
from tests.found import PLOTS, handler_of
from tests.wire import Answer, Request, answer, http_api, rest_api


def ask(handler: Any, query: str = "", path: str = "/plots/some/plot", method: str = "GET", **headers: str) -> Answer:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return answer(
        handler(http_api(Request(path, query, method, {"host": "localhost", "accept": "*/*", **named})), None)
    )


def raising(value: str) -> str:
    raise RuntimeError("/opt/python/secret")


def plain() -> Figure:
    return Figure(figsize=(2, 2))


def refuses(value: Annotated[str, AfterValidator(raising)] = "") -> Figure:
    return plain()


@pytest.mark.parametrize("dest", ["image", "empty"])
def test_what_fails_outside_draw_is_an_error_like_any_other(dest: str, caplog: pytest.LogCaptureFixture) -> None:
    def takes(value: Annotated[str, AfterValidator(lambda v: v if v == "x" else raising(v))] = "x") -> Figure:
        return plain()

    failed = ask(serve(takes), "value=y", sec_fetch_dest=dest)
    assert failed.status == 500
    assert failed.content_type == ("image/svg+xml" if dest == "image" else "application/problem+json")
    assert failed.headers["cache-control"] == "no-store"
    assert failed.headers["access-control-allow-origin"] == "*"
    assert failed.headers["x-plotgate-error"] == "internal_error"
    assert b"secret" not in failed.body
    assert "secret" in caplog.text


@pytest.mark.parametrize(
    "event",
    [
        {"version": "0", "detail-type": "Scheduled Event", "source": "aws.events"},
        {},
        {"Records": [{"body": ""}]},
        {"version": "2.0", "requestContext": {"http": {"method": "GET"}}},
        {"version": "1.0", "requestContext": {}, "path": None},
    ],
)
@pytest.mark.parametrize("function", [*PLOTS[:1], "gallery"])
def test_an_event_that_is_no_request_is_answered_and_raises_nothing(event: dict[str, Any], function: str) -> None:
    refused = handler_of(function)(event, None)
    assert answer(refused).status == 400
    assert json.loads(answer(refused).body)["code"] == "no_request"


@pytest.mark.parametrize("raised", [SystemExit("x"), KeyboardInterrupt(), asyncio.CancelledError(), GeneratorExit()])
def test_whatever_draw_raises_is_an_error_that_can_be_shown(raised: BaseException) -> None:
    def draw() -> Figure:
        raise raised

    failed = ask(serve(draw), sec_fetch_dest="image")
    assert (failed.status, failed.content_type) == (500, "image/svg+xml")
    assert failed.headers["cache-control"] == "no-store"


def test_only_the_first_names_that_are_refused_are_compared_with_all_others(monkeypatch: pytest.MonkeyPatch) -> None:
    compared = []

    def compare(value: str, *others: object, **limits: object) -> list[str]:
        compared.append(value)
        return ["x"]

    monkeypatch.setattr("plotgate.url.signature.get_close_matches", compare)
    names = ",".join(f"worst concave pointz {number}" for number in range(300))
    event = http_api(Request(f"/plots/breast_cancer_data/pairplot/features/{quote(names)}", "errors=json"))
    assert answer(handler_of("breast_cancer_data/pairplot")(event, None)).status == 422
    assert len(compared) <= 10


async def nothing() -> Figure:
    await asyncio.sleep(0)
    return plain()


def in_the_current_loop() -> Figure:
    return asyncio.get_event_loop().run_until_complete(nothing())


def in_the_current_loop_which_is_closed_then() -> Figure:
    loop = asyncio.get_event_loop()
    try:
        return loop.run_until_complete(nothing())
    finally:
        loop.close()


def in_a_loop_of_its_own() -> Figure:
    loop = asyncio.new_event_loop()
    asyncio.set_event_loop(loop)
    try:
        return loop.run_until_complete(nothing())
    finally:
        loop.close()


def in_a_runner() -> Figure:
    with asyncio.Runner() as runner:
        runner.run(nothing())
        return runner.run(nothing())


def in_a_thread() -> Figure:
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, nothing()).result()


def from_a_thread_to_the_current_loop() -> Figure:
    loop = asyncio.get_event_loop()
    thread = Thread(target=loop.run_forever)
    thread.start()
    try:
        return asyncio.run_coroutine_threadsafe(nothing(), loop).result(timeout=20)
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join()


@pytest.mark.parametrize(
    "way",
    [
        lambda: asyncio.run(nothing()),
        in_the_current_loop,
        in_the_current_loop_which_is_closed_then,
        in_a_loop_of_its_own,
        in_a_runner,
        in_a_thread,
        from_a_thread_to_the_current_loop,
    ],
    ids=lambda way: way.__name__.replace("_", " "),
)
def test_draw_may_run_its_own_event_loop(way: Callable[[], Figure]) -> None:
    def draw(number: int = 0) -> Figure:
        return way()

    handler = serve(draw)
    assert [ask(handler, f"number={number}").status for number in (1, 2, 2, 3)] == [200] * 4


def test_what_waits_in_the_event_loop_of_a_picture_does_not_reach_the_next() -> None:
    late: list[int] = []

    def draw(number: int = 0) -> Figure:
        loop = asyncio.get_event_loop()
        loop.run_until_complete(asyncio.sleep(0))
        loop.call_soon(late.append, number)
        return plain()

    handler = serve(draw)
    assert [ask(handler, f"number={number}").status for number in (1, 2)] == [200, 200]
    assert late == []


@pytest.mark.parametrize("name", ["_x", "copy", "json", "model_dump", "__x"])
def test_a_name_that_would_get_lost_is_refused_when_the_plot_is_imported(name: str) -> None:
    scope: dict[str, Any] = {"Figure": Figure}
    exec(f"def draw({name}: int = 1) -> Figure: ...", scope)  # noqa: S102
    with pytest.raises(TypeError, match=f"`{name}` of `draw` must have a name that Pydantic leaves free"):
        serve(scope["draw"])


@pytest.mark.parametrize(("query", "status"), [("groups=a,b", 200), ("groups=a,a", 422), ("", 200)])
def test_items_that_no_set_can_hold_may_be_distinct(query: str, status: int) -> None:
    def split(value: Any) -> Any:
        return [[letter] for letter in value.split(",")] if isinstance(value, str) else value

    def draw(groups: Annotated[list[list[str]], BeforeValidator(split), Distinct] = [["x"]]) -> Figure:  # noqa: B006
        return plain()

    assert ask(serve(draw), query).status == status


def test_a_default_that_breaks_its_own_rule_is_refused_when_the_plot_is_imported() -> None:
    from pydantic import Field

    def draw(bins: Annotated[int, Field(ge=1)] = 0) -> Figure:
        return plain()

    with pytest.raises(TypeError, match="The default of `bins` of `draw` must be greater than or equal to 1, not 0"):
        serve(draw)


def test_importing_plotgate_leaves_a_notebook_its_backend() -> None:
    program = (
        "import os; os.environ['MPLBACKEND'] = 'svg'\nimport plotgate\nimport plotgate.figure.draw\n"
        "import matplotlib\nprint(matplotlib.get_backend(), matplotlib.figure.FigureCanvasBase.__name__"
        " if hasattr(matplotlib, 'figure') else 'FigureCanvasBase')"
    )
    environment = {name: value for name, value in os.environ.items() if name != "MPLBACKEND"}
    ran = subprocess.run([sys.executable, "-c", program], env=environment, capture_output=True, text=True, check=True)
    assert ran.stdout.split() == ["svg", "FigureCanvasBase"]


def test_a_picture_that_is_too_large_is_not_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(render, "LARGEST", 100)
    handler = serve(plain)
    refused = ask(handler)
    assert (refused.status, refused.headers["x-plotgate-error"]) == (422, "too_large")
    assert json.loads(refused.body)["detail"].endswith(": ask for fewer pixels, or for another format.")
    assert len(handler.store) == 0
    assert ask(handler, "format=svg").status == 200


def test_the_largest_picture_fits_into_lambdas_answer() -> None:
    assert 4 * -(-render.LARGEST // 3) + 16_000 < 6_291_556


def labelled(label: str) -> Figure:
    figure = Figure(figsize=(3, 2))
    figure.subplots().set_title(label, parse_math=False)
    return figure


@pytest.mark.filterwarnings("ignore:Glyph")  # no font has control characters
@pytest.mark.parametrize("label", ["a\x00b", "\x0b", "\ufffe", "\x1b[31m", "<script>&\"'", "ok"])
def test_svg_is_xml_whatever_is_written_in_it(label: str) -> None:
    def draw() -> Figure:
        return labelled(label)

    found = ask(serve(draw), "format=svg")
    assert found.status == 200
    root = ElementTree.fromstring(found.body)
    assert not root.findall(".//{http://www.w3.org/2000/svg}script")


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=20))
def test_every_form_of_error_can_be_read_whatever_was_asked(value: str) -> None:
    def draw(count: int = 0) -> Figure:
        raise NotImplementedError

    handler = serve(draw)
    query = f"{quote(value or 'x', safe='')}=1&count={quote(value or 'x', safe='')}x"
    ElementTree.fromstring(ask(handler, f"{query}&format=svg&errors=image").body)
    assert json.loads(ask(handler, f"{query}&errors=json").body)["status"] == 422
    assert ask(handler, f"{query}&errors=text").body.decode()


@pytest.mark.parametrize("alt", ["word " * 3000, "ü " * 5000, "\N{GRINNING FACE} " * 900, "short and sweet"])
def test_the_alt_texts_header_is_bounded(alt: str) -> None:
    def draw() -> Figure:
        figure = plain()
        figure.set_label(alt)
        return figure

    header = ask(serve(draw)).headers["x-plotgate-alt"]
    assert len(header) <= 2048
    said = unquote(header, errors="strict")
    assert said == alt.strip() or (said.endswith("…") and alt.startswith(said[:-1]))


# Compression

LONG = {"format=svg": "image/svg+xml", "format=csv": "text/csv; charset=utf-8"}


def wire(handler: Any, query: str, accept_encoding: str) -> dict[str, Any]:
    request = Request("/plots/some/plot", query, headers={"accept-encoding": accept_encoding})
    result: dict[str, Any] = handler(http_api(request), None)
    return result


def long_line() -> Figure:
    figure = Figure(figsize=(3, 3))
    figure.subplots().plot(range(500))
    return figure


@pytest.mark.parametrize("query", LONG)
@pytest.mark.parametrize("accepted", ["gzip", "br, gzip;q=0.5", "deflate,GZIP ; q=1", "x-gzip"])
def test_texts_are_compressed_where_the_client_accepts_it(query: str, accepted: str) -> None:
    handler = serve(long_line)
    small, large = wire(handler, query, accepted), wire(handler, query, "identity")
    assert small["headers"]["content-encoding"] == "gzip"
    assert small["isBase64Encoded"] is True
    assert len(small["body"]) < len(large["body"]) / 2
    assert answer(small).body == large["body"].encode()
    assert "content-encoding" not in large["headers"]
    for one in (small, large):
        assert one["headers"]["vary"] == "Accept-Encoding"
        assert one["headers"]["content-type"] == LONG[query]
    assert small["headers"]["etag"] == f"W/{large['headers']['etag'].removeprefix('W/')}"
    assert small["headers"]["content-length"] == str(len(base64.b64decode(small["body"])))


@pytest.mark.parametrize("accepted", ["", "br", "gzip;q=0", "gzip;q=0.000", "gzipped"])
def test_texts_are_sent_as_they_are_to_others(accepted: str) -> None:
    assert "content-encoding" not in wire(serve(long_line), "format=svg", accepted)["headers"]


def test_pictures_of_pixels_are_not_compressed_again() -> None:
    headers = wire(serve(long_line), "", "gzip")["headers"]
    assert not {"content-encoding", "vary"} & headers.keys()


def test_a_weak_tag_of_a_compressed_text_is_known_again() -> None:
    handler = serve(long_line)
    tag = wire(handler, "format=svg", "gzip")["headers"]["etag"]
    assert ask(handler, "format=svg", if_none_match=tag).status == 304


def test_rest_api_gets_a_compressed_text_as_base64() -> None:
    result = serve(long_line)(
        rest_api(Request("/plots/some/plot", "format=svg", headers={"accept-encoding": "gzip"})), None
    )
    assert result["isBase64Encoded"] is True
    assert b"<svg" in answer(result).body


def test_a_text_that_is_too_long_even_compressed_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    handler = serve(long_line)
    monkeypatch.setattr("plotgate.http.answers.LAMBDA_LIMIT", len(wire(handler, "format=svg", "")["body"]))
    assert ask(handler, "format=svg", accept_encoding="identity").headers["x-plotgate-error"] == "too_large"
    assert ask(handler, "format=svg", accept_encoding="gzip").status == 200


# The gallery and the description of the plots


@pytest.mark.parametrize("path", ["/", "/openapi.json"])
def test_pages_are_cached_revalidated_and_compressed(path: str) -> None:
    gallery = handler_of("gallery")
    page = ask(gallery, path=path, accept_encoding="identity")
    assert page.headers["cache-control"] == "public, max-age=60, s-maxage=60, stale-while-revalidate=600"
    known = ask(gallery, path=path, if_none_match=page.headers["etag"])
    assert (known.status, known.body, known.headers["etag"]) == (304, b"", page.headers["etag"])
    assert ask(gallery, path=path, if_none_match='"another"').status == 200
    assert ask(gallery, path=path, accept_encoding="gzip").headers["content-encoding"] == "gzip"
    head = ask(gallery, path=path, method="HEAD", accept_encoding="identity")
    assert (head.body, head.headers["content-length"]) == (b"", str(len(page.body)))


def test_a_page_that_fails_is_an_error_like_any_other(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    pages = serve_pages(tmp_path / "secret")  # where there is no catalog
    failed = ask(pages, path="/")
    assert (failed.status, failed.headers["x-plotgate-error"]) == (500, "internal_error")
    assert failed.headers["cache-control"] == "no-store"
    assert b"secret" not in failed.body
    assert ask(handler_of("gallery"), path="/nowhere").status == 404
