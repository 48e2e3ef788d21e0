"""Signed pages in a browser: its script changes what is free, and each URL that it makes is good."""

import html
import json
import re
import shutil
from collections.abc import Iterator
from datetime import timedelta

import pytest
from playwright.sync_api import Browser, Page, expect

from plotgate import sign_url
from tests.found import FUNCTIONS
from tests.local.conftest import Served, served, write
from tests.pages.test_browser import DOTS, DOTS_PICTURE, settle

KEYS = {"a": "key-of-more-than-thirty-two-letters"}
TEMPLATE = """
Globals: { Function: { Runtime: python3.13, Handler: plotgate.entry.handler, MemorySize: 1769, Timeout: 30 } }
Resources:
  Gallery:
    Type: AWS::Serverless::Function
    Properties:
      CodeUri: gallery
      Events:
        Get: { Type: HttpApi, Properties: { Path: / } }
        View: { Type: HttpApi, Properties: { Path: "/view/{proxy+}" } }
  Dots:
    Type: AWS::Serverless::Function
    Properties:
      CodeUri: dots
      Events:
        Get: { Type: HttpApi, Properties: { Path: "/plots/shapes/dots/names/{names}" } }
"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("site")
    shutil.copytree(FUNCTIONS / "gallery", folder / "gallery")
    write(folder / "dots" / "app.py", DOTS)
    (folder / "template.yaml").write_text(TEMPLATE)
    with pytest.MonkeyPatch.context() as monkeypatch:
        monkeypatch.setenv("PLOTGATE_SIGNING_KEYS", json.dumps(KEYS))
        with served(folder, folder / "terminal.txt") as running:
            yield running


def opened(browser: Browser, site: Served, query: str, *free: str) -> tuple[Page, list[str]]:
    """The page of a signed picture, and what it says in the console and is refused."""
    url = sign_url(f"{DOTS_PICTURE}?{query}", expires=timedelta(hours=1), free=free, keys=KEYS)
    page = browser.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("response", lambda found: said.append(found.url) if found.status >= 400 else None)
    page.goto(f"{site.http.base_url}{url.replace('/plots/', '/view/')}", timeout=120_000)
    settle(page)
    return page, said


def pasted(page: Page, site: Served) -> list[str]:
    """The URLs of what the page offers to paste or open, each of which is good."""
    texts = page.locator("#snippets .snippet:not([data-fits=false]) code").all_text_contents()
    links = [link.get_attribute("href") or "" for link in page.locator("[data-format]").all()]
    text = html.unescape("\n".join([*texts, *links]))
    found = [url.rstrip(",") for url in re.findall(r"/plots/[^\s\"'<>)\\]+", text)]
    for url in found:
        assert site.http.get(url).status_code == 200, url
    return found


def test_what_is_free_changes_the_picture_and_the_address_and_what_is_locked_stays(
    browser: Browser, site: Served
) -> None:
    page, said = opened(browser, site, "label=locked&dpr=2&theme=dark", "count", "width", "shape")
    assert page.locator("[data-field]").evaluate_all("all => all.map((one) => one.dataset.field)") == [
        *("count", "shape", "width")
    ]
    expect(page.locator("#frame")).to_have_attribute("data-theme", "dark")
    for name, text in (("count", "7"), ("width", "300")):
        page.fill(f"[name={name}]", text)
        expect(page.locator("#picture")).to_have_attribute("src", re.compile(f"{name}={text}"), timeout=60_000)
        settle(page)
    source = page.locator("#picture").get_attribute("src") or ""
    assert source.startswith(f"{DOTS_PICTURE}?label=locked&dpr=2&theme=dark&expires=")
    assert page.url.endswith(source.replace("/plots/", "/view/"))
    assert page.locator("#picture").evaluate("one => [one.naturalWidth, one.getAttribute('width')]") == [600, "300"]
    assert len(pasted(page, site)) >= 5
    page.reload()
    settle(page)
    assert page.locator("#picture").get_attribute("src") == source
    assert said == []


def test_a_page_on_which_nothing_is_free_shows_its_picture(browser: Browser, site: Served) -> None:
    page, said = opened(browser, site, "count=3")
    expect(page.locator("#form")).to_be_hidden()
    expect(page.locator("#words blockquote")).not_to_be_empty()
    assert len(pasted(page, site)) >= 4
    assert page.locator("[data-format]").count() == 1
    assert said == []


def test_a_page_on_which_everything_is_free_is_as_a_public_one(browser: Browser, site: Served) -> None:
    free = ("count", "label", "theme", "width", "height", "dpr", "format")
    page, said = opened(browser, site, "", *free)
    page.locator("[name=theme][value=dark]").check(force=True)
    expect(page.locator("#frame")).to_have_attribute("data-theme", "dark", timeout=60_000)
    assert page.locator("[data-format]").count() == 6
    assert len(pasted(page, site)) > 10
    assert said == []
