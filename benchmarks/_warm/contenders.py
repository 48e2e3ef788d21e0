"""Who draws: each makes, of a plot's folder, a function from the arguments of `draw` to the bytes of a PNG."""

import base64
import importlib
import io
import os
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any
from urllib.parse import urlencode

from benchmarks._warm.results import ARTICLE, LAYER, MATPLOTLIB, OURS, VL_CONVERT, XY

Drawer = Callable[[dict[str, Any]], bytes]


ROOT = Path(__file__).parents[2]
BUILT = ROOT / ".aws-sam" / "build"
LAYERS = [BUILT / layer / "python" for layer in ("RuntimeLayer", "ScientificLayer")]
DRAWING = ("matplotlib", "matplotlib.figure", "seaborn")


class CannotDrawError(Exception):
    """A contender has no such picture, or is not there."""


def article(folder: Path, path: str) -> Drawer:
    from matplotlib import pyplot

    from benchmarks.article import plots

    draw = getattr(plots, folder.name, None)
    if draw is None:
        raise CannotDrawError("the article has no such picture")

    def drawer(arguments: dict[str, Any]) -> bytes:
        body = plots.png(draw(**arguments) if path else draw()).read()
        pyplot.close("all")  # he leaves them open; then the last pictures would be dearer than the first ones
        return body

    return drawer


def matplotlib(folder: Path, path: str) -> Drawer:
    """The same figures, saved by matplotlib."""
    os.environ["MPLBACKEND"] = "agg"
    from matplotlib import pyplot

    plot = _alone(folder)
    plot.Figure = pyplot.figure  # as most people make figures: by itself, it makes a renderer for each text it measures

    def drawer(arguments: dict[str, Any]) -> bytes:
        buffer = io.BytesIO()
        plot.draw(**arguments).savefig(buffer, format="png")
        pyplot.close("all")
        return buffer.getvalue()

    return drawer


def plotgate(folder: Path, path: str) -> Drawer:
    """A request from its event to its answer, which is drawn: no two ask for the same picture."""
    answer = answers(folder, path)
    return lambda arguments: base64.b64decode(answer(arguments)["body"])


def layer(folder: Path, path: str) -> Drawer:
    """The same in a process that has the layers in the place of .venv's packages."""
    template = BUILT / "template.yaml"
    if not template.exists():
        raise CannotDrawError("`sam build` has not been run")
    sources = (file for file in (ROOT / "layers").rglob("*") if file.is_file() and "__pycache__" not in file.parts)
    if max(file.stat().st_mtime for file in sources) > template.stat().st_mtime:
        raise CannotDrawError("the layer is older than the code; `sam build` makes it anew")
    return plotgate(folder, path)


def answers(folder: Path, path: str) -> Callable[[dict[str, Any]], dict[str, Any]]:
    """What Lambda gets for the arguments of `draw`."""
    sys.path.insert(0, str(folder))
    handler = importlib.import_module("plotgate.entry").handler
    event = importlib.import_module("benchmarks._event").event

    def answer(arguments: dict[str, Any]) -> dict[str, Any]:
        query = dict(arguments)
        end = path.format(features=",".join(query.pop("features"))) if path else ""  # decoded by the gateway
        answer: dict[str, Any] = handler(event(f"/plots/benchmarks/{folder.name}{end}", urlencode(query)), None)
        assert answer["statusCode"] == 200, f"status {answer['statusCode']}"
        assert "draw;" in answer["headers"]["server-timing"], "not drawn, but remembered"
        return answer

    return answer


def vl_convert(folder: Path, path: str) -> Drawer:
    import vl_convert

    from benchmarks._warm.vega import SPECS

    if folder.name not in SPECS:
        raise CannotDrawError("Vega-Lite has no such picture")
    plot, spec = _alone(folder, *DRAWING), SPECS[folder.name]
    # A unit of Vega is a pixel at 72 of them to an inch.
    return lambda arguments: vl_convert.vegalite_to_png(spec(plot, **arguments), scale=1, ppi=72)


def xy(folder: Path, path: str) -> Drawer:
    try:
        from benchmarks._warm.xy_figures import FIGURES, png
    except ModuleNotFoundError:
        raise CannotDrawError("not installed; `uv sync --group peers` does it") from None
    plot, figure = _alone(folder, *DRAWING), FIGURES[folder.name]
    return lambda arguments: png(figure(plot, **arguments))


CONTENDERS: dict[str, Callable[[Path, str], Drawer]] = {
    ARTICLE: article,
    MATPLOTLIB: matplotlib,
    OURS: plotgate,
    LAYER: layer,
    VL_CONVERT: vl_convert,
    XY: xy,
}


def _alone(folder: Path, *others: str) -> Any:
    """The plot's file without plotgate's server, and without `others`: their memory is not the contender's."""
    for name in ("plotgate", *others):
        without: Any = ModuleType(name)
        without.__getattr__ = lambda name: lambda *arguments: None
        sys.modules[name] = without
    sys.modules["plotgate"].__path__ = [str(ROOT / "layers" / "runtime" / "plotgate")]  # for its datasets
    sys.path.insert(0, str(folder))
    return importlib.import_module("app")
