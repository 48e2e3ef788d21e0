"""The catalog that the gallery shows."""

import json
import re
import sys
from pathlib import Path
from typing import Annotated

import pytest
from matplotlib.figure import Figure
from pydantic import Field

from plotgate.local.catalog import as_json, catalog, description, example_path, gallery_folder, load_plot
from plotgate.local.template import Function, TemplateError, read_template
from plotgate.url.plot import Plot
from tests.found import PLOTS, ROOT
from tests.local.conftest import write

HELPED = """
    from typing import Annotated

    import words
    from matplotlib.figure import Figure
    from plotgate import serve
    from pydantic import Field

    __doc__ = words.TITLE

    def draw(word: Annotated[str, Field(examples=[words.NAME])]) -> Figure:
        return Figure()

    handler = serve(draw)
"""

TEMPLATE = read_template(ROOT / "template.yaml")


def test_committed_catalog_is_fresh() -> None:
    # When this fails: .venv/bin/plotgate catalog
    assert (gallery_folder(TEMPLATE) / "catalog.json").read_text() == as_json(catalog(TEMPLATE))
    assert (gallery_folder(TEMPLATE) / "openapi.json").read_text() == as_json(description(TEMPLATE))


def test_catalog_has_every_plot() -> None:
    entries = json.loads((gallery_folder(TEMPLATE) / "catalog.json").read_text())
    assert len(entries) == len(PLOTS)
    for plot, entry in zip(PLOTS, sorted(entries, key=lambda entry: str(entry["url"])), strict=True):
        assert entry["url"].startswith(f"/plots/{plot}")
        assert entry["title"]


def test_parameter_of_the_path_is_replaced_by_its_example() -> None:
    def draw(day: Annotated[str, Field(examples=["a b"])]) -> Figure:
        return Figure()

    assert example_path("/plots/x/day/{day}", Plot(draw)) == "/plots/x/day/a b"


def test_parameter_of_the_path_without_an_example_is_refused() -> None:
    def draw(day: str) -> Figure:
        return Figure()

    with pytest.raises(TemplateError, match=re.escape("`day` of /plots/x/day/{day} must have examples")):
        example_path("/plots/x/day/{day}", Plot(draw))


def test_a_plot_may_import_a_file_beside_it_and_gets_its_own(tmp_path: Path) -> None:
    titles = {}
    for name in ("first", "second"):
        write(tmp_path / name / "words/__init__.py", f"from words.title import TITLE\nNAME = '{name}'")
        write(tmp_path / name / "words/title.py", f"TITLE = 'The {name}'")
        write(tmp_path / name / "app.py", HELPED)
        plot = load_plot(Function(name, tmp_path / name, "app.handler", 128, 3))
        assert plot is not None
        titles[plot.title] = example_path("/of/{word}", plot)

    assert titles == {"The first": "/of/first", "The second": "/of/second"}
    assert str(tmp_path) not in "".join(sys.path)
    assert "words" not in sys.modules


def test_a_plot_may_draw_in_a_file_beside_it(tmp_path: Path) -> None:
    write(tmp_path / "drawing.py", '"""A title."""\nfrom matplotlib.figure import Figure\ndef draw() -> Figure: ...')
    write(tmp_path / "app.py", "from plotgate import serve\nfrom drawing import draw\nhandler = serve(draw)")

    plot = load_plot(Function("Plot", tmp_path, "app.handler", 128, 3))

    assert plot is not None
    assert (plot.title, plot.description, plot.path_suffix) == ("A title", "", "")


def test_template_without_a_gallery_is_refused(tmp_path: Path) -> None:
    template = tmp_path / "template.yaml"
    text = (
        (ROOT / "template.yaml")
        .read_text()
        .replace("functions/", f"{ROOT}/functions/")
        .replace("Path: / }", "Path: /x }")
    )
    template.write_text(text)
    with pytest.raises(TemplateError, match="must have a function with the path `/`"):
        gallery_folder(read_template(template))
