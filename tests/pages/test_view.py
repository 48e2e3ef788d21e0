"""The page of a plot: what it shows, and what it says of parameters that cannot be."""

import json
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Literal

import pytest
from matplotlib.figure import Figure
from pydantic import Field

from plotgate import CommaSeparated, Distinct, OneOf, TimeRange
from tests.pages.serving import Page, ask, known, pages_of

DAYS = TimeRange("America/Los_Angeles")
FEATURES = [f"feature {i}" for i in range(9)]
HOSTILE = "\"><script>alert(1)</script>'$x{y}<!--\\"


def draw(
    features: Annotated[
        list[Annotated[str, OneOf(FEATURES)]], CommaSeparated, Distinct, Field(max_length=3, examples=["feature 1"])
    ],
    method: Annotated[Literal["one", "two"], Field(description="Which `way`")] = "one",
    vmax: Annotated[float, Field(gt=0, le=1)] = 0.3,
    start: Annotated[date, DAYS.start] = DAYS.day("-30d"),
    end: Annotated[date, DAYS.end] = DAYS.day("now"),
    label: str = "x",
    grid: bool = True,
    day: date = date(2020, 1, 1),
    limit: int | None = None,
    log: bool | None = None,
) -> Figure:
    raise NotImplementedError


VIEW = "/view/some/plot/features"


@pytest.fixture
def pages(tmp_path: Path) -> Any:
    plot = known("/plots/some/plot/features/{features}", draw, title="A plot.", description="Means `this`. And more.")
    other = known("/plots/some/other", lambda: None, title="Another")
    return pages_of(tmp_path, plot, other)


def test_the_picture_is_the_one_of_the_address(pages: Any) -> None:
    target = "feature%201,feature%202?vmax=0.4&width=440&theme=dark&label=%C3%A4%26b"
    page = Page(ask(pages, f"{VIEW}/{target}").body)
    (picture,) = page.all("img", id="picture")
    assert (
        picture["src"]
        == "/plots/some/plot/features/feature%201,feature%202?vmax=0.4&label=%C3%A4%26b&width=440&theme=dark"
    )
    assert picture["alt"] == "A plot, with features feature 1,feature 2, vmax 0.4, label ä&b. Means this."


def test_what_is_as_it_is_by_default_is_left_out_of_the_picture(pages: Any) -> None:
    page = Page(ask(pages, f"{VIEW}/feature%201?vmax=0.3&method=one&start=-30d&theme=light&dpr=1").body)
    assert page.all("img", id="picture")[0]["src"] == "/plots/some/plot/features/feature%201"


def test_each_parameter_has_the_field_that_suits_it(pages: Any) -> None:
    page = Page(ask(pages, f"{VIEW}/feature%203,feature%201?method=two&vmax=0.4").body)
    radios = page.all("input", type="radio", name="method")
    assert [(one["value"], "checked" in one) for one in radios] == [("one", False), ("two", True)]
    (number,) = page.all("input", type="number", name="vmax")
    assert (number["value"], number["max"]) == ("0.4", "1")
    (slider,) = [one for one in page.all("input", type="range") if one["aria-label"].startswith("vmax")]
    assert (slider["min"], slider["max"], slider["step"]) == ("0.01", "1", "0.01")
    boxes = page.all("input", type="checkbox", name="features")
    assert [one["value"] for one in boxes if "checked" in one] == ["feature 3", "feature 1"]
    assert len(boxes) == len(FEATURES)
    assert page.all("input", name="start")[0]["value"] == "-30d"
    assert page.all("input", name="day")[0]["type"] == "date"
    assert "checked" in page.all("input", name="grid")[0]
    assert page.all("input", name="limit")[0]["value"] == ""
    assert page.all("select", name="log") and "selected" in page.all("option", value="")[0]
    assert page.text("p", id="hint-vmax") == "a number above 0, at most 1 · default 0.3"
    assert page.text("p", id="hint-features") == "at most 3 of 9"
    for field in page.all("input", type="number"):
        assert page.all("p", id=field["aria-describedby"].split()[1])


def test_a_form_that_was_sent_is_answered_with_its_own_address(pages: Any) -> None:
    form = "_=&features=feature+2&features=feature+1&method=one&vmax=0.50&start=-30d&end=now"
    form += "&label=&grid=true&day=&limit=&log="
    sent = ask(pages, f"/view/some/plot?{form}&width=440&height=&dpr=1&theme=dark&format=png")
    assert sent.status == 303
    assert sent.headers["location"] == f"{VIEW}/feature%202,feature%201?vmax=0.50&label=&width=440&theme=dark"
    assert ask(pages, sent.headers["location"]).status == 200


def test_a_box_that_was_not_ticked_says_no(pages: Any) -> None:
    sent = ask(pages, "/view/some/plot?_=&features=feature+2&label=x")
    assert sent.headers["location"] == f"{VIEW}/feature%202?grid=false"


def test_a_form_that_lacks_a_part_of_the_path_says_so_at_its_field(pages: Any) -> None:
    sent = ask(pages, "/view/some/plot?_=&grid=true")
    assert sent.status == 422
    assert Page(sent.body).text("p", id="error-features") == "must not be empty"


