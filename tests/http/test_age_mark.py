"""A mark says how old a picture may be: in the upper right corner, as large at each dpr, and nothing else changes."""

import io
from xml.etree import ElementTree

import numpy as np
import pytest
from matplotlib.figure import Figure
from PIL import Image, ImageChops

from plotgate.http.age_mark import PAPER, duration, with_age
from plotgate.pictures.render import Picture
from plotgate.url.view import View
from tests.drawing import picture

SVG = "{http://www.w3.org/2000/svg}"


def crossed(background: str = "white") -> Figure:
    figure = Figure(figsize=(3, 2), facecolor=background)
    figure.subplots().plot([0, 1], [0, 1])
    return figure


def opened(found: Picture) -> Image.Image:
    return Image.open(io.BytesIO(found.body))


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        *((0, "0 s"), (59, "59 s"), (60, "1 min"), (3599, "59 min"), (3600, "1 h"), (86_400, "24 h")),
        *((172_799, "47 h"), (172_800, "2 days"), (259_199, "2 days"), (10 * 86_400, "10 days")),
    ],
)
def test_an_age_is_said_in_its_largest_unit(seconds: int, said: str) -> None:
    assert duration(seconds) == said


@pytest.mark.parametrize("form", ["png", "webp"])
@pytest.mark.parametrize("dpr", [1, 2, 3.5])
def test_a_picture_of_pixels_is_marked_in_its_upper_right_corner(form: str, dpr: float) -> None:
    plain = picture(crossed, format=form, dpr=dpr)
    marked = with_age(plain, View(format=form, dpr=dpr), 14 * 60)
    before, after = opened(plain), opened(marked)
    assert (after.format, after.size, after.mode) == (before.format, before.size, before.mode)
    box = ImageChops.difference(before.convert("RGB"), after.convert("RGB")).getbbox()
    assert box is not None
    left, top, right, bottom = box
    assert (top, right) == (0, after.width)
    assert bottom / dpr == pytest.approx(17, abs=1)
    assert 55 <= (right - left) / dpr <= 80  # of "14 min old"
    corner = after.convert("RGB").getpixel((after.width - 1, 0))
    assert corner == tuple(bytes.fromhex(PAPER[1:]))
    # The words are in the middle of the mark, on each side as much paper.
    mark = np.asarray(after.convert("L").crop(box), dtype=float)
    dark = np.argwhere(mark < 160)
    (high, first), (low, last) = dark.min(axis=0), dark.max(axis=0)
    assert first == pytest.approx(mark.shape[1] - 1 - last, abs=1 + dpr)
    assert high == pytest.approx(mark.shape[0] - 1 - low, abs=1 + 2 * dpr)
    assert 1 <= first / dpr <= 5


def test_a_mark_leaves_what_a_png_says_of_itself() -> None:
    plain = picture(crossed)
    marked = with_age(plain, View(), 60)
    assert opened(plain).text == opened(marked).text != {}  # type: ignore[attr-defined]
    assert (marked.width, marked.height, marked.alt, marked.form) == (plain.width, plain.height, plain.alt, plain.form)


def test_a_transparent_picture_stays_transparent() -> None:
    def clear() -> Figure:
        figure = crossed("none")
        figure.axes[0].patch.set_alpha(0)
        return figure

    marked = opened(with_age(picture(clear), View(), 60))
    assert marked.mode == "RGBA"
    alphas = marked.getchannel("A")
    assert alphas.getpixel((0, marked.height - 1)) == 0
    assert alphas.getpixel((marked.width - 1, 0)) == 255


@pytest.mark.parametrize("width", [240, 300, 900])
def test_an_svg_is_marked_in_its_upper_right_corner(width: int) -> None:
    plain = picture(crossed, format="svg", width=width)
    marked = with_age(plain, View(format="svg", width=width), 14 * 60)
    root = ElementTree.fromstring(marked.body)
    *before, mark = list(root)
    assert [ElementTree.tostring(child) for child in before] == [
        ElementTree.tostring(child) for child in ElementTree.fromstring(plain.body)
    ]
    paper, words = mark.find(f"{SVG}rect"), mark.find(f"{SVG}text")
    assert paper is not None and words is not None
    assert words.text == "14 min old"
    across = float(root.get("viewBox", "").split()[2])
    place, scale = mark.get("transform", "").split(" scale(")
    left, top = map(float, place.removeprefix("translate(").rstrip(")").split())
    assert float(scale.rstrip(")")) == pytest.approx(across / width, rel=1e-4)  # 11 CSS pixels, whatever the SVG's own
    assert left + float(paper.get("width", 0)) * across / width == pytest.approx(across, abs=0.01)
    assert top == 0
    assert float(paper.get("height", 0)) == 17
    assert words.get("text-anchor") == "middle"
    assert float(words.get("x", 0)) == pytest.approx(float(paper.get("width", 0)) / 2, abs=0.01)
    assert 11 < float(words.get("y", 0)) < 14  # the baseline of letters in the middle
    assert float(words.get("textLength", 0)) == pytest.approx(float(paper.get("width", 0)) - 6, abs=0.01)
    assert 60 <= float(paper.get("width", 0)) <= 80


@pytest.mark.parametrize("form", ["pdf", "json", "csv"])
def test_what_shows_no_corner_stays_as_it_is(form: str) -> None:
    plain = picture(crossed, format=form)
    assert with_age(plain, View(format=form), 60) == plain
