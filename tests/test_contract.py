"""The contract of every plot's URL: formats, sizes, themes, errors, headers."""

import io
import json
from typing import Any
from urllib.parse import unquote
from xml.etree import ElementTree

import numpy as np
import pytest
from matplotlib.collections import QuadMesh
from PIL import Image

from plotgate.url.formats import FORMATS as ROWS
from plotgate.version import VERSION
from tests.drawing import laid_out
from tests.figure.test_layout import cut_off, overlapping_ticks, texts
from tests.figure.test_theme import contrast
from tests.found import PLOTS, ROOT, path_of, plot_handler
from tests.wire import Answer, Request, answer, http_api

BASELINES = ROOT / "tests" / "baselines"
OUTPUT = ROOT / "tests" / "output"
DIFFERENT, MOST_DIFFERENT = 24, 0.001  # a pixel differs by more than 24 of 255; more than 0.1 % of them do

SVG = "{http://www.w3.org/2000/svg}"
SIZES = ["", "width=440", "width=240&height=180", "width=900&height=400", "width=400&height=640"]
FORMATS = list(ROWS)


def event_of(plot: str, query: str = "", **headers: str) -> dict[str, Any]:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return http_api(Request(path_of(plot), query, headers={"accept": "*/*"} | named))


def ask(plot: str, query: str = "", **headers: str) -> Answer:
    return answer(plot_handler(plot)(event_of(plot, query, **headers), None))


def path_parameters(plot: str) -> dict[str, str]:
    folder, _, rest = unquote(path_of(plot)).partition(plot)
    parts = rest.strip("/").split("/") if rest else []
    return dict(zip(parts[::2], parts[1::2], strict=True)) if folder else {}


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("plot", PLOTS)
def test_every_format_is_what_it_says(plot: str, form: str) -> None:
    made = ask(plot, f"format={form}&width=440")
    assert (made.status, made.content_type) == (200, ROWS[form].media_type)
    assert made.headers["content-disposition"] == f'inline; filename="{plot.rpartition("/")[2]}.{form}"'
    assert made.headers["x-content-type-options"] == "nosniff"
    assert made.headers["access-control-allow-origin"] == "*"
    assert made.headers["cross-origin-resource-policy"] == "cross-origin"
    assert unquote(made.headers["x-plotgate-alt"]).endswith(".")
    assert made.headers["x-plotgate-alt"].isascii()
    assert made.body.startswith(
        {"png": b"\x89PNG", "svg": b"<svg", "webp": b"RIFF", "pdf": b"%PDF", "json": b"{", "csv": b"panel,"}[form]
    )


@pytest.mark.parametrize("plot", PLOTS)
def test_a_drawn_picture_tells_where_its_time_went(plot: str) -> None:
    made = ask(plot, "width=457")  # a width that no other test asks for: what is remembered is not drawn
    steps = {step.partition(";")[0] for step in made.headers["server-timing"].split(", ")}
    assert {"import", "draw", "encode"} <= steps


@pytest.mark.parametrize("plot", PLOTS)
def test_files_say_what_they_show(plot: str) -> None:
    told = json.loads(ask(plot, "format=json&width=440").body)
    alt, url = told["alt"], told["url"].partition("?format=json")[0].partition("&format=json")[0]
    png = Image.open(io.BytesIO(ask(plot, "width=440").body)).info
    assert (png["Title"], png["Description"]) == (told["title"], alt)
    assert png["Source"].startswith(url)
    assert png["Software"] == f"plotgate {VERSION}"
    webp = Image.open(io.BytesIO(ask(plot, "format=webp&width=440").body))
    assert alt in "".join(ElementTree.fromstring(webp.info["xmp"]).itertext())
    pdf = ask(plot, "format=pdf&width=440").body
    assert b"/Title" in pdf and b"/Subject" in pdf
    assert b"/CreationDate" not in pdf


@pytest.mark.parametrize("plot", PLOTS)
def test_svg_is_readable_and_harmless(plot: str) -> None:
    made = ask(plot, "format=svg&width=440")
    svg = ElementTree.fromstring(made.body)
    title, description = svg.find(f"{SVG}title"), svg.find(f"{SVG}desc")
    assert title is not None and description is not None
    assert svg.get("role") == "img"
    assert (svg.get("aria-labelledby"), svg.get("aria-describedby")) == (title.get("id"), description.get("id"))
    assert description.text == unquote(made.headers["x-plotgate-alt"])
    assert svg.get("width") == "440"
    assert len(list(svg.iter(f"{SVG}text"))) > 5  # letters, not outlines of letters
    assert not list(svg.iter(f"{SVG}script"))
    assert b"<!DOCTYPE" not in made.body
    assert "default-src 'none'" in made.headers["content-security-policy"]
    assert "sandbox" in made.headers["content-security-policy"]


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("plot", PLOTS)
def test_nothing_is_cut_off_or_covered(plot: str, size: str) -> None:
    query = dict(pair.split("=") for pair in size.split("&") if pair)
    with laid_out(plot_handler(plot).plot.draw, path_parameters(plot), **query) as figure:
        assert cut_off(figure) == []
        assert overlapping_ticks(figure) == []


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("plot", PLOTS)
def test_text_is_readable(plot: str, theme: str) -> None:
    with laid_out(plot_handler(plot).plot.draw, path_parameters(plot), theme=theme, width=440) as figure:
        assert len(texts(figure)) > 5
        for text in texts(figure):
            if text.axes is None or text not in text.axes.texts or not text.axes.findobj(QuadMesh):
                assert contrast(text.get_color(), figure.get_facecolor()) >= 4.5, text.get_text()


