"""Mutations of the runtime's code with mutmut: `make mutation`; docs/mutation.md says what they have shown.

Mutmut leaves alone whatever has a decorator, which here is most of what matters: frozen data classes, properties,
caches. So it is given the same code in another spelling: of `@property`, a call behind the function. It works in
`.mutation/`, and keeps there what it found until the code changes.
"""

import ast
import inspect
import itertools
import json
import os
import random
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any

import mutmut
import pytest
import typer
from rich.console import Console
from rich.table import Table

ROOT = Path(__file__).parents[1]
RUNTIME = ROOT / "layers" / "runtime"
WORK = ROOT / ".mutation"
FOLDERS = ["url", "pictures", "http", "data"]
TESTS = [f"tests/{folder}" for folder in FOLDERS]
BESIDE = ["tests", "functions", "layers", "docs", "template.yaml"]  # what tests read besides the code
# What only speaks with a server: its tests start one, which takes seconds, and there would be one for each mutant.
WITH_SERVERS = ["postgresql", "s3", "secret", "aws"]
SERVERS = {"aws", "postgresql", "database", "bucket", "s3", "server"}  # fixtures, and sources by their tests' names
LOOK_AT_FRAMES = {"test_rows_beside_kept_rows_of_the_same_table_have_no_tag"}  # and find mutmut's between ours
KEPT = {"staticmethod", "classmethod", "abstractmethod"}  # decorators that mutmut knows, or that hold no code
STATUS = {0: "survived", 1: "killed", 3: "killed", 5: "no tests", 33: "no tests"}  # by mutmut's exit codes
UNNOTICED = ("survived", "no tests")
SECONDS = "PLOTGATE_MUTATION_SECONDS"  # the environment variable by which tests know `--seconds`
CONFIG = f"""
[tool.mutmut]
source_paths = ["src"]
only_mutate = {json.dumps([f"src/plotgate/{folder}/*" for folder in FOLDERS])}
do_not_mutate = {json.dumps([f"src/plotgate/data/{name}.py" for name in WITH_SERVERS])}
also_copy = {json.dumps(BESIDE[1:])}
pytest_add_cli_args = ["-p", "tests.mutation", "-p", "no:cacheprovider", "-p", "no:xdist"]
pytest_add_cli_args_test_selection = {json.dumps(TESTS)}
track_dependencies = false
use_git_change_detection = false
timeout_constant = 30.0
"""


def run(
    modules: Annotated[list[str] | None, typer.Argument(help="Such as `http` or `http.caching`; else all.")] = None,
    sample: Annotated[int, typer.Option(help="At most so many mutants of each module, drawn by a seed.")] = 0,
    seed: Annotated[int, typer.Option(help="Of the sample.")] = 10,
    again: Annotated[bool, typer.Option(help="Those alone that nothing has noticed so far.")] = False,
    seconds: Annotated[float, typer.Option(help="Of tests for each mutant, as long as they take without it.")] = 8.0,
    only_report: Annotated[bool, typer.Option("--report", help="Run nothing; say what is known.")] = False,
) -> None:
    """Change the runtime's code, run the tests that reach each change, and say which changes none of them notices."""
    wanted = modules or FOLDERS
    if not only_report:
        prepare()
        # What is not mutated yet has no names to choose from: this run makes the mutants, and then finds none of "-".
        run_mutmut("-", check=False)
        os.environ[SECONDS] = str(seconds)
        names = sampled(wanted, sample or sys.maxsize, random.Random(seed), again)  # noqa: S311 - not for secrets
        run_mutmut(*names)
    report(wanted)


def prepare() -> None:
    """Write the code in the spelling that mutmut can change, and lay the rest of the repository beside it."""
    WORK.mkdir(exist_ok=True)
    for name in BESIDE:
        if not (WORK / name).is_symlink():
            (WORK / name).symlink_to(ROOT / name)
    (WORK / "pyproject.toml").write_text((ROOT / "pyproject.toml").read_text() + CONFIG)
    for file in (RUNTIME / "plotgate").rglob("*"):
        if not file.is_file() or file.suffix == ".pyc":
            continue
        target = WORK / "src" / file.relative_to(RUNTIME)
        content = file.read_bytes()
        if file.suffix == ".py" and file.parent.name in FOLDERS:
            content = ast.unparse(Undecorated().visit(ast.parse(content))).encode()
        if not target.exists() or target.read_bytes() != content:  # else what is known of it would be forgotten
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content)


