"""The catalog that the gallery shows."""

import json
import re
from pathlib import Path
from typing import Annotated

import pytest
from matplotlib.figure import Figure
from pydantic import Field

from plotgate.local.catalog import as_json, catalog, description, example_path, gallery_folder
from plotgate.local.template import TemplateError, read_template
from plotgate.url.plot import Plot
from tests.found import PLOTS, ROOT

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
