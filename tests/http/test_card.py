"""An error as a picture, drawn without matplotlib."""

import gc
import io
import json
import sys
from random import Random
from typing import Literal
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageChops, ImageFont

from plotgate.colours import THEMES
from plotgate.errors import DrawError, ParameterError, PlotgateError, Violation
from plotgate.http.card import error_picture
from plotgate.http.fonts import font
from plotgate.url.view import Size

SVG = "{http://www.w3.org/2000/svg}"
ANY_LETTER = st.characters(exclude_categories=())  # lone surrogates too
PAPER = (255, 246, 245)
DRAW_FAILED = DrawError("The plot failed while it was drawn; the log has the reason.")


def opened(error: PlotgateError, size: Size) -> Image.Image:
    return Image.open(io.BytesIO(error_picture(error, "png", "light", size)[0])).convert("RGB")


def ink(error: PlotgateError, size: Size) -> tuple[int, int, int, int]:
    """Left, top, right and bottom of the text, in device pixels."""
    picture = opened(error, size)
    text = picture.crop((round(5 * size.dpr), 0, *picture.size))
    box = ImageChops.difference(text, Image.new("RGB", text.size, PAPER)).getbbox()
    assert box is not None
    return box


LONG = ParameterError([Violation("features", "must be one of 30 values, closest 'mean radius'", "x" * 100)] * 9)


@pytest.mark.parametrize("error", [LONG, DRAW_FAILED])
@pytest.mark.parametrize(
    "size", [Size(200, 120), Size(120, 4000), Size(640, 400), Size(4000, 120), Size(200, 120, 1.21)]
)
def test_message_stays_inside_the_error_picture(error: PlotgateError, size: Size) -> None:
    left, top, right, bottom = (edge / size.dpr for edge in ink(error, size))
    assert left >= 4
    assert top >= 5
    assert right <= size.width - 5 - 5  # of what is right of the bar
    assert bottom <= size.height - 5


@pytest.mark.parametrize("dpr", [1.25, 2, 3.3])
def test_message_is_laid_out_alike_at_each_dpr(dpr: float) -> None:
    once, more = ink(LONG, Size(300, 200)), ink(LONG, Size(300, 200, dpr))
    for edge in (0, 1, 3):  # hinting makes the lines of one of them longer
        assert more[edge] / dpr == pytest.approx(once[edge], abs=2)


@pytest.mark.parametrize("size", [Size(200, 120), Size(320, 200), Size(320, 320)])
def test_a_message_is_cut_only_where_no_further_line_fits(size: Size) -> None:
    picture = ElementTree.fromstring(error_picture(LONG, "svg", "light", size)[0])
    *lines, code = picture.iter(f"{SVG}text")
    assert (lines[-1].text or "").endswith("…")
    margin = float(code.get("x", 0))
    assert size.height - float(code.get("y", 0)) < margin + 9 * 1.35


TWO = ParameterError(
    [
        Violation("vmax", "must be less than or equal to 1", "3"),
        Violation("method", "must be 'pearson', 'kendall' or 'spearman'", "x"),
    ]
)


@pytest.mark.parametrize(
    ("size", "lines"),
    [
        (
            Size(320, 200),
            [
                ("A parameter is not valid", 12.5, 33.0, 16, "bold"),
                ("The parameter `vmax` must", 12.5, 54.6, 16, None),
                ("be less than or equal to 1, not", 12.5, 76.2, 16, None),
                ("'3'. The parameter `method`", 12.5, 97.8, 16, None),
                ("must be 'pearson', 'kendall' or", 12.5, 119.4, 16, None),
                ("'spearman', not 'x'.", 12.5, 141.0, 16, None),
                ("422 invalid_parameter", 12.5, 175.6, 13.6, None),
            ],
        ),
        (
            Size(160, 120),
            [
                ("A parameter is not", 10, 22.2, 9, "bold"),
                ("valid", 10, 34.3, 9, "bold"),
                ("The parameter `vmax`", 10, 46.5, 9, None),
                ("must be less than or", 10, 58.6, 9, None),
                ("equal to 1, not '3'. The", 10, 70.8, 9, None),
                ("parameter `method` mu…", 10, 82.9, 9, None),
                ("422 invalid_parameter", 10, 102.4, 9, None),
            ],
        ),
    ],
)
def test_a_message_is_laid_out_so(size: Size, lines: list[tuple[str, float, float, float, str | None]]) -> None:
    picture = ElementTree.fromstring(error_picture(TWO, "svg", "light", size)[0])
    texts = [(text.text, text.get("font-weight"), text) for text in picture.iter(f"{SVG}text")]
    assert [(text, weight) for text, weight, _ in texts] == [(line[0], line[4]) for line in lines]
    for (_, _, text), (_, *places, _) in zip(texts, lines, strict=True):
        assert [float(text.get(name, 0)) for name in ("x", "y", "font-size")] == pytest.approx(places, abs=0.06)