def test_a_plot_without_the_values_of_its_path_is_its_example(pages: Any) -> None:
    assert ask(pages, "/view/some/plot").headers["location"] == f"{VIEW}/feature%201"


@pytest.mark.parametrize(
    ("target", "name", "rule"),
    [
        ("feature%201?vmax=2", "vmax", "must be less than or equal to 1, not '2'"),
        ("feature%201?width=5", "width", "must be greater than or equal to 120, not '5'"),
        ("feature%209", "features", "must be one of 9 values, closest"),
        ("feature%201?vmax=0.1&vmax=0.2", "vmax", "must be given once"),
        ("feature%201?width=4000&height=4000&dpr=4", "dpr", "must keep width x height x dpr^2 within 16000000 pixels"),
    ],
)
def test_what_is_wrong_stands_at_its_field_and_nothing_unfurls(pages: Any, target: str, name: str, rule: str) -> None:
    made = ask(pages, f"{VIEW}/{target}")
    page = Page(made.body)
    assert made.status == 422
    assert page.text("p", id=f"error-{name}").startswith(rule)
    assert "hidden" not in page.all("p", id=f"error-{name}")[0]
    assert not page.all("img", id="picture")
    assert not [meta for meta in page.metas() if meta.startswith(("og:", "twitter:"))]
    assert not page.all("link", rel="alternate")


def test_an_unknown_parameter_is_named_where_the_picture_would_be(pages: Any) -> None:
    page = Page(ask(pages, f"{VIEW}/feature%201?vmx=0.2").body)
    assert page.text("div", id="problem") == "The parameter vmx is unknown; the closest that this plot knows is vmax."


@pytest.mark.parametrize("form", ["svg", "webp", "pdf", "csv", "json"])
def test_a_format_that_is_no_picture_is_shown_as_png_and_pasted_as_a_link(pages: Any, form: str) -> None:
    page = Page(ask(pages, f"{VIEW}/feature%201?format={form}").body)
    is_picture = form in ("svg", "webp")
    assert page.all("img", id="picture")[0]["src"].endswith(f"?format={form}" if is_picture else "feature%201")
    assert page.text("section", id="snippet-html").count("<img" if is_picture else "<a href") == 1
    assert ("srcset" in page.text("section", id="snippet-html")) == (form == "webp")


def test_hostile_values_and_texts_stay_texts(tmp_path: Path) -> None:
    def hostile(label: Annotated[str, Field(description=HOSTILE)] = HOSTILE) -> Figure:
        raise NotImplementedError

    pages = pages_of(
        tmp_path, known("/plots/a/b", hostile, title=HOSTILE, description=f"{HOSTILE}\n\nSource: {HOSTILE}")
    )
    plain = Page(ask(pages, "/view/a/b").body)
    asked = Page(ask(pages, "/view/a/b?label=%3C/script%3E%3Cscript%3E%22%27%24%7Bx%7D%3C!--").body)
    for page in (plain, asked):
        assert len(page.all("script")) == 2  # the data and our own
        assert json.loads(page.text("script", id="data"))["title"] == HOSTILE
        assert page.text("h1") == HOSTILE
    assert asked.all("input", name="label")[0]["value"] == "</script><script>\"'${x}<!--"
    assert asked.text("section", id="snippet-html").count("<") == 1


def test_an_unknown_page_names_what_is_close(pages: Any) -> None:
    made = ask(pages, "/view/some/othr")
    assert made.status == 404
    assert Page(made.body).text("a", href="/view/some/other") == "Another"
    assert ask(pages, "/view/").status == 404


def test_a_policy_admits_no_other_script_style_or_host(pages: Any) -> None:
    made = ask(pages, f"{VIEW}/feature%201")
    policy = made.headers["content-security-policy"]
    assert "unsafe" not in policy and "*" not in policy and "http" not in policy
    assert policy.startswith("default-src 'none'; ")
    page = Page(made.body)
    assert not [own for _, own, _ in page.elements if "style" in own or any(name.startswith("on") for name in own)]
    assert ask(pages, f"{VIEW}/feature%201", method="HEAD").headers["content-security-policy"] == policy


def test_a_page_that_a_client_has_is_not_sent_again(pages: Any) -> None:
    first = ask(pages, f"{VIEW}/feature%201")
    known_already = ask(pages, f"{VIEW}/feature%201", if_none_match=first.headers["etag"])
    assert (known_already.status, known_already.body) == (304, b"")
    assert ask(pages, f"{VIEW}/feature%201?vmax=7", if_none_match="*").status == 422


def test_a_long_choice_is_broken_between_its_words(tmp_path: Path) -> None:
    choices = ["logistic_regression", "<tree>"]

    def of_models(models: Annotated[list[Annotated[str, OneOf(choices)]], CommaSeparated] = choices) -> Figure:
        raise NotImplementedError

    page = ask(pages_of(tmp_path, known("/plots/a/b", of_models)), "/view/a/b").body
    assert b"<span>logistic_<wbr>regression<wbr></span>" in page
    assert b"<span>&lt;tree&gt;<wbr></span>" in page
