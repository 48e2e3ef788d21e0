"""The layers as `sam build` makes them: they fit, hold what they say, work, and load no more than a plot may."""

import json
import math
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from packaging.utils import canonicalize_name
from samcli.yamlhelper import parse_yaml_file

from builder import report, verification
from builder.layer import RULES
from builder.rules import Rules, files, size
from builder.sbom import sbom
from builder.target import Target
from tests.emulators import docker
from tests.emulators.built import BUILD, Built, build, built_functions, lay_over
from tests.found import PLOTS, ROOT
from tests.tiers import unavailable
from tests.wire import Request, function_event, http_api

LIMIT = 225_000_000  # bytes; Lambda's is 262 144 000
TARGET = Target.read(ROOT / "layers" / "scientific" / "x86_64" / "target.toml")
LAYERS = ("ScientificLayer", "RuntimeLayer")

# What costs most to import, beside numpy and matplotlib, which every plot needs.
HEAVY = (
    *("IPython", "fastapi.openapi.docs", "fontTools", "http.client", "matplotlib.pyplot", "matplotlib.style"),
    *("mpl_toolkits.mplot3d", "pandas", "pandas.plotting", "psycopg", "pyarrow", "pyparsing", "scipy", "scipy.stats"),
    *("seaborn", "sklearn", "tkinter", "urllib.request"),
)
LOAD_BUDGET = 60
"""MB of modules that a plot's first picture may load: numpy, matplotlib, pandas and seaborn, not scipy or scikit-learn.

A plot that needs more states it in its block of template.yaml, as `Metadata: { LoadBudgetMB: 75 }`.
"""

FIRST_REQUEST = """
import json, os, sys
import app
answer = app.handler(json.load(sys.stdin), None)
assert answer["statusCode"] == 200, answer
files = {name: getattr(module, "__file__", None) or "" for name, module in list(sys.modules.items())}
print(json.dumps({name: os.path.getsize(file) for name, file in files.items() if "/opt/python/" in file}))
"""

PLAIN = """
from matplotlib.figure import Figure
from plotgate import serve

def draw() -> Figure:
    figure = Figure()
    figure.subplots().plot([1, 2])
    return figure

handler = serve(draw)
"""

# What replacements in deferred.toml could break, of which no picture would tell.
INTROSPECTION = """
import inspect, pickle, sys
import anyio, anyio.abc, fastapi.params, fastapi.security
from matplotlib.lines import Line2D
from seaborn import _statistics

parameters = inspect.signature(Line2D.set).parameters
assert {"self", "color", "linewidth", "transform"} < set(parameters), parameters
assert parameters["color"].kind is inspect.Parameter.KEYWORD_ONLY

estimate = _statistics.gaussian_kde
assert "scipy.stats" not in sys.modules
density = estimate([0.0, 1.0, 3.0])
assert 0.99 < density.integrate_box([-99], [99]) < 1.01
import scipy.stats._stats
assert scipy.stats.gaussian_kde is scipy.stats._kde.gaussian_kde is estimate
assert type(pickle.loads(pickle.dumps(density))) is estimate
assert estimate.__module__ == "scipy.stats._kde"

import scipy._external.array_api_compat.numpy as compatible
assert compatible.testing is __import__("numpy").testing and compatible.linalg is not __import__("numpy").linalg
assert issubclass(anyio.abc.TaskGroup, object) and anyio.CancelScope and "sleep" in dir(anyio)
assert fastapi.security.OAuth2PasswordBearer("token").model.flows
assert "Example" in dir(fastapi.params) and fastapi.params.Query(examples=[1]).examples == [1]
"""


@pytest.fixture(scope="module")
def built() -> dict[str, Built]:
    build()
    return built_functions()


def made(layer: str) -> dict[str, Any]:
    record: dict[str, Any] = json.loads((BUILD / layer / "layer.json").read_text())
    return record


def test_layers_and_the_largest_function_fit(built: dict[str, Built]) -> None:
    largest = max(size(files(function.function.code)) for function in built.values())
    assert sum(size(files(BUILD / layer)) for layer in LAYERS) + largest <= LIMIT


@pytest.mark.parametrize("layer", LAYERS)
def test_record_is_that_of_the_tree(built: dict[str, Built], layer: str, tmp_path: Path) -> None:
    tree = BUILD / layer / "python"
    (mark,) = tree.glob("layer-*")  # empty, and named after the digest of all else
    assert made(layer)["digest"].startswith(mark.name.removeprefix("layer-"))
    assert made(layer)["after"] == size(files(tree))
    copy = Path(shutil.copytree(tree, tmp_path / "python"))
    (copy / mark.name).unlink()
    assert made(layer)["digest"] == report.digest(copy)


