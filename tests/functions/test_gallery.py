"""The gallery shows every plot, without the scientific stack."""

import json
import subprocess
import sys
from html.parser import HTMLParser

from tests.found import gallery


class Images(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[dict[str, str | None]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "img":
            self.found.append(dict(attrs))


PROGRAM = """
import json, sys
import app
http = {"method": "GET", "path": "/", "sourceIp": "127.0.0.1"}
answer = app.handler({"version": "2.0", "requestContext": {"http": http}, "headers": {}}, None)
heavy = {"numpy", "pandas", "matplotlib", "PIL", "seaborn", "scipy", "sklearn"} & sys.modules.keys()
print(json.dumps([answer, sorted(heavy)]))
"""


def test_gallery_shows_every_plot_and_imports_none() -> None:
    run = subprocess.run([sys.executable, "-c", PROGRAM], cwd=gallery(), capture_output=True, check=True)
    answer, heavy = json.loads(run.stdout)
    assert heavy == []
    assert (answer["statusCode"], answer["headers"]["content-type"]) == (200, "text/html; charset=utf-8")
    catalog = json.loads((gallery() / "catalog.json").read_text())
    images = Images(answer["body"]).found
    assert [image["src"] for image in images] == [entry["url"] for entry in catalog]
    assert all(image["alt"] for image in images)
