"""A file is whole and says what it shows, whatever is written in it."""

import io
import json
import re
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from matplotlib.figure import Figure
from PIL import Image

from tests.drawing import picture

NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")  # XML 1.0, section 2.2
SVG = "{http://www.w3.org/2000/svg}"
# Letters that have a meaning in XML, HTML, or in no XML at all.
TEXTS = st.text(
    st.characters(exclude_categories=["Cs"]) | st.sampled_from("<>&\"'\x00\x0b\ufffe\uffff\r\n]-"), max_size=20
)


def said(text: str) -> str:
    """`text` as an XML parser gives it back."""
    return re.sub("\r\n?", "\n", NO_XML.sub("\N{REPLACEMENT CHARACTER}", text))


@pytest.mark.filterwarnings("ignore:Glyph", "ignore:Matplotlib currently does not support")  # no font has all letters
@settings(max_examples=30)
@given(TEXTS, TEXTS)
def test_svg_is_xml_that_says_what_it_was_given_whatever_is_in_it(label: str, alt: str) -> None:
    described = f"so {alt}."  # a label with a blank is an alt text

    def draw(name: str = "x") -> Figure:
        figure = Figure(figsize=(3, 2), label=described)
        figure.subplots().text(0.5, 0.5, label, parse_math=False)
        return figure

    root = ElementTree.fromstring(picture(draw, format="svg", name=label or "x").body)
    description = root.find(f"{SVG}desc")
    assert description is not None
    assert description.text == said(described)
    drawn = "".join(text.text or "" for text in root.iter(f"{SVG}text"))
    written = "".join(said(label).split())
    assert written in "".join(drawn.split())
    assert {child.tag.removeprefix(SVG) for child in root.iter()}.isdisjoint({"script", "foreignObject", "image", "a"})


@settings(max_examples=20)
@given(TEXTS)
def test_what_pictures_say_of_themselves_is_read_back(alt: str) -> None:
    described = f"so {alt}."

    def draw(name: str = "x") -> Figure:
        return Figure(figsize=(2, 2), label=described)

    told = json.loads(picture(draw, format="json", name=alt or "x").body)
    assert told["alt"] == described
    png = Image.open(io.BytesIO(picture(draw, name=alt or "x").body))
    png.load()
    assert png.info["Description"] == described
    webp = Image.open(io.BytesIO(picture(draw, format="webp", name=alt or "x").body))
    assert said(described) in said("".join(ElementTree.fromstring(webp.info["xmp"]).itertext()))
    assert picture(draw, format="pdf", name=alt or "x").body.startswith(b"%PDF")
