"""The catalog that the gallery shows."""

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Annotated

import pytest
from matplotlib.figure import Figure
from pydantic import Field

from plotgate.local.catalog import CatalogError, example_path, load_plot, write_catalog
from plotgate.local.template import Function, TemplateError, read_template
from plotgate.url.plot import Plot
from tests.found import PLOTS, gallery
from tests.local.conftest import PLOTGATE, Serve, write

TITLED = """
    '''The {name}.'''
    from matplotlib.figure import Figure
    from plotgate import serve

    def draw() -> Figure:
        return Figure()

    handler = serve(draw)
"""

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

BROKEN = """
    import nothing_of_that_name
"""


def template_with(folder: Path, *names: str) -> Path:
    """The file of a template with a function at each name's path."""
    lines = ["Globals: { Function: { Runtime: python3.13, Handler: app.handler } }", "Resources:"]
    for name in names:
        event = f"{{ Type: HttpApi, Properties: {{ Method: GET, Path: /{name} }} }}"
        lines.append(f"  {name}: {{ Type: AWS::Serverless::Function, Properties: {{ CodeUri: {name}, Events: {{ Get:")
        lines.append(f"    {event} }} }} }}")
    (folder / "template.yaml").write_text("\n".join(lines))
    return folder / "template.yaml"


def entries_of(folder: Path) -> list[dict[str, str]]:
    entries: list[dict[str, str]] = json.loads((folder / "catalog.json").read_text())
    return entries


def test_catalog_has_every_plot() -> None:
    entries = entries_of(gallery())
    assert len(entries) == len(PLOTS)
    for plot, entry in zip(PLOTS, sorted(entries, key=lambda entry: entry["url"]), strict=True):
        assert entry["url"].startswith(f"/plots/{plot}")
        assert entry["title"]
    assert json.loads((gallery() / "openapi.json").read_text())["paths"].keys() == {entry["path"] for entry in entries}


def test_a_plot_that_cannot_be_imported_keeps_the_entry_that_it_had(tmp_path: Path) -> None:
    for name in ("first", "second", "third"):
        write(tmp_path / name / "app.py", TITLED.format(name=name))
    template = read_template(template_with(tmp_path, "first", "second", "third"))
    write_catalog(template, tmp_path)
    write(tmp_path / "second" / "app.py", BROKEN)
    write(tmp_path / "third" / "app.py", TITLED.format(name="last"))

    with pytest.raises(CatalogError, match=r"^/second is not in the catalog: .* 'nothing_of_that_name'$"):
        write_catalog(template, tmp_path)

    assert [entry["title"] for entry in entries_of(tmp_path)] == ["The first", "The second", "The last"]
    paths = json.loads((tmp_path / "openapi.json").read_text())["paths"]
    assert {path: operation["get"]["summary"] for path, operation in paths.items()} == {
        "/first": "The first",
        "/second": "The second",
        "/third": "The last",
    }


def test_catalog_is_made_before_the_gallery_is_shown_and_anew_after_a_change(serve: Serve) -> None:
    gallery = """
        from pathlib import Path
        def handler(event, context):
            return Path(__file__).with_name("catalog.json").read_text()
    """
    gateway = serve(gallery=gallery, plot=TITLED.format(name="old"))
    template = gateway.folder / "template.yaml"
    template.write_text(template.read_text().replace("'/gallery'", "'/'"))
    gateway.wait_for(lambda: gateway.http.get("/").status_code == 200)
    assert gateway.http.get("/").json()[0]["title"] == "The old"

    write(gateway.folder / "plot" / "app.py", TITLED.format(name="new"))
    gateway.wait_for(lambda: bool(gateway.http.get("/").json()[0]["title"] == "The new"))

    write(gateway.folder / "plot" / "app.py", BROKEN)
    gateway.wait_for(lambda: gateway.http.get("/").is_success and "/plot is not in the catalog" in gateway.terminal)
    assert gateway.http.get("/").json()[0]["title"] == "The new"


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
    write(tmp_path / "plot" / "app.py", TITLED.format(name="only"))
    command = [str(PLOTGATE), "catalog", "--template", str(template_with(tmp_path, "plot"))]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "must have a function with the path `/`" in done.stderr
