"""The packages' own tests against the built layer: `make verify-layer`.

Two trees get the same tests: the wheels as they are, and the built layer with what its rules on tests removed put back.
What fails in the layer and passes in the wheels fails this run; the tests in EXPECTED look at what the layer leaves out
on purpose.
"""

import ast
import marshal
import os
import py_compile
import shutil
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ElementTree
from pathlib import Path
from types import CodeType

from builder import wheels
from builder.layer import MOUNT, RULES
from builder.rules import Rules, files
from builder.target import Target
from tests.emulators.built import BUILD
from tests.found import ROOT

TOOLS = ("pytest", "pytest-timeout", "pytest-xdist", "hypothesis")
TEST_RULES = ("tests", "compiled tests")

SUITES = {
    "seaborn": ["seaborn"],
    "matplotlib": [
        *(f"matplotlib/tests/test_{name}.py" for name in ("agg", "artist", "cbook", "colors", "constrainedlayout")),
        *(f"matplotlib/tests/test_{name}.py" for name in ("figure", "fontconfig_pattern", "font_manager", "legend")),
        *(f"matplotlib/tests/test_{name}.py" for name in ("mathtext", "rcparams", "text", "textpath", "ticker")),
        "matplotlib/tests/test_transforms.py",
    ],
    "pandas": [
        *(f"pandas/tests/{name}" for name in ("api", "groupby/aggregate", "indexing/test_loc.py", "reshape/merge")),
        *(f"pandas/tests/{name}" for name in ("resample/test_base.py", "series/methods", "window/test_rolling.py")),
        *(f"pandas/tests/{name}" for name in ("io/json/test_pandas.py", "io/parser/common", "io/test_common.py")),
    ],
    "scipy": [
        *(f"scipy/{name}" for name in ("cluster", "fft/tests/test_basic.py", "integrate/tests/test_quadpack.py")),
        *(f"scipy/{name}" for name in ("interpolate/tests/test_interpolate.py", "linalg/tests/test_decomp.py")),
        *(f"scipy/{name}" for name in ("ndimage/tests/test_filters.py", "optimize/tests/test_optimize.py")),
        *(f"scipy/{name}" for name in ("signal/tests/test_peak_finding.py", "sparse/linalg/tests/test_interface.py")),
        *(f"scipy/{name}" for name in ("spatial/tests/test_qhull.py", "special/tests/test_basic.py")),
        *(f"scipy/stats/tests/test_{name}.py" for name in ("distributions", "kdeoth", "stats")),
    ],
    "sklearn": [
        *(f"sklearn/{name}/tests" for name in ("decomposition", "ensemble", "manifold", "neighbors", "tree")),
        *(f"sklearn/{name}" for name in ("cluster/tests/test_k_means.py", "linear_model/tests/test_logistic.py")),
        *(f"sklearn/{name}" for name in ("metrics/tests/test_classification.py", "tests/test_pipeline.py")),
    ],
}

# pytest takes a folder without __init__.py, as all are where bytecode stands alone, for a namespace package, unless the
# real package has been imported before it looks.
PLUGIN = """
import contextlib
import importlib
from pathlib import Path

for package in {packages!r}:
    importlib.import_module(package)

def pytest_collect_file(file_path, parent):
    parts = file_path.relative_to(parent.config.rootpath).parts[:-1]
    for count in range(1, len(parts) + 1):
        with contextlib.suppress(ImportError):
            importlib.import_module(".".join(parts[:count]))
"""

EXPECTED = {
    "matplotlib.tests.test_artist::test_set_signature": "docstrings, which the layer does not have",
    "matplotlib.tests.test_artist::test_setp": "the same",
    "matplotlib.tests.test_font_manager::test_get_font_names": "the layer's list of fonts holds its own fonts alone",
}


def main(chosen: list[str]) -> int:
    """Runs the suites in `chosen`, or all; 1 if the layer fails what its wheels pass."""
    target = Target.read(ROOT / "layers" / "scientific" / "x86_64" / "target.toml")
    worse = 0
    with tempfile.TemporaryDirectory(prefix="plotgate-suites-") as scratch:
        whole, layer, tools = (Path(scratch) / name for name in ("whole", "layer", "tools"))
        wheels.install(ROOT / "layers" / "scientific" / "requirements.txt", target, whole)
        shutil.copytree(BUILD / "ScientificLayer" / "python", layer)
        _fetch_seaborns_tests(whole)
        _put_tests_back(whole, layer)
        _move(layer)
        subprocess.run([_uv(), "pip", "install", "--quiet", "--target", tools, *TOOLS], check=True)
        (tools / "packages_first.py").write_text(PLUGIN.format(packages=tuple(SUITES)))
        for suite in chosen or SUITES:
            print(f"{suite}: the wheels' own tests, as they are and in the layer", flush=True)
            before, after = (_run(tree, tools, SUITES[suite]) for tree in (whole, layer))
            failed = sorted(
                name for name, outcome in after.items() if outcome == "failed" and before.get(name) == "passed"
            )
            lost = sorted(set(before) - set(after))
            unexpected = [name for name in [*failed, *lost] if not any(name.startswith(e) for e in EXPECTED)]
            passed = sum(outcome == "passed" for outcome in after.values())
            print(f"  {passed} passed, {len(before)} there are; worse than the wheels: {len(unexpected)}", flush=True)
            print("".join(f"  {name}\n" for name in unexpected), end="", flush=True)
            worse += len(unexpected) + (passed == 0)
    return 1 if worse else 0


