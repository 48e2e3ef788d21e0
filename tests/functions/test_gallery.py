"""The gallery shows every plot, without the scientific stack."""

import json
import subprocess
import sys

from tests.found import gallery
from tests.pages.serving import Page

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
    images = Page(answer["body"].encode()).all("img")
    assert [image["src"].partition("?")[0] for image in images] == [entry["url"] for entry in catalog]
