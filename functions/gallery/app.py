"""The gallery: every plot in an `<img>` tag."""

import html
import json
from pathlib import Path
from string import Template

from plotgate.http.pages import serve_page

HERE = Path(__file__).parent


def page() -> str:
    """The page as HTML, made from the catalog that `plotgate serve` and `sam build` write beside this file."""
    plots = json.loads((HERE / "catalog.json").read_text())
    figure = Template((HERE / "figure.html").read_text())
    figures = [figure.substitute({name: html.escape(value) for name, value in plot.items()}) for plot in plots]
    return Template((HERE / "page.html").read_text()).substitute(figures="\n".join(figures))


handler = serve_page(page, json={"/openapi.json": HERE / "openapi.json"})
