"""The pages in a browser: with a script and without, by mouse and by keyboard, on a phone and on a desk."""

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from markdown_it import MarkdownIt
from PIL import Image
from playwright.sync_api import Browser, Page, expect

from plotgate.pages.markup import tag
from tests.found import FUNCTIONS, ROOT
from tests.local.conftest import Served, served, write

AXE = (ROOT / "tests" / "vendor" / "axe-core" / "axe.min.js").read_text()
OUTPUT = ROOT / "tests" / "output" / "pages"
WIDTHS = (390, 820, 1440)

DOTS = """
    '''Dots in a row.

    How many `dots` there are. And more of it.

    Source: nobody, 2026.
    '''
    from datetime import date
    from typing import Annotated, Literal
    from matplotlib.figure import Figure
    from plotgate import CommaSeparated, Distinct, OneOf, TimeRange, serve
    from pydantic import Field

    RANGE = TimeRange("UTC")
    NAMES = [f"name {i}" for i in range(12)]

    def draw(
        names: Annotated[
            list[Annotated[str, OneOf(NAMES)]], CommaSeparated, Distinct,
            Field(min_length=1, max_length=3, description="Whose dots", examples=["name 1,name 2"]),
        ],
        count: Annotated[int, Field(ge=1, le=40, description="Dots of each")] = 5,
        shape: Annotated[Literal["o", "s", "D"], Field(description="Their shape")] = "o",
        since: Annotated[date, Field(description="A day")] = date(2020, 1, 1),
        start: Annotated[date, RANGE.start] = date(2020, 1, 1),
        end: Annotated[date, RANGE.end] = date(2021, 1, 1),
        label: Annotated[str, Field(max_length=40, description="A text")] = "x",
        grid: bool = True,
    ) -> Figure:
        figure = Figure(figsize=(4, 3))
        axes = figure.subplots()
        for row, name in enumerate(names):
            axes.plot(range(count), [row] * count, shape, label=name)
        axes.set_xlabel(label.replace("$", ""))
        axes.grid(grid)
        return figure

    handler = serve(draw)
"""
LINE = """
    '''A line.'''
    from matplotlib.figure import Figure
    from plotgate import serve

    def draw(slope: float = 1) -> Figure:
        figure = Figure(figsize=(4, 3))
        figure.subplots().plot([0, 1], [0, slope])
        return figure

    handler = serve(draw)
"""
DOTS_PAGE = "/view/shapes/dots/names/name%201,name%202"
DOTS_PICTURE = "/plots/shapes/dots/names/name%201,name%202"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("site")
    shutil.copytree(FUNCTIONS / "gallery", folder / "gallery")
    write(folder / "dots" / "app.py", DOTS)
    write(folder / "line" / "app.py", LINE)
    routes = {
        "gallery": ("/", "/openapi.json", "/view/{proxy+}", "/oembed"),
        "dots": ("/plots/shapes/dots/names/{names}",),
        "line": ("/plots/other_shapes/line",),
    }
    lines = [
        "Globals: { Function: { Runtime: python3.13, Handler: plotgate.entry.handler, MemorySize: 1769, Timeout: 30 } }"
    ]
    lines += ["Resources:"]
    for name, paths in routes.items():
        events = [f'E{i}: {{ Type: HttpApi, Properties: {{ Path: "{path}" }} }}' for i, path in enumerate(paths)]
        properties = f"CodeUri: {name}, Events: {{ {', '.join(events)} }}"
        lines.append(f"  {name}: {{ Type: AWS::Serverless::Function, Properties: {{ {properties} }} }}")
    (folder / "template.yaml").write_text("\n".join(lines))
    with served(folder, folder / "terminal.txt") as running:
        yield running


@pytest.fixture
def visit(browser: Browser, site: Served) -> Iterator[Callable[..., Page]]:
    """Opens a page of the site. At the end of the test no page has said a word or asked another host."""
    address = str(site.http.base_url)
    said: list[str] = []
    contexts = []

    def open_page(path: str, **context: Any) -> Page:
        contexts.append(browser.new_context(**context))
        page = contexts[-1].new_page()
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        page.on(
            "request",
            lambda asked: None if asked.url.startswith((address, "data:", "blob:")) else said.append(asked.url),
        )
        page.goto(f"{address}{path}", timeout=120_000)
        if context.get("java_script_enabled", True):
            settle(page)
        return page

    yield open_page
    for context in contexts:
        context.close()
    # The browser itself notes each answer that is an error.
    assert [text for text in said if "status of 422" not in text] == []