class Undecorated(ast.NodeTransformer):
    """Puts each decorator as a call behind what it decorates."""

    def visit_FunctionDef(self, node: ast.FunctionDef) -> Any:
        return self._with_calls(node)

    def visit_ClassDef(self, node: ast.ClassDef) -> Any:
        return self._with_calls(node)

    def _with_calls(self, node: ast.FunctionDef | ast.ClassDef) -> list[ast.stmt]:
        self.generic_visit(node)
        decorators = node.decorator_list
        if not decorators or any(isinstance(one, ast.Name) and one.id in KEPT for one in decorators):
            return [node]
        value: ast.expr = ast.Name(node.name, ast.Load())
        for decorator in reversed(decorators):
            value = ast.Call(decorator, [value], [])
        node.decorator_list = []
        return [node, ast.fix_missing_locations(ast.Assign([ast.Name(node.name, ast.Store())], value))]


def run_mutmut(*names: str, check: bool = True) -> None:
    command = [str(Path(sys.executable).with_name("mutmut")), "run", "--max-children", "2", *names]
    subprocess.run(command, cwd=WORK, env=os.environ | {"HYPOTHESIS_PROFILE": "mutation"}, check=check)


def results() -> Iterator[tuple[str, str, int | None]]:
    """Each mutant's module and name, and the exit code of its tests where they have run."""
    for file in sorted((WORK / "mutants" / "src").rglob("*.meta")):
        for name, code in json.loads(file.read_text())["exit_code_by_key"].items():
            yield module_of(name), name, code


def module_of(mutant: str) -> str:
    return mutant.removeprefix("plotgate.").rpartition(".")[0]


def sampled(modules: list[str], size: int, choice: random.Random, again: bool) -> list[str]:
    found: dict[str, list[str]] = {}
    for module, name, code in results():
        if again and (code is None or STATUS.get(code) not in UNNOTICED):
            continue
        if any(f"{module}.".startswith(f"{wanted}.") for wanted in modules):
            found.setdefault(module, []).append(name)
    return [name for names in found.values() for name in choice.sample(names, min(size, len(names)))]


def report(modules: list[str]) -> None:
    counts: dict[str, Counter[str]] = {}
    survivors = []
    for module, name, code in results():
        if code is None or not any(f"{module}.".startswith(f"{wanted}.") for wanted in modules):
            continue
        status = STATUS.get(code, "timeout")
        counts.setdefault(module, Counter())[status] += 1
        if status in UNNOTICED:
            survivors.append(f"{status}: {name}")
    table = Table("module", "mutants", "killed", "timeout", "survived", "no tests", box=None)
    for module, of in [*counts.items(), ("all", sum(counts.values(), Counter()))]:
        table.add_row(module, str(of.total()), *(str(of[s]) for s in ("killed", "timeout", "survived", "no tests")))
    console = Console()
    console.print(table)
    console.print(*survivors, sep="\n")
    total = sum(counts.values(), Counter())
    killed = total["killed"] + total["timeout"]
    console.print(f"{killed} of {total.total()} killed: {killed / max(1, total.total()):.1%}")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """As a plugin of pytest: leave out what starts servers or processes, or cannot work beside mutmut."""

    def is_left_out(item: pytest.Item) -> bool:
        assert isinstance(item, pytest.Function)
        words = set(item.name.replace("[", "-").rstrip("]").split("-"))
        starts = SERVERS & {*item.fixturenames, *words} or "sys.executable" in inspect.getsource(item.function)
        return bool(starts) or item.originalname in LOOK_AT_FRAMES

    left_out = [item for item in items if is_left_out(item)]
    kept = [item for item in items if item not in left_out]
    for item in kept:
        # Of earlier versions of pytest; the mutmut that does without it wants another click than aws-sam-cli.
        item._nodeid = item.nodeid  # type: ignore[attr-defined]
    items[:] = in_time(kept, os.environ.get("MUTANT_UNDER_TEST", ""))
    config.hook.pytest_deselected(items=[item for item in [*left_out, *kept] if item not in items])


def in_time(items: list[pytest.Item], mutant: str) -> list[pytest.Item]:
    """Of the tests that reach a mutant, its own module's first, then the fastest, as many as there is time for."""
    seconds = {item: mutmut.duration_by_test.get(item.nodeid, 0.0) for item in items}
    longest = float(os.environ.get(SECONDS, "inf"))
    items = [item for item in items if seconds[item] < longest]
    if "__mutmut_" not in mutant:
        return items
    own = f"tests/{module_of(mutant).replace('.', '/test_')}.py"
    items.sort(key=lambda item: (not item.nodeid.startswith(own), seconds[item]))
    spent = itertools.accumulate(seconds[item] for item in items)
    return [item for item, by_then in zip(items, spent, strict=True) if by_then < longest]


if __name__ == "__main__":
    typer.run(run)
