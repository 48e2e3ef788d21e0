"""An error is shown in a form that whoever asked can show."""

import io
import json
import sys
from xml.etree import ElementTree

import pytest
from matplotlib.figure import Figure
from PIL import Image

from plotgate import serve
from plotgate.errors import DrawError, ParameterError, Violation
from plotgate.http.card import COLOURS, error_picture
from plotgate.url.view import Size
from tests.wire import Answer, Request, answer, http_api

IMG = {"sec-fetch-dest": "image", "accept": "image/avif,image/webp,image/apng,image/svg+xml,image/*,*/*;q=0.8"}


def draw(bins: int = 10) -> Figure:
    raise ImportError("/opt/python/secret is missing")


HANDLER = serve(draw)


def ask(query: str, **headers: str) -> Answer:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return answer(HANDLER(http_api(Request("/plots/some/plot", query, headers={"accept": "*/*"} | named)), None))


def opened(body: bytes) -> Image.Image:
    return Image.open(io.BytesIO(body))


@pytest.mark.parametrize(
    ("sent", "form"),
    [
        ({}, "application/problem+json"),  # curl, and fetch
        ({"sec_fetch_dest": "empty"}, "application/problem+json"),
        ({"sec_fetch_dest": "image"}, "image/png"),
        # Chromium, Firefox and Safari as an <img> where Sec-Fetch-Dest is not sent
        ({"accept": "image/avif,image/webp,image/apng,image/svg+xml,image/*,*/*;q=0.8"}, "image/png"),
        ({"accept": "image/avif,image/webp,image/png,image/svg+xml,image/*;q=0.8,*/*;q=0.5"}, "image/png"),
        ({"accept": "image/webp,image/avif,image/jxl,video/*;q=0.8,image/*;q=0.8,*/*;q=0.5"}, "image/png"),
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
@pytest.mark.parametrize("sent", [{}, {"sec_fetch_dest": "image"}])
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
    assert opened(ask(f"bins=x&{query}", sec_fetch_dest="image").body).size == pixels


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_error_picture_has_the_theme_asked_for(theme: str) -> None:
    corner = opened(ask(f"bins=x&theme={theme}", sec_fetch_dest="image").body).getpixel((639, 0))
    assert corner == ((255, 246, 245) if theme == "light" else (34, 26, 28))


@pytest.mark.parametrize(
    ("form", "media_type"),
    [("png", "image/png"), ("webp", "image/webp"), ("svg", "image/svg+xml"), ("pdf", "image/png"), ("x", "image/png")],
)
def test_error_picture_has_the_format_asked_for_where_an_img_shows_it(form: str, media_type: str) -> None:
    assert ask(f"bins=x&format={form}", sec_fetch_dest="image").content_type == media_type


def test_failing_plot_tells_nothing_of_its_reason(caplog: pytest.LogCaptureFixture) -> None:
    failed = ask("errors=json")
    assert (failed.status, failed.headers["x-plotgate-error"]) == (500, "draw_failed")
    assert b"secret" not in failed.body
    assert "secret" in caplog.text


def test_picture_of_a_failing_plot_keeps_the_true_status() -> None:
    failed = ask("", sec_fetch_dest="image")
    assert (failed.status, failed.content_type) == (500, "image/png")


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
def test_wrong_method_is_refused_in_the_form_asked_for(method: str) -> None:
    event = http_api(Request("/plots/some/plot", "errors=image", method))
    refused = answer(HANDLER(event, None))
    assert (refused.status, refused.content_type, refused.headers["allow"]) == (405, "image/png", "GET, HEAD")


@pytest.mark.parametrize("name", ["<b>", "%1b[31m", "a%0d%0aSet-Cookie:x=1", "%00", "%F0%9F%92%A9", "x" * 8000])
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


LONG = ParameterError([Violation("features", "must be one of 30 values, closest 'mean radius'", "x" * 100)] * 9)


@pytest.mark.parametrize("error", [LONG, DrawError("The plot failed while it was drawn; the log has the reason.")])
@pytest.mark.parametrize("size", [Size(200, 120), Size(120, 4000), Size(640, 400), Size(4000, 120)])
def test_message_stays_inside_the_error_picture(error: ParameterError | DrawError, size: Size) -> None:
    picture = opened(error_picture(error, "png", "light", size)[0])
    edge = [picture.getpixel((x, y)) for x in (size.width - 1, size.width - 5) for y in range(size.height)]
    edge += [picture.getpixel((x, y)) for x in range(4, size.width) for y in (0, 4, size.height - 4, size.height - 1)]
    assert set(edge) == {(255, 246, 245)}


def test_message_is_laid_out_alike_at_each_dpr() -> None:
    once, twice = (error_picture(LONG, "svg", "light", Size(300, 200, dpr))[0] for dpr in (1, 2))
    assert once == twice


def test_error_is_svg_where_pillow_cannot_be_imported(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "PIL.Image", None)
    body, media_type = error_picture(LONG, "png", "dark", Size(200, 120))
    assert media_type == "image/svg+xml"
    assert ElementTree.fromstring(body).get("width") == "200"


def test_message_is_readable() -> None:
    for theme, colours in COLOURS.items():
        for role in ("title", "detail", "code"):
            assert contrast(colours[role], colours["paper"]) >= 4.5, (theme, role)


def contrast(first: str, second: str) -> float:
    """WCAG 2.2, contrast ratio."""

    def luminance(colour: str) -> float:
        channels = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
        linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    darker, lighter = sorted((luminance(first), luminance(second)))
    return (lighter + 0.05) / (darker + 0.05)
