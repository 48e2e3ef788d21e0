"""The author's day: a page that is open follows the files that draw its pictures."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.local.conftest import Served, served, write

PLOT = """
    \"\"\"A page of one colour.\"\"\"
    from matplotlib.figure import Figure
    from plotgate import serve

    def draw(width_of_line: float = 1) -> Figure:
        return Figure(figsize=(4, 3), facecolor="{colour}")

    handler = serve(draw)
"""

# As strict as a page can be, and compressed: it has no script of its own.
PAGE = """
    import base64
    import gzip

    PLOT = "/plots/some/colour"
    HTML = f'''<!doctype html><title>Page</title><link rel="icon" href="data:,"><body>
        <img id="plain" src="{PLOT}?width=200">
        <picture><source media="(max-width: 1px)" srcset="{PLOT}?width=120">
        <img id="sharp" src="{PLOT}?width=240" srcset="{PLOT}?width=240, {PLOT}?width=240&amp;dpr=2 2x"></picture>
        </body>'''

    def handler(event, context):
        return {
            "statusCode": 200,
            "headers": {
                "Content-Type": "text/html; charset=utf-8",
                "Content-Encoding": "gzip",
                "Content-Security-Policy": "default-src 'none'; img-src 'self' data:",
            },
            "body": base64.b64encode(gzip.compress(HTML.encode())).decode(),
            "isBase64Encoded": True,
        }
"""

COLOUR = """selector => {
    const image = document.querySelector(selector), canvas = document.createElement("canvas");
    canvas.width = canvas.height = 1;
    const context = canvas.getContext("2d");
    context.drawImage(image, 0, 0, 1, 1);
    return [...context.getImageData(0, 0, 1, 1).data].slice(0, 3).join();
}"""
RED, BLUE = "255,0,0", "0,0,255"


@pytest.fixture
def gateway(tmp_path: Path) -> Iterator[Served]:
    template = ["Globals: { Function: { Runtime: python3.13, Handler: plotgate.entry.handler, Timeout: 30 } }"]
    template += ["Resources:"]
    for name, route, source in [
        ("some/colour", "/plots/some/colour", PLOT.format(colour="red")),
        ("page", "/page", PAGE),
    ]:
        write(tmp_path / "functions" / name / "app.py", source)
        events = f"{{ Get: {{ Type: HttpApi, Properties: {{ Method: GET, Path: {route} }} }} }}"
        properties = f"{{ CodeUri: functions/{name}, Events: {events} }}"
        resource = name.title().replace("/", "")
        template += [f"  {resource}: {{ Type: AWS::Serverless::Function, Properties: {properties} }}"]
    (tmp_path / "template.yaml").write_text("\n".join(template))
    with served(tmp_path, tmp_path / "terminal.txt") as running:
        yield running


def save(gateway: Served, source: str) -> None:
    write(gateway.folder / "functions/some/colour/app.py", source)


def wait_for_colour(page: Page, colour: str) -> None:
    for selector in ("#plain", "#sharp"):
        page.wait_for_function(f"([selector, colour]) => ({COLOUR})(selector) === colour", arg=[selector, colour])


def test_an_open_page_follows_its_plot_s_file(browser: Browser, gateway: Served) -> None:
    page = browser.new_context(device_scale_factor=2).new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    opened = page.goto(f"{gateway.http.base_url}/page", timeout=120_000)
    assert opened and opened.ok, gateway.terminal
    wait_for_colour(page, RED)
    page.evaluate("window.stays = true")

    save(gateway, PLOT.format(colour="blue"))
    wait_for_colour(page, BLUE)
    assert "dpr=2" in page.eval_on_selector("#sharp", "image => image.currentSrc")

    save(gateway, PLOT.format(colour="red").replace("draw(width_of_line: float = 1)", "draw(width_of_line: float = 1"))
    page.wait_for_selector("#plotgate-errors", timeout=60_000)
    shown = page.inner_text("#plotgate-errors")
    for text in (
        "SyntaxError: invalid syntax",
        "colour/app.py, line 6",
        "def draw(width_of_line: float = 1 -> Figure:",
    ):
        assert text in shown
        assert text in gateway.terminal
    assert "Traceback" not in gateway.terminal
    wait_for_colour(page, BLUE)  # the old one stays

    save(gateway, PLOT.format(colour="red"))
    wait_for_colour(page, RED)
    page.wait_for_selector("#plotgate-errors", state="detached")
    assert page.evaluate("window.stays")
    assert [text for text in said if "500" not in text] == []  # of the answer with the error, as browsers do


@pytest.mark.parametrize(
    ("source", "said", "line"),
    [
        ("import nothing_like_it", "ModuleNotFoundError: No module named 'nothing_like_it'", "line 1"),
        (
            PLOT.replace("float = 1", "open = 1"),
            "The parameter `width_of_line` of `draw` must have a type",
            "line 6",
        ),
        (PLOT.replace("return Figure", "Figure"), "draw must return a matplotlib Figure, not NoneType", "line 6"),
        (PLOT.replace("{colour}", "no colour"), "ValueError: ", "line 7"),
    ],
    ids=["import", "annotation", "no_figure", "exception"],
)
def test_an_error_is_said_with_file_line_and_text(gateway: Served, source: str, said: str, line: str) -> None:
    save(gateway, source.format(colour="red"))

    answer = gateway.http.get("/plots/some/colour?errors=json")

    assert answer.status_code == 500
    assert said not in answer.text
    assert "app.py" not in answer.text
    gateway.wait_for(lambda: said in gateway.terminal)
    assert f"colour/app.py, {line}" in gateway.terminal
    assert "Traceback" not in gateway.terminal
    with gateway.http.stream("GET", "/.plotgate/live") as events:
        lines = events.iter_lines()
        told = next(line for line in lines if line.startswith("data:"))
    assert said in told.encode().decode("unicode_escape")


def test_the_functions_own_answers_are_not_changed_for_others(gateway: Served) -> None:
    first = gateway.http.get("/plots/some/colour")
    assert first.headers["cache-control"].startswith("public")
    shown = gateway.http.get("/plots/some/colour?.live=1", headers={"sec-fetch-dest": "image"})
    assert shown.headers["cache-control"] == "no-cache"
    assert shown.content == first.content
