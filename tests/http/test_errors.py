"""An error is shown in a form that whoever asked can show."""

import io
import json
from datetime import datetime, timedelta
from typing import Annotated
from xml.etree import ElementTree

import pytest
from matplotlib.figure import Figure
from PIL import Image

from plotgate import TimeRange, serve
from plotgate.errors import ParameterError, PlotgateError, Violation
from plotgate.serve import serve_error
from tests.wire import Answer, Request, answer, http_api

IMG = {"sec-fetch-dest": "image", "accept": "image/avif,image/webp,image/apng,image/svg+xml,image/*,*/*;q=0.8"}


def draw(bins: int = 10) -> Figure:
    raise ImportError("/opt/python/secret is missing")


HANDLER = serve(draw)


def ask(query: str, **headers: str) -> Answer:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return answer(HANDLER(http_api(Request("/plots/some/plot", query, headers={"accept": "*/*"} | named)), None))


def opened(body: bytes) -> Image.Image:
    return Image.open(io.BytesIO(body)).convert("RGB")


@pytest.mark.parametrize(
    ("sent", "form"),
    [
        ({}, "application/problem+json"),  # curl, and fetch
        ({"sec_fetch_dest": "empty"}, "application/problem+json"),
        ({"sec_fetch_dest": "image"}, "image/svg+xml"),
        # Chromium and Firefox as an <img> where Sec-Fetch-Dest is not sent
        ({"accept": "image/avif,image/webp,image/apng,image/svg+xml,image/*,*/*;q=0.8"}, "image/svg+xml"),
        ({"accept": "image/avif,image/webp,image/png,image/svg+xml,image/*;q=0.8,*/*;q=0.5"}, "image/svg+xml"),
        # who does not say that they show SVG: older Safari, mail clients, link previews
        ({"accept": "image/webp,image/avif,image/jxl,video/*;q=0.8,image/*;q=0.8,*/*;q=0.5"}, "image/png"),
        ({"accept": "image/*"}, "image/png"),
        ({"accept": "image/png,image/svg+xml;q=0"}, "image/png"),
        # the same as a typed address
        (
            {"accept": "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8"},
            "application/problem+json",
        ),
        ({"accept": "text/html,application/xhtml+xml,*/*;q=0.8"}, "application/problem+json"),
        ({"accept": ";;q=,,image/png;q=nan,\x00/*;q=9;q"}, "application/problem+json"),
        ({"accept": "image/png;q=0"}, "application/problem+json"),
    ],
)
def test_browsers_get_a_picture_where_they_show_one(sent: dict[str, str], form: str) -> None:
    refused = ask("bins=x", **sent)
    assert (refused.status, refused.content_type) == (422, form)


@pytest.mark.parametrize(
    ("forced", "form"),
    [("image", "image/png"), ("json", "application/problem+json"), ("text", "text/plain; charset=utf-8")],
)
@pytest.mark.parametrize("sent", [{}, {"sec_fetch_dest": "empty"}])
def test_form_of_errors_can_be_forced(forced: str, form: str, sent: dict[str, str]) -> None:
    assert ask(f"bins=x&errors={forced}", **sent).content_type == form


def test_error_is_named_in_a_header() -> None:
    assert ask("bins=x", sec_fetch_dest="image").headers["x-plotgate-error"] == "invalid_parameter"


def test_what_the_url_brings_about_is_kept_for_a_minute_and_what_it_does_not_never() -> None:
    refused, failed = ask("bins=x"), ask("")
    assert (refused.status, refused.headers["cache-control"]) == (422, "public, max-age=60")
    assert (failed.status, failed.headers["cache-control"]) == (500, "no-store")


def test_text_says_what_was_wrong() -> None:
    assert ask("bins=x&errors=text").body.decode().startswith("A parameter is not valid\nThe parameter `bins` must be")


@pytest.mark.parametrize(
    ("query", "pixels"),
    [
        ("", (640, 400)),
        ("width=200&height=120", (200, 120)),
        ("width=200&height=120&dpr=2", (400, 240)),
        ("width=320", (320, 200)),
        ("height=200", (320, 200)),
        ("width=-1&height=banana&dpr=nan", (640, 400)),
        ("width=4000&height=4000&dpr=4", (4000, 4000)),
    ],
)
def test_error_picture_has_the_size_asked_for(query: str, pixels: tuple[int, int]) -> None:
    assert opened(ask(f"bins=x&{query}&errors=image").body).size == pixels
    svg = ElementTree.fromstring(ask(f"bins=x&{query}", sec_fetch_dest="image").body)
    assert (svg.get("width"), svg.get("height")) == tuple(map(str, pixels))


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_error_picture_has_the_theme_asked_for(theme: str) -> None:
    corner = opened(ask(f"bins=x&theme={theme}&errors=image").body).getpixel((639, 0))
    assert corner == ((255, 246, 245) if theme == "light" else (34, 26, 28))