def settle(page: Page) -> None:
    """Wait until the script of a plot's page has nothing more to do."""
    done = "() => !document.getElementById('facts') || facts.textContent || !problem.hidden"
    page.wait_for_function(done, timeout=60_000)


@contextmanager
def another_picture(page: Page) -> Iterator[None]:
    """What is done within it leads to another picture."""
    before = page.locator("#picture").get_attribute("src")
    yield
    expect(page.locator("#picture")).not_to_have_attribute("src", before or "", timeout=30_000)
    expect(page.locator(".stage")).to_have_attribute("aria-busy", "false")


def shown(page: Page) -> str:
    """The path and query of the picture that is shown, which has been loaded."""
    picture = page.locator("#picture")
    assert picture.evaluate("picture => picture.complete && picture.naturalWidth > 0")
    return picture.get_attribute("src") or ""


def path_of(page: Page) -> str:
    return page.evaluate("location.pathname + location.search")  # type: ignore[no-any-return]


# All plots


def test_the_search_hides_what_lacks_a_word_and_stays_in_the_address(visit: Callable[..., Page]) -> None:
    page = visit("/")
    cards = page.locator(".card:visible h3")
    assert cards.all_inner_texts() == ["Dots in a row", "A line"]
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")  # to the content
    page.keyboard.press("Tab")
    page.keyboard.type("SLOPE")
    assert cards.all_inner_texts() == ["A line"]
    assert page.locator("#count").inner_text() == "1 plot"
    assert page.locator(".group:visible h2").all_inner_texts() == ["Other shapes"]
    assert page.locator(".jumps a:visible").all_inner_texts() == ["Other shapes"]
    assert path_of(page) == "/?q=SLOPE"
    page.reload()
    settle(page)
    assert cards.all_inner_texts() == ["A line"]
    page.locator("#search").fill("slope dots")
    assert cards.count() == 0
    assert page.locator("#none").is_visible()
    page.locator("#search").press("Escape")
    assert cards.count() == 2
    assert path_of(page) == "/"
    page.locator("#search").press("Enter")
    assert page.evaluate("document.activeElement.textContent") == "Dots in a row"
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{DOTS_PAGE}")