@pytest.mark.parametrize("plot", PLOTS)
def test_dpr_multiplies_pixels_only(plot: str) -> None:
    once, twice = (Image.open(io.BytesIO(ask(plot, f"width=440&dpr={dpr}").body)).convert("L") for dpr in (1, 2))
    assert twice.size == (2 * once.width, 2 * once.height)
    size = (once.width // 8, once.height // 8)
    a, b = (np.asarray(made.resize(size, Image.Resampling.BOX), dtype=float) for made in (once, twice))
    # Not the difference: a line of a pixel between the cells of a heatmap is half as wide at dpr 2.
    assert np.corrcoef(a.ravel(), b.ravel())[0, 1] > 0.97


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(
    ("query", "status", "code"),
    [
        ("widht=440", 422, "invalid_parameter"),
        ("width=5", 422, "invalid_parameter"),
        ("dpr=4&width=4000&height=4000", 422, "invalid_parameter"),
    ],
)
@pytest.mark.parametrize("plot", PLOTS)
def test_error_is_a_picture_for_an_img_and_json_for_others(
    plot: str, query: str, status: int, code: str, theme: str
) -> None:
    shown = ask(plot, f"{query}&theme={theme}", sec_fetch_dest="image")
    assert (shown.status, shown.content_type, shown.headers["x-plotgate-error"]) == (status, "image/svg+xml", code)
    assert shown.headers["cache-control"] == "public, max-age=60"
    told = ask(plot, f"{query}&theme={theme}")
    assert (told.status, json.loads(told.body)["code"]) == (status, code)


HOSTILE = [
    "",
    "%00",
    "nan",
    "inf",
    "-1",
    "1e400",
    "9" * 8000,
    "%3Cscript%3E",
    "%F0%9F%92%A9",
    "%0d%0aX-Evil:1",
    "%ff",
    "%25",
    "../..",
]


@pytest.mark.parametrize("value", HOSTILE, ids=lambda value: value[:12])
@pytest.mark.parametrize("plot", PLOTS)
def test_hostile_values_are_refused_in_every_form(plot: str, value: str) -> None:
    names = [name for name in plot_handler(plot).plot.url_parameters.model_fields if name not in path_parameters(plot)]
    for name in (*names, "unknown"):
        refused = ask(plot, f"{name}={value}", accept="nonsense;;q=")
        assert (refused.status, refused.content_type) == (422, "application/problem+json"), name
        assert "x-evil" not in refused.headers
    for form, start in (("image", b"\x89PNG"), ("text", b"A parameter is not valid"), ("json", b"{")):
        assert ask(plot, f"unknown={value}&errors={form}").body.startswith(start)


@pytest.mark.parametrize("value", HOSTILE, ids=lambda value: value[:12])
def test_hostile_path_is_refused(value: str) -> None:
    handler = plot_handler("breast_cancer_data/pairplot")
    event = http_api(Request(f"/plots/breast_cancer_data/pairplot/features/{value}", "errors=json"))
    assert answer(handler(event, None)).status in (404, 422)


@pytest.mark.parametrize("plot", PLOTS)
def test_repeated_parameter_is_refused(plot: str) -> None:
    assert ask(plot, "theme=dark&theme=dark").status == 422


@pytest.mark.parametrize("plot", PLOTS)
def test_picture_looks_like_its_baseline(plot: str) -> None:
    made = ask(plot).body
    baseline = BASELINES / f"{plot}.png"
    if not baseline.exists():
        pytest.fail(f"{plot} has no baseline: draw it with `plotgate baseline {plot}`, and look at it", pytrace=False)
    ours, theirs = (
        np.asarray(Image.open(io.BytesIO(png)).convert("RGB"), dtype=int) for png in (made, baseline.read_bytes())
    )
    differs = 1.0 if ours.shape != theirs.shape else (np.abs(ours - theirs).max(axis=2) > DIFFERENT).mean()
    if differs > MOST_DIFFERENT:
        failing = OUTPUT / plot
        failing.mkdir(parents=True, exist_ok=True)
        (failing / "drawn.png").write_bytes(made)
        (failing / "baseline.png").write_bytes(baseline.read_bytes())
        pytest.fail(
            f"{differs:.2%} of the pixels of {plot} differ, see {failing}; "
            f"`plotgate baseline {plot}` takes the new picture",
            pytrace=False,
        )
