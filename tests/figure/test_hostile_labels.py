"""Labels that come from data, whatever they hold, get into no file but as text, and let every picture be drawn."""

import csv
import io
import json
import random
from collections.abc import Callable
from xml.etree import ElementTree

import pytest
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from pypdf import PdfReader

from plotgate.pictures.render import Picture
from tests.drawing import opened, picture

PARTS = [
    *(
        "<script>alert(1)</script>",
        "</text><image href='x'/>",
        "]]>",
        "<!--",
        "&lt;",
        "<!ENTITY x 'y'>",
        "\" onload='x'",
    ),
    *("=1+1", "@SUM(A1)", "-2+3", "+cmd|' /C calc'!A0", "\t=1", "a,b;c", '"', "a\r\nSet-Cookie: b=c", "a\nb\n" * 20),
    *("$", "5 $ of 7 $", r"$\frac{1}{2}$", r"$\foo$", r"\$", "$" + "{" * 40 + "$", r"\input{x}", "%s%n{0}", "_hidden"),
    *("\x00", "\x0b", "\x1b[31m", "\ufffe", "\ud800", "\u202e", "\u0301" * 30, "\U0010ffff", "日本", "مرحبا", "🙂"),
    *(") /JS (app.alert(1)) (", "endstream endobj", "<< /S /JavaScript >>", "\\", "()"),
    *("", " ", "\n", "word " * 40, "W" * 200),
]

FIGURES = 12
FORMS = ("png", "svg", "pdf", "csv", "json")
EACH = 8  # labels of a figure


def hostile_labels(choice: random.Random, count: int = EACH) -> list[str]:
    """Labels of a few parts each; one in forty has ten thousand letters."""
    made = ["".join(choice.choices(PARTS, k=choice.randint(1, 3))) for _ in range(count)]
    return [label * (10_000 // len(label) + 1) if label and choice.random() < 1 / 40 else label for label in made]


def draw_with(names: list[str]) -> Callable[[], Figure]:
    def draw() -> Figure:
        figure = Figure(figsize=(6, 4), layout="constrained")
        axes: Axes = figure.subplots()
        title, across, up, *bars, of_one, of_other, remark = names
        axes.bar([*bars, "a bar"], range(1, len(bars) + 2), label=of_one)
        axes.plot([1, 2], label=of_other)
        axes.set(title=title, xlabel=across, ylabel=up)
        axes.text(0.5, 0.5, remark)
        axes.legend()
        return figure

    return draw


def check_csv(made: Picture) -> None:
    text = made.body.decode()
    rows = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    assert {len(row) for row in rows} == {len(rows[0])}
    assert not [cell for row in rows for cell in row if cell[:1] in "=+-@\t\r" and cell and not is_number(cell)]
    assert not set(text) & set("\x00\x0b\x1b\ufffe")


def is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


def check_svg(made: Picture) -> None:
    tags = {element.tag.rpartition("}")[2] for element in ElementTree.fromstring(made.body).iter()}
    known = {"svg", "metadata", "RDF", "Work", "type", "date", "format", "creator", "Agent", "title", "defs", "style"}
    known |= {"g", "path", "use", "clipPath", "rect", "text", "tspan", "desc", "description", "source", "identifier"}
    assert tags <= known, tags - known
    assert not [name for e in ElementTree.fromstring(made.body).iter() for name in e.attrib if name.startswith("on")]


def check_pdf(made: Picture) -> None:
    reader = PdfReader(io.BytesIO(made.body), strict=True)
    assert len(reader.pages) == 1
    assert set(reader.root_object.keys()) <= {"/Type", "/Pages", "/Lang", "/ViewerPreferences"}  # no script, no action
    assert list(reader.pages[0].get("/Annots", [])) == []


def check(made: dict[str, Picture]) -> None:
    assert opened(made["png"]).size == (600, 400)
    check_svg(made["svg"])
    check_pdf(made["pdf"])
    check_csv(made["csv"])
    assert len(json.loads(made["json"].body)["alt"]) <= 600


@pytest.mark.parametrize("number", range(FIGURES))
def test_labels_of_any_kind_are_text(number: int) -> None:
    names = hostile_labels(random.Random(number))  # noqa: S311 - repeats
    check({form: picture(draw_with(names), format=form) for form in FORMS})


@pytest.mark.parametrize("label", [r"$\foo{$", "$" + "{" * 300 + "$", "half a \ud800 letter", "$x$" * 400])
def test_a_label_that_is_no_formula_is_drawn_as_it_stands(label: str) -> None:
    def draw(said: str) -> Figure:
        figure = Figure(figsize=(4, 3))
        axes = figure.subplots()
        axes.set_title(said, parse_math=False)
        return figure

    def as_data() -> Figure:
        figure = draw("")
        figure.axes[0].set_title(label, parse_math=True)
        return figure

    assert picture(as_data).body == picture(lambda: draw(label.replace("\ud800", "\ufffd"))).body


def test_a_formula_is_drawn_as_one() -> None:
    def title(parse: bool) -> Figure:
        figure = Figure(figsize=(4, 3))
        figure.subplots().set_title(r"$\frac{1}{2}$", parse_math=parse)
        return figure

    assert picture(lambda: title(parse=True)).body != picture(lambda: title(parse=False)).body