def _put_tests_back(whole: Path, layer: Path) -> None:
    rules = [rule.remove for rule in Rules.read(RULES).removals if rule.name in TEST_RULES]
    for file in files(whole):
        path = file.relative_to(whole)
        if not any(patterns.cover(path.as_posix()) for patterns in rules):
            continue
        # By the source of an __init__ pytest would take `tests` for a package at the top, the same one for all.
        if path.name == "__init__.py" and _defines_something(file):
            unchecked = py_compile.PycInvalidationMode.UNCHECKED_HASH
            compiled = (layer / path).with_suffix(".pyc")
            compiled.parent.mkdir(parents=True, exist_ok=True)
            py_compile.compile(str(file), str(compiled), doraise=True, invalidation_mode=unchecked)
        elif path.name != "__init__.py":
            (layer / path).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(file, layer / path)
    for tree in (whole, layer):
        # matplotlib's tests refuse to start without it; those that compare images fail alike in both trees.
        (tree / "matplotlib" / "tests" / "baseline_images").mkdir(exist_ok=True)


def _defines_something(file: Path) -> bool:
    return not all(isinstance(statement, ast.Expr) for statement in ast.parse(file.read_bytes()).body)


def _move(layer: Path) -> None:
    """Makes the bytecode say that it lies in `layer`: tests of warnings look at the files that raise them."""
    for file in layer.rglob("*.pyc"):
        header, body = file.read_bytes()[:16], file.read_bytes()[16:]
        file.write_bytes(header + marshal.dumps(_moved(marshal.loads(body), str(layer))))  # noqa: S302 - our own


def _moved(code: CodeType, layer: str) -> CodeType:
    inner = (_moved(constant, layer) if isinstance(constant, CodeType) else constant for constant in code.co_consts)
    return code.replace(co_filename=code.co_filename.replace(MOUNT, layer, 1), co_consts=tuple(inner))


def _fetch_seaborns_tests(whole: Path) -> None:
    """Puts the tests of seaborn's source distribution into `whole`; its wheel has none."""
    version = next(whole.glob("seaborn-*.dist-info")).name.split("-")[1].removesuffix(".dist")
    with tempfile.TemporaryDirectory() as folder:
        command = [_uv(), "tool", "run", "pip", "download", "--quiet", "--no-deps", "--no-binary", ":all:"]
        subprocess.run([*command, "--dest", folder, f"seaborn=={version}"], check=True)
        (archive,) = Path(folder).iterdir()
        shutil.unpack_archive(archive, folder, filter="data")
        shutil.copytree(Path(folder) / f"seaborn-{version}" / "tests", whole / "seaborn" / "tests")


def _run(tree: Path, tools: Path, tests: list[str]) -> dict[str, str]:
    """Outcome ("passed", "failed" or "skipped") of each test, by its class and name."""
    with tempfile.TemporaryDirectory() as folder:
        results = Path(folder) / "results.xml"
        command = [sys.executable, "-S", "-B", "-m", "pytest", "-p", "no:cacheprovider", "-p", "packages_first"]
        command += ["-n", str(os.cpu_count())]
        # importlib: the other modes look for __init__.py to learn a test's package, and the layer has bytecode alone.
        command += ["--import-mode=importlib", f"--rootdir={tree}", "-o", "addopts="]
        command += ["--timeout=300", f"--junit-xml={results}", "-W", "ignore"]
        environment = {"PYTHONPATH": f"{tree}:{tools}", "HOME": folder, "MPLBACKEND": "agg", "PATH": os.defpath}
        subprocess.run([*command, *tests], cwd=tree, env=environment, stdout=subprocess.DEVNULL, check=False)
        outcomes = {}
        for case in ElementTree.parse(results).iter("testcase"):
            kinds = {child.tag for child in case}
            outcome = "failed" if kinds & {"failure", "error"} else "skipped" if "skipped" in kinds else "passed"
            outcomes[f"{case.get('classname')}::{case.get('name')}"] = outcome
    return outcomes


def _uv() -> str:
    return str(Path(sys.executable).with_name("uv"))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
