"""Pages of protected plots: each shows what its own signature allows, and every URL in it is good."""

import html
import json
import re
from datetime import date, timedelta
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import quote, urlencode

import pytest
from matplotlib.figure import Figure
from pydantic import Field

from plotgate import TimeRange, serve, sign_url
from tests.pages.serving import DOMAIN, Page, ask, known, pages_of
from tests.wire import Answer

KEYS = {"a": "key-of-more-than-thirty-two-letters"}
DAYS = TimeRange()
HOUR = timedelta(hours=1)


def draw(
    name: Annotated[str, Field(examples=["a b"])],
    bins: int = 10,
    grid: bool = True,
    start: Annotated[date, DAYS.start] = date(2020, 1, 1),
) -> Figure:
    return Figure(figsize=(2, 2))


def other() -> Figure:
    return Figure(figsize=(2, 2))


HANDLERS = {"/plots/some/plot/": serve(draw), "/plots/some/other": serve(other)}
VIEW, PLOT = "/view/some/plot/name/a%20b", "/plots/some/plot/name/a%20b"
ALL = ("width", "height", "dpr", "theme", "format", "bins", "grid", "start")


@pytest.fixture(autouse=True)
def keys(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PLOTGATE_SIGNING_KEYS", json.dumps(KEYS))


@pytest.fixture
def pages(tmp_path: Path) -> Any:
    plot = known("/plots/some/plot/name/{name}", draw, title="A secret plot.", description="Means a secret.")
    return pages_of(tmp_path, plot, known("/plots/some/other", other, title="Another secret"))


def signed(page: str, *free: str, expires: timedelta = HOUR) -> str:
    """The address of a page with the signature of its picture."""
    return sign_url(page.replace("/view/", "/plots/"), expires=expires, free=free, keys=KEYS).replace(
        "/plots/", "/view/"
    )


def pictures(body: bytes) -> set[str]:
    """Every URL of a plot in a page, in whatever it is written; HTML within HTML, too."""
    text = html.unescape(html.unescape(body.decode()))
    return {*re.findall(r"/plots/[^\s\"'<>)\\`,]+(?:,[^\s\"'<>)\\`,]+)*", text)}


def drawn(target: str) -> Answer:
    (handler,) = [handler for path, handler in HANDLERS.items() if target.startswith(path)]
    return ask(handler, target)


def everything_is_good(body: bytes) -> set[str]:
    """The URLs of a page's pictures, each of which is answered with one."""
    found = {url for url in pictures(body) if "?" in url}
    assert found
    for url in found:
        assert drawn(url).status == 200, url
    return found


FREE = [(), ("theme",), ("width",), ("dpr",), ("width", "height", "dpr"), ("bins", "grid"), ("format",), ALL]
QUERIES = ["", "?bins=3&theme=dark", "?width=400&height=300&grid=false", "?dpr=2&format=svg&start=2020-02-01"]


@pytest.mark.parametrize("free", FREE)
@pytest.mark.parametrize("query", QUERIES)
def test_every_picture_in_a_signed_page_is_good(pages: Any, query: str, free: tuple[str, ...]) -> None:
    shown = ask(pages, signed(VIEW + query, *free))
    assert shown.status == 200
    assert (shown.headers["cache-control"], shown.headers["referrer-policy"]) == ("private, no-cache", "no-referrer")
    everything_is_good(shown.body)
    page = Page(shown.body)
    (picture,) = page.all("img", id="picture")
    assert drawn(picture["src"]).body == drawn(sign_url(PLOT + query, expires=HOUR, keys=KEYS)).body
    assert "Another secret" not in shown.body.decode()


@pytest.mark.parametrize("free", FREE)
def test_a_signed_page_has_fields_for_what_is_free_alone(pages: Any, free: tuple[str, ...]) -> None:
    page = Page(ask(pages, signed(f"{VIEW}?bins=3&theme=dark", *free)).body)
    elements = [*page.all("div"), *page.all("fieldset")]
    assert {one["data-field"] for one in elements if "data-field" in one} == {*free}
    formats = {one["data-format"] for one in page.all("a") if "data-format" in one}
    assert formats == ({"png", "svg", "webp", "pdf", "json", "csv"} if "format" in free else {"png"})
    assert ("hidden" in page.all("form", id="form")[0]) is (not free)


@pytest.mark.parametrize("free", [("bins", "grid"), ("theme", "width"), ALL])
def test_the_form_of_a_signed_page_works_without_a_script(pages: Any, free: tuple[str, ...]) -> None:
    address = signed(f"{VIEW}?bins=3&grid=false&theme=dark", *free)
    page = Page(ask(pages, address).body)
    (form,) = page.all("form", id="form")
    sent = {one["name"]: one["value"] for one in page.all("input", type="hidden")}
    assert form["action"] == VIEW
    changes = {"bins": "4", "grid": "true", "theme": "light", "width": "300"}
    query = urlencode(sent | {name: text for name, text in changes.items() if name in free})
    moved = ask(pages, f"{form['action']}?{query}")
    assert moved.status == 303, moved.body
    again = ask(pages, moved.headers["location"])
    assert again.status == 200
    everything_is_good(again.body)
    (picture,) = Page(again.body).all("img", id="picture")
    for name, text in changes.items():
        usual = {"grid": "true", "theme": "light"}.get(name)
        assert (f"{name}={text}&" in f"{picture['src']}&") is (name in free and text != usual)


@pytest.mark.parametrize(
    ("address", "status", "says"),
    [
        (VIEW, 403, "This plot needs a signed URL"),
        ("/view/some/other", 403, "This plot needs a signed URL"),
        ("/view/no/such", 403, "This plot needs a signed URL"),
        (f"{VIEW}?bins=x", 403, "This plot needs a signed URL"),
        (f"{VIEW}?_=&bins=3", 403, "This plot needs a signed URL"),
        (f"{signed(VIEW)}&bins=3", 403, "The signature is wrong"),
        (f"{signed(VIEW)}&_=&bins=3", 403, "The signature is wrong"),
        (signed(VIEW, expires=timedelta(seconds=-90)), 403, "The signature has expired"),
        (signed("/view/some/other").replace("other", "plot/name/x"), 403, "The signature is wrong"),
        ("/", 403, "This plot needs a signed URL"),
        ("/?q=secret", 403, "This plot needs a signed URL"),
    ],
)
def test_who_has_no_signature_learns_nothing(pages: Any, address: str, status: int, says: str) -> None:
    for accept in ("text/html", "*/*"):
        refused = ask(pages, address, accept=accept)
        assert refused.status == status
        assert says in Page(refused.body).text("h1")
        assert "secret" not in refused.body.decode()
        assert "etag" not in refused.headers or ask(pages, address, if_none_match="*").status == status


@pytest.mark.parametrize("target", ["/openapi.json", f"/oembed?url={quote(f'http://{DOMAIN}{VIEW}', safe='')}"])
def test_what_programs_ask_needs_a_signature_too(pages: Any, target: str) -> None:
    refused = ask(pages, target, accept="*/*")
    assert (refused.status, json.loads(refused.body)["code"]) == (403, "signature_missing")
    described = ask(pages, sign_url("/openapi.json", expires=HOUR, keys=KEYS))
    assert (described.status, described.headers["cache-control"]) == (200, "private, no-cache")


def test_a_page_whose_tag_is_stolen_is_refused(pages: Any) -> None:
    tag = ask(pages, signed(VIEW)).headers["etag"]
    address = signed(VIEW)
    tag = ask(pages, address).headers["etag"]
    assert ask(pages, address, if_none_match=tag).status == 304
    assert ask(pages, VIEW, if_none_match=tag).status == 403


def test_a_signed_page_says_until_when_it_is_good(pages: Any) -> None:
    assert re.search(r"This page is good until \d{4}-\d\d-\d\d \d\d:\d\d UTC\.", ask(pages, signed(VIEW)).body.decode())


# Previews of links


def origin(target: str) -> str:
    return f"https://{DOMAIN}{target}"


@pytest.mark.parametrize("free", FREE)
def test_a_signed_page_unfurls_with_a_picture_that_is_good(pages: Any, free: tuple[str, ...]) -> None:
    metas = Page(ask(pages, signed(VIEW, *free)).body).metas()
    assert metas["og:title"] == "A secret plot."
    has_size = {"width", "height", "dpr"} <= {*free}
    assert ("og:image" in metas) is has_size
    assert ("twitter:image" in metas) is has_size
    if has_size:
        assert drawn(metas["og:image"].removeprefix(origin(""))).content_type == "image/png"
    assert metas["og:url"].startswith(origin(VIEW))
    assert ask(pages, metas["og:url"].removeprefix(origin(""))).status == 200


def test_oembed_answers_for_a_signed_page(pages: Any) -> None:
    for free, status in ((ALL, 200), (("width", "height", "dpr"), 200), (("theme",), 404)):
        page = quote(origin(signed(f"{VIEW}?theme=dark", *free)), safe="")
        found = ask(pages, f"/oembed?url={page}&maxwidth=300")
        assert found.status == status
        if status == 200:
            assert found.headers["cache-control"] == "private, no-cache"
            assert drawn(json.loads(found.body)["url"].removeprefix(origin(""))).status == 200


# The page of all plots


def test_a_signed_gallery_shows_each_plot_and_leads_to_its_page(pages: Any) -> None:
    address = sign_url("/", expires=HOUR, keys=KEYS)
    shown = ask(pages, address)
    assert (shown.status, shown.headers["cache-control"]) == (200, "private, no-cache")
    assert {url.partition("?")[0] for url in everything_is_good(shown.body)} == {
        "/plots/some/plot/name/a%20b",
        "/plots/some/other",
    }
    links = [one["href"] for one in Page(shown.body).all("a") if one["href"].startswith("/view/")]
    assert len(links) == 2
    for link in links:
        everything_is_good(ask(pages, link).body)
    assert "q=secret" not in address
    searched = Page(ask(pages, f"{address}&q=another").body)
    assert ["hidden" in card for card in searched.all("li", class_="card")] == [True, False]
    hidden = {one["name"]: one["value"] for one in searched.all("input", type="hidden")}
    assert ask(pages, f"/?{urlencode(hidden | {'q': 'secret'})}").status == 200


def test_what_the_gallery_shows_ends_with_it(pages: Any) -> None:
    address = sign_url("/", expires=HOUR, keys=KEYS)
    (end,) = {*re.findall(r"expires=(\d+)", address)}
    assert {*re.findall(r"expires=(\d+)", ask(pages, address).body.decode())} == {end}


def test_a_public_gallery_hands_signatures_on(pages: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    address = signed(f"{VIEW}?bins=3", "theme")
    monkeypatch.setenv("PLOTGATE_SIGNING_KEYS", "")
    body = ask(pages, address).body
    assert ask(pages, VIEW).status == 200
    monkeypatch.setenv("PLOTGATE_SIGNING_KEYS", json.dumps(KEYS))
    everything_is_good(body)
