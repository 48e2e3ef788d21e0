"""What is no markup cannot become a tag."""

from hypothesis import given
from hypothesis import strategies as st

from plotgate.pages.markup import Markup, html, tag, together
from plotgate.pages.prose import plain, prose
from tests.pages.serving import Page


@given(st.text(), st.text())
def test_no_text_and_no_attribute_leaves_its_element(text: str, value: str) -> None:
    page = Page(tag("p", {"title": value}, text).encode("utf-8", "replace"))
    assert [kind for kind, _, _ in page.elements] == ["p"]
    assert list(page.elements[0][1]) == ["title"]


def test_markup_is_left_as_it_is_and_what_is_made_of_it_is_a_text_again() -> None:
    bold = tag("b", {}, "a & b")
    assert bold == "<b>a &amp; b</b>"
    assert tag("p", {}, bold, "<i>") == "<p><b>a &amp; b</b>&lt;i&gt;</p>"
    assert html(bold + "<i>") == "&lt;b&gt;a &amp;amp; b&lt;/b&gt;&lt;i&gt;"
    assert together([bold, "<"]) == "<b>a &amp; b</b>\n&lt;"


def test_an_attribute_may_be_a_name_alone_or_left_out() -> None:
    said = tag("input", {"checked": True, "hidden": False, "value": None, "min": 0, "title": '"'})
    assert said == '<input checked min="0" title="&quot;">'


def test_backticks_are_code_in_prose_and_nothing_in_plain_text() -> None:
    assert prose("at `vmax` & ``<b>``") == "at <code>vmax</code> &amp; <code>&lt;b&gt;</code>"
    assert isinstance(prose("x"), Markup)
    assert plain("at `vmax` & ``<b>``") == "at vmax & <b>"
    assert prose("one ` alone") == "one ` alone"