def test_the_search_works_without_a_script(visit: Callable[..., Page]) -> None:
    page = visit("/", java_script_enabled=False)
    assert page.locator(".card:visible").count() == 2
    page.locator("#search").fill("slope")
    page.get_by_role("button", name="Search").click()
    assert page.locator(".card:visible h3").all_inner_texts() == ["A line"]
    assert page.locator(".jumps a:visible").all_inner_texts() == ["Other shapes"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_cards_follow_the_colour_scheme(visit: Callable[..., Page], scheme: str) -> None:
    page = visit("/", color_scheme=scheme)
    for card in page.locator(".card img").all():
        card.evaluate("image => image.decode()")
        assert ("theme=dark" in card.evaluate("image => image.currentSrc")) == (scheme == "dark")
        assert card.evaluate("image => image.naturalWidth") == 420


# One plot


def test_each_field_changes_the_picture_and_the_address(visit: Callable[..., Page]) -> None:
    page = visit(DOTS_PAGE)
    assert shown(page) == DOTS_PICTURE
    with another_picture(page):
        page.locator('[data-field="count"] [type="range"]').fill("9")
    assert shown(page) == f"{DOTS_PICTURE}?count=9"
    assert path_of(page) == f"{DOTS_PAGE}?count=9"
    with another_picture(page):
        page.locator("#field-count").fill("7")
    assert page.locator('[data-field="count"] [type="range"]').input_value() == "7"
    with another_picture(page):
        page.get_by_label("s", exact=True).check(force=True)
    with another_picture(page):
        page.locator("#field-start").fill("-10y")
    assert "start=-10y" in shown(page)
    with another_picture(page):
        page.locator("#field-start + .picker").fill("2020-06-01")
    with another_picture(page):
        page.locator("#field-label").fill("ä & 'b' (c)!")
    with another_picture(page):
        page.get_by_label("yes").uncheck()
    with another_picture(page):
        page.get_by_label("name 1", exact=True).uncheck()
    with another_picture(page):
        page.get_by_label("name 9").check()
    with another_picture(page):
        page.get_by_label("name 1", exact=True).check()  # chosen last, it stands last
    with another_picture(page):
        page.locator("#field-width").fill("300")
    with another_picture(page):
        page.get_by_role("radio", name="dark").check(force=True)
    own = "count=7&shape=s&start=2020-06-01&label=%C3%A4%20%26%20%27b%27%20%28c%29%21&grid=false"
    asked = f"/shapes/dots/names/name%202,name%209,name%201?{own}&width=300&theme=dark"
    assert shown(page) == f"/plots{asked}"
    assert path_of(page) == f"/view{asked}"
    assert page.locator("#url").inner_text().endswith(f"/plots{asked}")
    assert page.locator("#frame").get_attribute("data-theme") == "dark"
    assert page.locator("#picture").evaluate("picture => picture.naturalWidth") == 300
    page.reload()
    settle(page)
    assert shown(page) == f"/plots{asked}"
    assert page.locator("#field-label").input_value() == "ä & 'b' (c)!"


def test_what_is_set_back_to_its_default_leaves_the_address(visit: Callable[..., Page]) -> None:
    page = visit(f"{DOTS_PAGE}?count=7")
    with another_picture(page):
        page.locator("#field-count").fill("05")
    assert (shown(page), path_of(page)) == (DOTS_PICTURE, DOTS_PAGE)
    with another_picture(page):
        page.locator("#field-label").fill("")
    assert path_of(page) == f"{DOTS_PAGE}?label="


def test_a_change_is_drawn_once(visit: Callable[..., Page], site: Served) -> None:
    page = visit(DOTS_PAGE)
    with another_picture(page):
        page.locator("#field-count").press_sequentially("")
        page.locator("#field-count").fill("33")
    asked = [line for line in site.terminal.splitlines() if "count=33" in line and "/plots/" in line]
    # The element asks for what the page has fetched: `plotgate serve` lets nothing be shown unasked.
    assert [line.split()[0] for line in asked if not line.startswith("304")] == ["200"]


def test_what_the_picture_says_and_weighs_stands_beside_it(visit: Callable[..., Page]) -> None:
    page = visit(f"{DOTS_PAGE}?count=4")
    pattern = r"PNG · 400 . 300 pixels · [\d.]+ kB in \d+ ms"
    assert re.fullmatch(pattern, page.locator("#facts").inner_text())
    with another_picture(page):
        page.locator("#field-count").fill("6")
    assert re.fullmatch(pattern, page.locator("#facts").inner_text())
    alt = page.locator("#picture").get_attribute("alt") or ""
    assert alt.endswith(".") and "name 1" in alt
    assert page.locator("#words blockquote").inner_text() == alt
    csv = page.get_by_role("link", name="CSV").get_attribute("href")
    assert csv == f"{DOTS_PICTURE}?count=6&format=csv"


def test_an_error_stands_at_its_field_and_the_picture_stays(visit: Callable[..., Page]) -> None:
    page = visit(DOTS_PAGE)
    page.locator("#field-count").fill("41")
    expect(page.locator("#error-count")).to_have_text("must be less than or equal to 40, not '41'")
    assert page.locator("#field-count").get_attribute("aria-invalid") == "true"
    assert "error-count" in (page.locator("#field-count").get_attribute("aria-describedby") or "")
    assert (
        page.locator("#problem").inner_text()
        == "There is no picture of this count. The picture is the one from before."
    )
    assert shown(page) == DOTS_PICTURE
    assert "count" not in page.locator("#panel-0 code").inner_text()  # it is the picture's that is shown
    page.reload()
    settle(page)  # the address has the error
    expect(page.locator("#error-count")).to_have_text("must be less than or equal to 40, not '41'")
    assert page.locator("#picture").count() == 0
    page.locator("#field-count").fill("4")
    expect(page.locator("#picture")).to_have_attribute("src", f"{DOTS_PICTURE}?count=4", timeout=30_000)
    assert page.locator("#error-count").is_hidden() and page.locator("#problem").is_hidden()
    for name in ("name 1", "name 2"):
        page.get_by_label(name, exact=True).uncheck()
    expect(page.locator("#error-names")).to_contain_text("must not be empty")


def test_without_a_script_the_form_is_sent(visit: Callable[..., Page]) -> None:
    page = visit(f"{DOTS_PAGE}?label=", java_script_enabled=False)
    assert page.locator("[type=range]:visible, .copy:visible, [role=tab]").count() == 0
    page.locator("#field-count").fill("8")
    page.get_by_label("D", exact=True).check(force=True)
    page.get_by_label("yes").uncheck()
    page.get_by_label("name 3").check()
    page.get_by_role("button", name="Show").click()
    asked = "/shapes/dots/names/name%201,name%202,name%203?count=8&shape=D&label=&grid=false"
    page.wait_for_url(f"**/view{asked}")
    assert page.locator("#picture").get_attribute("src") == f"/plots{asked}"
    assert page.locator("#field-count").input_value() == "8"
    assert page.locator(".snippet:visible").count() == 6
    page.locator("#field-label").fill("x" * 41)
    page.get_by_role("button", name="Show").click()
    expect(page.locator("#error-label")).to_contain_text("must have at most 40 characters")


def test_all_is_done_by_keyboard(visit: Callable[..., Page]) -> None:
    page = visit(DOTS_PAGE, permissions=["clipboard-read", "clipboard-write"])

    def tab_to(selector: str) -> None:
        for _ in range(80):
            page.keyboard.press("Tab")
            if page.evaluate("selector => document.activeElement.matches(selector)", selector):
                assert page.evaluate("document.activeElement.matches(':focus-visible')")
                return
        raise AssertionError(f"Tab does not lead to {selector}")

    tab_to('[data-field="count"] [type="range"]')
    with another_picture(page):
        page.keyboard.press("ArrowRight")
    assert shown(page) == f"{DOTS_PICTURE}?count=6"
    tab_to('[name="shape"]')
    with another_picture(page):
        page.keyboard.press("ArrowRight")
    assert "shape=s" in shown(page)
    tab_to('[role="tab"]')
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    assert page.evaluate("document.activeElement.textContent") == "Markdown"
    tab_to(".snippet .copy")
    page.keyboard.press("Enter")
    expect(page.locator("#said")).to_have_text("Copied")
    assert page.evaluate("navigator.clipboard.readText()").startswith("![")
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Home")
    assert page.evaluate("document.activeElement.textContent") == "HTML"


# What is pasted


def pasted(page: Page) -> dict[str, str]:
    """The snippets by their names."""
    return {
        section.get_attribute("data-name") or "": section.locator("code").text_content() or ""
        for section in page.locator(".snippet[data-fits=true]").all()
    }


def test_each_snippet_shows_the_picture_where_it_is_pasted(visit: Callable[..., Page], tmp_path: Path) -> None:
    query = "count=3&shape=s&label=a%20%22%3Cb%3E%27%24%28%29%5B%5D%26%60&width=300"
    snippets = pasted(visit(f"{DOTS_PAGE}?{query}"))
    assert list(snippets) == ["HTML", "Light and dark", "Markdown", "React", "curl", "Python"]
    bodies = {
        "HTML": snippets["HTML"],
        "Light and dark": snippets["Light and dark"],
        "Markdown": MarkdownIt().render(snippets["Markdown"]),
        "React": element_of(snippets["React"]),
    }
    alts = set()
    for name, body in bodies.items():
        for scheme, ratio in (("light", 1), ("dark", 2)):
            size, source, alt = in_a_page(visit, body, scheme, ratio)
            assert size == [300, 225], name
            is_sharp = ratio == 2 and name != "Markdown"
            assert ("dpr=2" in source) == is_sharp, name
            assert ("theme=dark" in source) == (name == "Light and dark" and scheme == "dark"), name
            assert f"{DOTS_PICTURE}?" in source and "count=3" in source, name
            alts.add(alt)
    assert len(alts) == 1
    python = [sys.executable, "-c", snippets["Python"]]
    for name, command in (("curl", ["bash", "-c", snippets["curl"]]), ("Python", python)):
        folder = tmp_path / name
        folder.mkdir()
        subprocess.run(command, cwd=folder, check=True, capture_output=True)
        with Image.open(folder / "dots.png") as picture:
            assert picture.size == (300, 225)


def element_of(component: str) -> str:
    """The element that React makes of a component without a state."""
    (element,) = re.findall(r"<img\n(.*?)/>", component, re.DOTALL)
    said = {name: json.loads(value) for name, value in re.findall(r"^ +(\w+)=\{(.*)\}$", element, re.MULTILINE)}
    said |= dict(re.findall(r'^ +(\w+)="(.*)"$', element, re.MULTILINE))
    assert said.keys() == {"src", "srcSet", "width", "height", "alt", "loading"}
    return tag("img", {name.lower(): value for name, value in said.items()})


def in_a_page(visit: Callable[..., Page], body: str, scheme: str, ratio: int) -> tuple[list[int], str, str]:
    """The size, the address and the alt text of the picture that a page with `body` shows."""
    page = visit("/", color_scheme=scheme, device_scale_factor=ratio)
    html = f'<!doctype html><link rel="icon" href="data:,">{body}'
    page.route("**/pasted", lambda route: route.fulfill(content_type="text/html", body=html))
    page.goto(page.url + "pasted")
    image = page.locator("img")
    image.evaluate("image => image.decode()")
    size = image.evaluate("image => [image.width, image.height]")
    return size, image.evaluate("image => image.currentSrc"), image.get_attribute("alt") or ""


@pytest.mark.parametrize(
    "query",
    [
        "width=300&height=225",
        "width=300&height=225&theme=dark&dpr=3&format=webp",
        "width=300&height=225&format=svg&count=9",
        "width=300&height=225&format=pdf",
        "width=3000&height=2000&label=%22%3Cb%3E%27%24%28%29%5B%5D%26%60%5C%7Bsrc%7Chtml%7D",
    ],
)
def test_the_script_writes_the_snippets_as_the_server_does(visit: Callable[..., Page], query: str) -> None:
    plain = visit(f"{DOTS_PAGE}?{query}", java_script_enabled=False)
    sections = plain.locator(".snippet").all()
    by_server = {one.locator("h3").inner_text(): one.locator("code").text_content() for one in sections}
    page = visit(f"{DOTS_PAGE}?{query}")
    alt = plain.locator("#picture").get_attribute("alt")
    assert page.evaluate("lastingAlt(said())") == alt
    width, height = (int(side) for side in re.findall(r"(?:width|height)=(\d+)", query)[:2])
    page.evaluate("shown => showSnippets(said(), shown)", {"width": width, "height": height, "alt": alt})
    assert pasted(page) == by_server


# For everybody


def examined(page: Page) -> list[str]:
    """What axe-core finds that is serious."""
    page.evaluate(AXE)
    found = page.evaluate("axe.run()")
    return [
        f"{one['id']}: {one['help']}: {', '.join(node['html'] for node in one['nodes'])}"
        for one in found["violations"]
        if one["impact"] in ("serious", "critical")
    ]


BEYOND = """[...document.querySelectorAll("main *")].filter(element => {
    const box = element.getBoundingClientRect();
    return box.width && !element.closest("pre, .unseen, .search label") && box.right > innerWidth + 1;
}).map(element => element.outerHTML.slice(0, 200))"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("name", "path"), [("all", "/"), ("one", DOTS_PAGE), ("error", f"{DOTS_PAGE}?count=99&x=1")])
def test_nothing_keeps_anybody_from_a_page_at_any_width(
    visit: Callable[..., Page], name: str, path: str, scheme: str
) -> None:
    OUTPUT.mkdir(parents=True, exist_ok=True)
    for width in WIDTHS:
        page = visit(path, color_scheme=scheme, viewport={"width": width, "height": 900})
        page.screenshot(path=OUTPUT / f"{name}-{width}-{scheme}.png", full_page=True)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert page.evaluate(BEYOND) == []
        assert examined(page) == []