def test_error_is_svg_where_pillow_cannot_be_imported(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "PIL.Image", None)
    body, media_type = error_picture(LONG, "png", "dark", Size(200, 120))
    assert media_type == "image/svg+xml"
    assert ElementTree.fromstring(body).get("width") == "200"


def test_svg_needs_no_font(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "PIL", None)
    assert error_picture(LONG, "svg", "light", Size(200, 120))[1] == "image/svg+xml"


@pytest.mark.parametrize(
    "value", ["m" * 100, "W@" * 50, "illi" * 25, "\N{CYRILLIC CAPITAL LETTER ZHE}" * 100, "ÄÖ&%" * 25]
)
def test_lines_of_an_svg_fit_in_the_font_that_it_names(value: str) -> None:
    error = ParameterError([Violation("x", "must be a number", value)])
    lines = list(ElementTree.fromstring(error_picture(error, "svg", "light", Size(320, 200))[0]).iter(f"{SVG}text"))
    assert len(lines) > 2
    for line in lines:
        face = font(64, line.get("font-weight") == "bold")
        assert face.getlength(line.text or "") * float(line.get("font-size", 0)) / 64 <= 320 - 2 * 10


@settings(derandomize=True, deadline=None)
@given(st.text(ANY_LETTER), st.text(ANY_LETTER), st.text(ANY_LETTER, max_size=200), st.sampled_from(["svg", "png"]))
def test_no_text_breaks_the_form_of_an_error(name: str, rule: str, value: str, form: Literal["svg", "png"]) -> None:
    for error in (ParameterError([Violation(name, rule, value)]), DrawError(rule)):
        body, media_type = error_picture(error, form, "light", Size(200, 120))
        if media_type == "image/svg+xml":
            ElementTree.fromstring(body)
        assert error.detail.isprintable()
        assert json.dumps(error.body(), ensure_ascii=False).isprintable()


def hostile_errors() -> list[ParameterError]:
    """Seeded; the first is the one that took 20 seconds."""
    random = Random(10)  # noqa: S311 - hostile enough
    letters = ["\U0010ffff", "\0", "\ud800", "W", " ", "漢", "\u0301", "\u202e"]
    made = [
        [Violation("\U0010ffff" * 100, "is unknown")] * 10,
        [Violation("x" * 100_000, "y" * 100_000, "z" * 100_000)],
    ]
    for _ in range(20):
        name, rule, value = ("".join(random.choices(letters, k=random.choice([1, 100, 5000]))) for _ in range(3))
        made.append([Violation(name, rule, value)] * 10)
    return [ParameterError(violations) for violations in made]


def test_no_error_takes_many_words_or_much_work(monkeypatch: pytest.MonkeyPatch) -> None:
    measured = 0
    getlength = ImageFont.FreeTypeFont.getlength

    def counted(self: ImageFont.FreeTypeFont, text: str) -> float:
        nonlocal measured
        measured += 1
        return getlength(self, text)

    monkeypatch.setattr(ImageFont.FreeTypeFont, "getlength", counted)
    for error in hostile_errors():
        assert len(error.detail) <= 2000
        assert all(len(said or "") <= 2000 for violation in error.violations for said in violation.body().values())
        measured = 0
        assert len(error_picture(error, "png", "light", Size(200, 120))[0]) < 20_000
        assert measured < 1500  # each letter once in each of eight sizes


def test_sizes_of_refused_pictures_are_not_remembered() -> None:
    def fonts() -> int:
        gc.collect()
        return sum(isinstance(found, ImageFont.FreeTypeFont) for found in gc.get_objects())

    opened(DRAW_FAILED, Size(200, 120))
    before = fonts()
    for step in range(100):
        opened(DRAW_FAILED, Size(120 + 3 * step, 120, 1 + step / 50))
    assert fonts() == before


def test_message_is_readable() -> None:
    for theme, colours in THEMES.items():
        for ink in (colours.error_ink, colours.error_soft_ink, colours.error_faint_ink):
            assert contrast(ink, colours.error_paper) >= 4.5, (theme, ink)


def contrast(first: str, second: str) -> float:
    """WCAG 2.2, contrast ratio."""

    def luminance(colour: str) -> float:
        channels = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
        linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    darker, lighter = sorted((luminance(first), luminance(second)))
    return (lighter + 0.05) / (darker + 0.05)
