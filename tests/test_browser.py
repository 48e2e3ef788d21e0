"""What a real browser makes of the plots: pages with `<img>`, `<picture>` and a canvas, in headless Chromium."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Route

from tests.found import PLOTS, ROOT, path_of
from tests.local.conftest import Served, served

CORRELATION = "/plots/breast_cancer_data/correlation_matrix"
OUTPUT = ROOT / "tests" / "output" / "browser"


@pytest.fixture(scope="module")
def gateway(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with served(ROOT, tmp_path_factory.mktemp("browser") / "terminal.txt") as running:
        yield running


def opened(browser: Browser, gateway: Served, body: str, **context: Any) -> Page:
    """A page with `body`, of the pictures' own origin."""
    page = browser.new_context(**context).new_page()
    address = gateway.http.base_url
    html = f"<!doctype html><style>body {{ margin: 0 }}</style>{body}"
    page.route(f"{address}/page", lambda route: route.fulfill(content_type="text/html", body=html))
    page.goto(f"{address}/page", wait_until="networkidle", timeout=120_000)
    return page


def size(page: Page, selector: str = "img") -> list[int]:
    found = page.eval_on_selector(
        selector, "image => [image.naturalWidth, image.naturalHeight, image.width, image.height]"
    )
    assert isinstance(found, list)
    return found


def shot(page: Page, name: str) -> bytes:
    OUTPUT.mkdir(parents=True, exist_ok=True)
    return page.screenshot(path=OUTPUT / f"{name}.png")


@pytest.mark.parametrize("plot", PLOTS)
def test_img_shows_every_plot(browser: Browser, gateway: Served, plot: str) -> None:
    path = path_of(plot)
    page = opened(browser, gateway, f'<img src="{path}?width=440">')
    assert size(page)[0] == 440


def test_img_with_a_bad_parameter_shows_the_message(browser: Browser, gateway: Served) -> None:
    page = opened(browser, gateway, f'<img src="{CORRELATION}?vmax=2&width=440&height=200">')
    assert size(page) == [440, 200, 440, 200]
    shot(page, "bad_parameter")


def test_typed_address_with_a_bad_parameter_shows_json(browser: Browser, gateway: Served) -> None:
    page = browser.new_page()
    response = page.goto(f"{gateway.http.base_url}{CORRELATION}?vmax=2")
    assert response is not None
    assert (response.status, response.headers["content-type"]) == (422, "application/problem+json")


def test_srcset_takes_the_sharper_picture_on_a_sharp_screen(browser: Browser, gateway: Served) -> None:
    sources = f"{CORRELATION}?width=440 1x, {CORRELATION}?width=440&dpr=2 2x"
    page = opened(browser, gateway, f'<img srcset="{sources}">', device_scale_factor=2)
    assert "dpr=2" in page.eval_on_selector("img", "image => image.currentSrc")
    assert size(page)[2:] == [440, 360]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_picture_element_follows_the_colour_scheme(browser: Browser, gateway: Served, scheme: str) -> None:
    sources = f'<source media="(prefers-color-scheme: dark)" srcset="{CORRELATION}?width=440&theme=dark">'
    body = f'<picture>{sources}<img src="{CORRELATION}?width=440"></picture>'
    page = opened(browser, gateway, body, color_scheme=scheme)
    assert ("theme=dark" in page.eval_on_selector("img", "image => image.currentSrc")) == (scheme == "dark")
    shot(page, f"picture_{scheme}")


def test_svg_is_shown_in_an_img_at_its_size(browser: Browser, gateway: Served) -> None:
    page = opened(browser, gateway, f'<img src="{CORRELATION}?format=svg&width=440">')
    assert size(page) == [440, 360, 440, 360]
    shot(page, "svg")


def test_svg_opened_by_itself_runs_nothing(browser: Browser, gateway: Served) -> None:
    def with_script(route: Route) -> None:
        sent = route.fetch()
        body = sent.text().replace("</svg>", "<script>document.documentElement.id = 'ran'</script></svg>")
        route.fulfill(response=sent, body=body)

    page = browser.new_page()
    page.route("**/*", with_script)
    page.goto(f"{gateway.http.base_url}{CORRELATION}?format=svg&width=440")
    assert page.evaluate("document.querySelector('title').textContent") == "Correlation of the measurements"
    assert page.evaluate("document.querySelectorAll('script').length") == 1
    assert page.evaluate("document.documentElement.id") != "ran"


def test_other_origin_may_fetch_a_picture_and_draw_it_on_a_canvas(browser: Browser, gateway: Served) -> None:
    script = """async url => {
        const answer = await fetch(url, {mode: "cors"});
        const bitmap = await createImageBitmap(await answer.blob());
        const canvas = document.createElement("canvas");
        canvas.width = bitmap.width; canvas.height = bitmap.height;
        canvas.getContext("2d").drawImage(bitmap, 0, 0);
        return [canvas.toDataURL().length > 1000, answer.headers.get("X-Plotgate-Alt") !== null];
    }"""
    here = str(gateway.http.base_url)
    page = browser.new_page()
    page.goto(here.replace("127.0.0.1", "localhost") + "/openapi.json")
    assert page.evaluate("location.origin") != here
    assert page.evaluate(script, f"{here}{CORRELATION}?width=440") == [True, True]
