"""The arrows between the folders of plotgate: a request passes them downwards only."""

import ast
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

PLOTGATE = Path(__file__).parents[1] / "layers" / "runtime" / "plotgate"

# From above to below; those of one line do not import each other. `plotgate` itself is what an author imports.
FLOORS = [
    {"local"},
    {"entry", "plotgate"},
    {"serve", "pages"},
    {"http"},
    {"pictures"},
    {"figure"},
    {"url"},
    {"data"},
    {"colours", "datasets", "errors", "timing", "version"},
]


def module_name(file: Path) -> str:
    name = ".".join(["plotgate", *file.relative_to(PLOTGATE).with_suffix("").parts])
    return name.removesuffix(".__init__")


MODULES = {module_name(file): ast.parse(file.read_text()) for file in sorted(PLOTGATE.rglob("*.py"))}


def imports(tree: ast.AST) -> Iterator[str]:
    """The modules that `tree` imports, inside functions too; what only type checkers see does not count."""
    if isinstance(tree, ast.If) and ast.unparse(tree.test) == "TYPE_CHECKING":
        return
    if isinstance(tree, ast.Import):
        yield from (alias.name for alias in tree.names)
    elif isinstance(tree, ast.ImportFrom):
        assert not tree.level, f"line {tree.lineno}: imports are absolute"
        names = [f"{tree.module}.{alias.name}" for alias in tree.names]
        yield from (name if name in MODULES else str(tree.module) for name in names)
    for child in ast.iter_child_nodes(tree):
        yield from imports(child)


IMPORTS = {module: set(imports(tree)) for module, tree in MODULES.items()}


def folder(module: str) -> str:
    return [*module.split("."), "plotgate"][1]


def floor(module: str) -> int:
    found = [number for number, names in enumerate(FLOORS) if folder(module) in names]
    assert found, f"{module} has no place in FLOORS"
    return found[0]


def test_imports_go_downwards() -> None:
    upwards = [
        f"{module} imports {imported}"
        for module, all_imported in IMPORTS.items()
        for imported in sorted(all_imported & IMPORTS.keys())
        if folder(module) != folder(imported) and floor(module) >= floor(imported)
    ]
    assert not upwards, "not downwards:\n" + "\n".join(upwards)


def test_matplotlib_is_imported_in_figure_alone() -> None:
    elsewhere = [
        module
        for module, all_imported in IMPORTS.items()
        if folder(module) != "figure"
        and not module.startswith("plotgate.local.linter.")  # which looks at figures, on a laptop only
        and not module.startswith("plotgate.local.starters.")  # which are plots
        and any(name.partition(".")[0] == "matplotlib" for name in all_imported)
    ]
    assert not elsewhere, f"matplotlib is imported outside figure/: {', '.join(elsewhere)}"


def test_no_module_imports_itself_by_way_of_others() -> None:
    try:
        TopologicalSorter({module: names & IMPORTS.keys() for module, names in IMPORTS.items()}).prepare()
    except CycleError as error:
        pytest.fail("a cycle: " + " is imported by ".join(error.args[1]), pytrace=False)
