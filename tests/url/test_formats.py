"""A format is one row of one table."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import plotgate
from plotgate.url.formats import FORMATS
from tests.found import ROOT

PACKAGE = Path(plotgate.__file__).parent
ROW = '"avif": Format("image/avif", "plotgate.figure.encoding:raster", {"format": "AVIF"}),'
ASKED = """
import io, json
from matplotlib.figure import Figure
from PIL import Image
from plotgate import serve
from tests.wire import Request, answer, http_api

def draw(size: int = 2) -> Figure:
    return Figure(figsize=(size, size))

def ask(query):
    return answer(handler(http_api(Request("/plots/some/plot", query)), None))

handler = serve(draw)
shown, error, refused = ask("format=avif&width=200"), ask("format=avif&size=x&errors=image"), ask("format=bmp")
image = Image.open(io.BytesIO(shown.body))
print(json.dumps([shown.content_type, image.format, image.size, error.content_type, refused.body.decode()]))
"""


def test_a_new_format_is_one_row(tmp_path: Path) -> None:
    shutil.copytree(PACKAGE, tmp_path / "plotgate")
    table = tmp_path / "plotgate" / "url" / "formats.py"
    table.write_text(table.read_text().replace('        "pdf":', f'        {ROW}\n        "pdf":'))
    environment = os.environ | {"PYTHONPATH": f"{tmp_path}{os.pathsep}{ROOT}"}
    ran = subprocess.run([sys.executable, "-c", ASKED], env=environment, capture_output=True, text=True, check=True)
    *shown, error, refused = json.loads(ran.stdout)
    assert shown == ["image/avif", "AVIF", [200, 200]]
    assert error == "image/png"
    assert "'avif'" in refused


def test_every_format_says_what_it_is() -> None:
    assert {name: form.media_type.partition(";")[0] for name, form in FORMATS.items()} == {
        "png": "image/png",
        "svg": "image/svg+xml",
        "webp": "image/webp",
        "pdf": "application/pdf",
        "json": "application/json",
        "csv": "text/csv",
    }