@pytest.mark.parametrize(
    ("form", "media_type"),
    [("png", "image/png"), ("webp", "image/png"), ("svg", "image/svg+xml"), ("pdf", "image/svg+xml")],
)
def test_error_picture_is_png_where_the_url_names_pixels(form: str, media_type: str) -> None:
    assert ask(f"bins=x&format={form}", sec_fetch_dest="image").content_type == media_type
    assert ask("bins=x&format=svg&errors=image").content_type == "image/svg+xml"
    assert ask("bins=x&format=x&errors=image").content_type == "image/png"


def test_failing_plot_tells_nothing_of_its_reason(caplog: pytest.LogCaptureFixture) -> None:
    failed = ask("errors=json")
    assert (failed.status, failed.headers["x-plotgate-error"]) == (500, "draw_failed")
    assert b"secret" not in failed.body
    assert "secret" in caplog.text


def test_picture_of_a_failing_plot_keeps_the_true_status() -> None:
    failed = ask("", sec_fetch_dest="image")
    assert (failed.status, failed.content_type) == (500, "image/svg+xml")


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
def test_wrong_method_is_refused_in_the_form_asked_for(method: str) -> None:
    event = http_api(Request("/plots/some/plot", "errors=image", method))
    refused = answer(HANDLER(event, None))
    assert (refused.status, refused.content_type, refused.headers["allow"]) == (405, "image/svg+xml", "GET, HEAD")


@pytest.mark.parametrize(
    "name",
    [
        "<b>",
        "%1b[31m",
        "a%0d%0aSet-Cookie:x=1",
        "%00",
        "%F0%9F%92%A9",
        "%0b",
        "%EF%BF%BE",
        100 * "%F4%8F%BF%BF",
        "x" * 8000,
    ],
)
def test_hostile_names_are_shown_and_not_obeyed(name: str) -> None:
    for form in ("image", "json", "text"):
        refused = ask(f"{name}=1&errors={form}")
        assert refused.status == 422
        assert "set-cookie" not in refused.headers
        if form == "json":
            assert json.loads(refused.body)["errors"]
        if form != "image":
            assert not {"\x1b", "\r", "\x00"} & set(refused.body.decode())
    drawn = ask(f"{name}=1&errors=image&format=svg").body
    ElementTree.fromstring(drawn)
    assert b"<b>" not in drawn


def test_thousand_unknown_parameters_are_refused_in_few_words() -> None:
    refused = ask("&".join(f"{number}=1" for number in range(1000)))
    assert refused.status == 422
    assert len(json.loads(refused.body)["errors"]) == 10


RANGE = TimeRange(step=timedelta(hours=1), longest=timedelta(days=1))


@pytest.mark.parametrize(
    ("query", "kept"),
    [
        ("start=soon&end=now", True),
        ("start=2016-01-01&end=2016-01-03", True),
        ("start=2016-01-02&end=2016-01-01", True),
        ("start=9999-01-01&end=9999-02-01", True),
        ("start=2016-01-01", False),  # the end is now
        ("end=2016-01-01", False),  # the start is a day ago
        ("start=2016-01-01&end=-1h", False),
        ("start=-5d&end=2999-01-01", False),
        ("start=-5d&end=2999-01-01&zoom=x", True),  # `zoom` is unknown then, too
        ("start=-999999y&end=2016-01-01", False),
        ("width=x", True),
    ],
)
def test_a_refused_range_is_kept_unless_it_soon_may_be_good(query: str, kept: bool) -> None:
    def draw(
        start: Annotated[datetime, RANGE.start] = RANGE.time("-1d"),
        end: Annotated[datetime, RANGE.end] = RANGE.time("now"),
    ) -> Figure:
        raise NotImplementedError

    refused = answer(serve(draw)(http_api(Request("/plots/some/plot", query)), None))
    assert (refused.status, refused.headers["x-plotgate-error"]) == (422, "invalid_parameter")
    assert refused.headers["cache-control"] == ("public, max-age=60" if kept else "no-store")


# Those of the functions: gateways have others.
@pytest.mark.parametrize("kind", [one for one in PlotgateError.__subclasses__() if one.__module__ == "plotgate.errors"])
def test_every_error_of_the_request_is_kept_for_a_minute_and_none_of_the_server(kind: type[PlotgateError]) -> None:
    error = ParameterError([Violation("x", "must be y")]) if kind is ParameterError else kind("It is so.")
    failed = answer(serve_error(error)(http_api(Request("/plots/some/plot")), None))
    assert failed.status == error.status
    assert failed.headers["cache-control"] == ("public, max-age=60" if failed.status < 500 else "no-store")