@pytest.mark.parametrize("layer", [*LAYERS, "DatabaseLayer"])
def test_bill_of_materials_is_that_of_the_tree(built: dict[str, Built], layer: str) -> None:
    bill = json.loads(sbom(layer.removesuffix("Layer").lower(), TARGET))["components"]
    packages = made(layer)["packages"].items()
    found = {canonicalize_name(name): package["version"] for name, package in packages if name != report.OURS}
    assert {one["name"]: one["version"] for one in bill} == found


def test_every_rule_removes_something(built: dict[str, Built]) -> None:
    removed = [made(layer)["removed"] for layer in LAYERS]
    assert [rule.name for rule in Rules.read(RULES).removals if not any(of[rule.name] for of in removed)] == []


@pytest.mark.parametrize("layer", LAYERS)
def test_layer_holds_no_source_and_no_test(built: dict[str, Built], layer: str) -> None:
    left = [path for path in (BUILD / layer / "python").rglob("*") if path.suffix == ".py" or path.name == "tests"]
    assert left == []


def test_checks_hold_in_a_container_as_strict_as_lambda(built: dict[str, Built], tmp_path: Path) -> None:
    if reason := docker.missing():
        unavailable(reason)
    opt = tmp_path / "opt"
    lay_over(tuple(BUILD / layer for layer in LAYERS), opt)
    command = [
        *("docker", "run", "--rm", "--interactive", "--read-only", "--tmpfs", "/tmp", "--network", "none"),  # noqa: S108
        *("--user", "993", "--cap-drop", "ALL", "--cpus", "1", "--memory", "1769m"),
        *("--volume", f"{opt}:/opt:ro", "--volume", f"{verification.CHECKS}:/checks.py:ro"),
        *("--entrypoint", "python3", docker.image(), "-S", "/checks.py", "/opt/python"),
    ]
    done = subprocess.run(command, input="\n".join(verification.WHOLE), capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.skipif(not verification.runs_here(TARGET), reason="needs Linux on x86_64")
def test_what_waits_is_the_real_thing(built: dict[str, Built], tmp_path: Path) -> None:
    opt = tmp_path / "opt"
    lay_over(tuple(BUILD / layer for layer in LAYERS), opt)
    command = [sys.executable, "-S", "-B", "-c", INTROSPECTION]
    done = subprocess.run(command, env={"PYTHONPATH": f"{opt}/python"}, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def loaded(
    code: Path, event: dict[str, Any], layers: tuple[Path, ...], scratch: Path, **variables: str
) -> dict[str, int]:
    """The modules of the layers that a function's first picture loads, with the bytes of their files."""
    lay_over(layers, scratch / "opt")
    done = subprocess.run(
        [sys.executable, "-S", "-B", "-c", FIRST_REQUEST],
        cwd=scratch,
        env={"PYTHONPATH": f"{code}:{scratch}/opt/python", **variables},
        input=json.dumps(event),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    found: dict[str, int] = json.loads(done.stdout)
    return found


@pytest.mark.skipif(not verification.runs_here(TARGET), reason="needs Linux on x86_64")
def test_a_plot_of_matplotlib_loads_nothing_heavy_besides(built: dict[str, Built], tmp_path: Path) -> None:
    (tmp_path / "app.py").write_text(PLAIN)
    modules = loaded(tmp_path, http_api(Request("/plots/plain")), built[PLOTS[0]].layers, tmp_path)
    assert [name for name in HEAVY if name in modules] == []


@pytest.mark.skipif(not verification.runs_here(TARGET), reason="needs Linux on x86_64")
@pytest.mark.parametrize("plot", PLOTS)
def test_first_picture_loads_no_more_than_its_budget(built: dict[str, Built], plot: str, tmp_path: Path) -> None:
    function = built[plot].function
    modules = loaded(function.code, function_event(plot), built[plot].layers, tmp_path, **function.environment)
    packages: Counter[str] = Counter()
    for name, size_of_file in modules.items():
        packages[name.partition(".")[0]] += size_of_file
    budget = resource(function.name).get("Metadata", {}).get("LoadBudgetMB", LOAD_BUDGET)
    megabytes = packages.total() / 1e6
    assert megabytes <= budget, (
        f"The first picture of {plot} loads {megabytes:.0f} MB of modules, and may load {budget}: "
        + ", ".join(f"{name} {size_of_all / 1e6:.0f}" for name, size_of_all in packages.most_common(4))
        + f". Import less at the top of its app.py, or give its block of template.yaml "
        f"`Metadata: {{ LoadBudgetMB: {5 * math.ceil(megabytes / 5)} }}`."
    )


def resource(function: str) -> dict[str, Any]:
    """A function's block in template.yaml."""
    found: dict[str, Any] = parse_yaml_file(str(ROOT / "template.yaml"))["Resources"][function]
    return found
