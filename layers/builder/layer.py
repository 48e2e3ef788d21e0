"""A layer, from its locked requirements to a verified tree."""

import shutil
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from builder import bytecode, elf, fonts, report, verification, wheels
from builder.deferral import Deferrals
from builder.errors import BuildError
from builder.report import Package, Report
from builder.rules import Rules, files, remove, size
from builder.target import Target

MOUNT = "/opt/python"  # where Lambda puts the tree; tracebacks show these paths
RULES = Path(__file__).with_name("rules.toml")
DEFERRED = Path(__file__).with_name("deferred.toml")


def build(folder: Path, target: Target, artifacts: Path, ours: Sequence[str] = ()) -> Report:
    """Builds the layer whose requirements are in `folder` into `artifacts`, with `ours` from `folder` beside them.

    The tree is made aside and moved when it is verified, so that there is a whole layer or none.

    Raises:
        BuildError: it cannot be built, does not fit, or a check fails.
    """
    bytecode.check_interpreter(target)
    artifacts.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".layer-", dir=artifacts.parent) as scratch:
        tree = Path(scratch) / "python"
        with _step(f"Installing wheels for {target.platform}"):
            wheels.install(folder / "requirements.txt", target, tree)
        for name in ours:
            _copy(folder / name, tree / name)
        modules = verification.importable(tree)
        made = slim(tree, target)
        if verification.runs_here(target):
            with _step("Checking it"):
                verification.verify(tree, modules)
        else:
            print("This machine cannot run what it built, so nothing checked it; the same build where it runs does.")
        (tree / f"layer-{made.digest[:16]}").touch()  # the name tells a function which layers it has
        made.write(Path(scratch) / "layer.json")
        shutil.move(Path(scratch) / "layer.json", artifacts / "layer.json")
        tree.rename(artifacts / "python")
    return made


def slim(tree: Path, target: Target) -> Report:
    """Takes from `tree` what a function cannot use and compiles the rest.

    Raises:
        BuildError: a file does not compile, `deferred.toml` names what is not there, or the tree does not fit.
    """
    rules = Rules.read(RULES)
    owned = report.owners(tree)
    before = report.sizes(tree, owned)
    with _step("Removing what a function cannot use"):
        removed = remove(rules.removals, tree)
    with _step("Cutting symbols"):
        shared = [file for file in files(tree) if ".so" in file.suffixes and ".libs" not in file.parent.suffixes]
        removed["symbols and debugging data"] = sum(map(elf.slim, shared))
    with _step("Compiling"):
        sources = size(files(tree))
        deferrals = Deferrals.read(DEFERRED, tree)
        bytecode.compile_tree(tree, MOUNT, RULES, deferrals)
        removed["sources, less their bytecode"] = sources - size(files(tree))
    if (tree / fonts.FOLDER).exists():
        fonts.write_font_list(tree)
    after = report.sizes(tree, owned)
    packages = {
        name: Package(version, before.get((name, version), 0), after[name, version]) for name, version in sorted(after)
    }
    made = Report(
        target.platform,
        sum(before.values()),
        sum(after.values()),
        target.most_bytes,
        report.digest(tree),
        packages,
        removed,
        {entry.modules[0]: entry.waiting for entry in deferrals.entries},
    )
    if made.after > made.most:
        raise BuildError(
            f"{made.table()}\nThe layer must be at most {made.most} bytes, not {made.after}: "
            f"look at the packages that grew, then at {RULES.name}."
        )
    return made


def _copy(source: Path, target: Path) -> None:
    if source.is_dir():
        shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__", "local"))
    else:
        shutil.copy(source, target)


@contextmanager
def _step(name: str) -> Iterator[None]:
    started = time.monotonic()
    print(f"{name} …", flush=True)
    yield
    print(f"  {time.monotonic() - started:.0f} s", flush=True)
