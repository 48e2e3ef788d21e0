"""The page of all plots."""

from pathlib import Path
from typing import Annotated

from matplotlib.figure import Figure
from pydantic import Field

from tests.found import handler_of
from tests.pages.serving import Page, ask, known, pages_of

HOSTILE = "\"><script>alert(1)</script>'$x{y}<!--"


def draw(rolling: int = 3) -> Figure:
    raise NotImplementedError


def of_feature(feature: Annotated[str, Field(examples=["a b"])]) -> Figure:
    raise NotImplementedError


def shown(page: Page) -> list[str]:
    return [card["data-words"].split()[0] for card in page.all("li", class_="card") if "hidden" not in card]


def test_each_plot_has_a_card_with_its_picture_for_light_dark_and_sharp_screens(tmp_path: Path) -> None:
    pages = pages_of(
        tmp_path, known("/plots/a/b/feature/{feature}", of_feature, title="Title", description="First. Then.")
    )
    page = Page(ask(pages, "/").body)
    size = "width=420&height=280"
    picture = "/plots/a/b/feature/a%20b"
    assert page.all("img") == [
        {
            "src": f"{picture}?{size}",
            "srcset": f"{picture}?{size}&dpr=2 2x",
            "width": "420",
            "height": "280",
            "alt": "",
            "loading": "lazy",
            "decoding": "async",
        }
    ]
    (dark,) = page.all("source", media="(prefers-color-scheme: dark)")
    assert dark["srcset"] == f"{picture}?{size}&theme=dark, {picture}?{size}&dpr=2&theme=dark 2x"
    assert page.text("a", href="/view/a/b/feature/a%20b") == "Title"
    assert "First." in page.text("li", class_="card") and "Then." not in page.text("li", class_="card")


def test_plots_stand_by_data_set_and_a_source_that_all_share_is_said_once(tmp_path: Path) -> None:
    source = "Meaning.\n\nSource: NOAA."
    pages = pages_of(
        tmp_path,
        known("/plots/sea_level/b", draw, description=source),
        known("/plots/rain/c", draw, description=source),
        known("/plots/sea_level/d", draw, description=source),
        known("/plots/rain/e", draw, description="Meaning.\n\nSource: DWD, `x`."),
    )
    page = Page(ask(pages, "/").body)
    assert ["".join(texts) for kind, _, texts in page.elements if kind == "h2"] == ["Sea level", "Rain"]
    sources = ["".join(texts) for kind, own, texts in page.elements if own.get("class") == "source"]
    assert sources == ["NOAA.", "NOAA.", "DWD, x."]


def test_a_search_without_a_script_hides_what_lacks_a_word(tmp_path: Path) -> None:
    pages = pages_of(
        tmp_path,
        known("/plots/rain/b", draw, title="One", description="Of `vmax`."),
        known("/plots/sun/c", draw, title="Two"),
    )
    for search, found in {"": ["one", "two"], "rolling": ["one", "two"], "SUN": ["two"], "vmax+rain": ["one"]}.items():
        assert shown(Page(ask(pages, f"/?q={search}").body)) == found
    page = Page(ask(pages, "/?q=vmax+sun").body)
    assert shown(page) == []
    assert "hidden" not in page.all("p", id="none")[0]
    assert page.text("p", id="count") == "0 plots"
    assert all("hidden" in group for group in page.all("section"))


def test_hostile_titles_and_searches_are_texts(tmp_path: Path) -> None:
    pages = pages_of(tmp_path, known("/plots/a/b", draw, title=HOSTILE, description=HOSTILE))
    page = Page(ask(pages, f"/?q={'%22%3E%3Cscript%3E'}").body)
    assert len(page.all("script")) == 1  # our own
    assert page.all("input", id="search")[0]["value"] == '"><script>'
    assert page.text("a", href="/view/a/b") == HOSTILE


def test_no_plot_is_no_error(tmp_path: Path) -> None:
    page = Page(ask(pages_of(tmp_path), "/").body)
    assert "There is no plot yet." in page.text("main")


def test_a_changed_catalog_is_read_again(tmp_path: Path) -> None:
    pages = pages_of(tmp_path, known("/plots/a/b", draw, title="Old"))
    assert b"Old" in ask(pages, "/").body
    pages_of(tmp_path, known("/plots/a/b", draw, title="Newer"))
    assert b"Newer" in ask(pages, "/").body


def test_a_plot_of_a_catalog_that_knew_less_of_it_is_left_out(tmp_path: Path) -> None:
    pages = pages_of(tmp_path, {"path": "/plots/a/b", "url": "/plots/a/b", "title": "Old"}, known("/plots/a/c", draw))
    assert len(Page(ask(pages, "/").body).all("img")) == 1


def test_pages_are_small_and_need_nothing_else() -> None:
    for target in ("/", "/view/weather/temperature"):
        body = ask(handler_of("gallery"), target).body
        page = Page(body)
        assert len(body) < 60_000
        links = [link["href"] for link in page.all("link") if link["rel"] not in ("alternate", "canonical")]
        assert [link.partition(":")[0] for link in links] == ["data"]
        assert not [script for script in page.all("script") if "src" in script]


def test_sixty_plots_stay_below_a_hundred_kilobytes(tmp_path: Path) -> None:
    text = "How strongly each pair of the 30 measurements moves together: red rises together, blue opposes. " * 2
    plots = [known(f"/plots/data_{i % 7}/plot_{i}", draw, title=f"Plot {i}", description=text) for i in range(60)]
    assert len(ask(pages_of(tmp_path, *plots), "/").body) < 100_000
