"""A page's address, pasted into a chat, shows the picture: read as those do who show previews of links.

What they say of themselves: Slack reads the first 32 kB, prefers oEmbed and Open Graph, and fetches the picture
(https://docs.slack.dev/messaging/unfurling-links-in-messages); Discord and Teams take og:image with its size;
Notion asks oEmbed. None runs a script, and each fetches the picture as itself, without a browser's headers.
"""

import io
import json
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlsplit

import pytest
from PIL import Image

from tests.found import handler_of, plot_handler
from tests.pages.serving import DOMAIN, Page, ask
from tests.wire import Answer

FIRST = 32_768  # bytes that a preview reads of a page
SITE = f"https://{DOMAIN}"


@dataclass(frozen=True)
class Preview:
    title: str
    description: str
    alt: str
    picture: Image.Image
    said_size: tuple[int, int]


def fetched(url: str) -> Answer:
    """What our host answers to a robot."""
    parts = urlsplit(url)
    assert f"{parts.scheme}://{parts.netloc}" == SITE
    folder = "gallery"
    if parts.path.startswith("/plots/"):
        folder = "/".join(parts.path.split("/")[2:4])
        return ask(plot_handler(folder), f"{parts.path}?{parts.query}", accept="*/*", user_agent="Bot/1.0")
    return ask(handler_of(folder), f"{parts.path}?{parts.query}", accept="*/*", user_agent="Bot/1.0")


def preview(url: str) -> Preview | None:
    """The preview of a link, if its page has one."""
    page = fetched(url)
    if page.status != 200:
        return None
    metas = Page(page.body[:FIRST]).metas()
    shown = fetched(metas["og:image"])
    assert (shown.status, shown.content_type) == (200, metas["og:image:type"])
    assert metas["twitter:image"] == metas["og:image"]
    size = int(metas["og:image:width"]), int(metas["og:image:height"])
    return Preview(
        metas["og:title"], metas["og:description"], metas["og:image:alt"], Image.open(io.BytesIO(shown.body)), size
    )


@pytest.mark.parametrize("query", ["", "?method=spearman&vmax=0.4", "?theme=dark&width=300&format=svg&dpr=3"])
def test_a_page_unfurls_with_the_picture_of_its_own_parameters(query: str) -> None:
    shown = preview(f"{SITE}/view/breast_cancer_data/correlation_matrix{query}")
    assert shown is not None
    assert shown.title == "Correlation of the measurements"
    assert shown.description.startswith("How strongly each pair of the 30 breast-cancer measurements moves together")
    assert (shown.picture.format, shown.picture.size, shown.said_size) == ("PNG", (1200, 630), (1200, 630))
    drawn = str(shown.picture.info["Source"])
    for part in ("method=spearman", "vmax=0.4", "theme=dark"):
        assert (part in drawn) == (part in query)
    assert ("vmax: 0.4" in shown.description) == ("vmax=0.4" in query)
    assert ("vmax 0.4" in shown.alt) == ("vmax=0.4" in query)


def test_parameters_of_the_path_are_those_of_the_preview() -> None:
    shown = preview(f"{SITE}/view/breast_cancer_data/pairplot/features/mean%20area,mean%20texture")
    assert shown is not None
    assert "/features/mean%20area%2Cmean%20texture?" in str(shown.picture.info["Source"]).replace(",", "%2C")


def test_the_page_of_all_plots_unfurls_with_its_first_picture() -> None:
    shown = preview(f"{SITE}/")
    assert shown is not None
    assert shown.picture.size == (1200, 630)
    assert "Correlation of the measurements" in shown.description


@pytest.mark.parametrize("query", ["vmax=2", "vmx=0.2", "theme=blue", "vmax=0.1&vmax=0.2"])
def test_what_cannot_be_drawn_has_no_preview(query: str) -> None:
    address = f"{SITE}/view/breast_cancer_data/correlation_matrix?{query}"
    assert preview(address) is None
    assert "og:image" not in Page(fetched(address).body).metas()


def test_a_page_is_read_without_a_body_too() -> None:
    head = ask(handler_of("gallery"), "/view/weather/temperature", method="HEAD")
    assert (head.status, head.body) == (200, b"")
    assert head.content_type == "text/html; charset=utf-8"


# oEmbed


def embedded(url: str, query: str = "") -> tuple[int, dict[str, Any]]:
    made = ask(handler_of("gallery"), f"/oembed?url={quote(url, safe='')}{query}")
    return made.status, json.loads(made.body)


def test_the_page_leads_to_its_photo() -> None:
    page = fetched(f"{SITE}/view/breast_cancer_data/correlation_matrix?vmax=0.4&theme=dark&dpr=2")
    (link,) = Page(page.body[:FIRST]).all("link", type="application/json+oembed")
    told = json.loads(fetched(link["href"]).body)
    assert (told["version"], told["type"], told["title"]) == ("1.0", "photo", "Correlation of the measurements")
    shown = fetched(told["url"])
    picture = Image.open(io.BytesIO(shown.body))
    assert (shown.status, picture.format, picture.size) == (200, "PNG", (told["width"], told["height"]))
    assert picture.size == (1100, 900)
    assert "vmax=0.4" in str(picture.info["Source"]) and "theme=dark" in str(picture.info["Source"])


@pytest.mark.parametrize(
    ("limits", "size"),
    [
        ("&maxwidth=550", (550, 450)),
        ("&maxwidth=2000&maxheight=450", (550, 450)),
        ("&maxwidth=99999999999999999999", (1100, 900)),
    ],
)
def test_a_photo_keeps_within_what_there_is_room_for(limits: str, size: tuple[int, int]) -> None:
    status, told = embedded(f"{SITE}/view/breast_cancer_data/correlation_matrix", limits)
    assert (status, told["width"], told["height"]) == (200, *size)
    assert Image.open(io.BytesIO(fetched(told["url"]).body)).size == size


@pytest.mark.parametrize(
    ("url", "query", "status", "code"),
    [
        ("https://evil.example/view/weather/temperature", "", 404, "not_found"),
        (f"https://{DOMAIN}.evil.example/view/weather/temperature", "", 404, "not_found"),
        (f"https://{DOMAIN}@evil.example/view/weather/temperature", "", 404, "not_found"),
        (f"https://user@{DOMAIN}/view/weather/temperature", "", 404, "not_found"),
        (f"javascript://{DOMAIN}/view/weather/temperature", "", 404, "not_found"),
        ("https://[/view/weather/temperature", "", 404, "not_found"),
        (f"{SITE}/view/weather/wind", "", 404, "not_found"),
        (f"{SITE}/plots/weather/temperature", "", 404, "not_found"),
        (f"{SITE}/", "", 404, "not_found"),
        (f"{SITE}/view/weather/temperature?rolling=0", "", 422, "invalid_parameter"),
        ("", "", 422, "invalid_parameter"),
        (f"{SITE}/view/weather/temperature", "&maxwidth=x", 422, "invalid_parameter"),
        (f"{SITE}/view/weather/temperature", "&maxwidth=0", 422, "invalid_parameter"),
        (f"{SITE}/view/weather/temperature", "&maxheight=50", 422, "invalid_parameter"),
        (f"{SITE}/view/weather/temperature", "&format=xml", 501, "not_implemented"),
    ],
)
def test_what_is_no_page_of_ours_is_refused(url: str, query: str, status: int, code: str) -> None:
    assert (embedded(url, query)[0], embedded(url, query)[1]["code"]) == (status, code)


def test_http_and_https_are_the_same_page() -> None:
    assert embedded(f"http://{DOMAIN}/view/weather/temperature", "&format=json")[0] == 200
