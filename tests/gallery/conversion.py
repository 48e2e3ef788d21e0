"""A gallery's script as a plot of plotgate: what it draws is returned instead of shown, and chance repeats.

Imports, definitions and settings at the top of the script stay at the top of the plot's file, where an author has them.
All else becomes the body of `draw`. Of several figures the last that pyplot made is returned.
"""

import ast
from collections.abc import Iterator
from typing import Any

SETTINGS = ("set_theme", "set_style", "set_context", "set_palette", "use", "rc", "update", "rcdefaults")
UNSEEDED = ("default_rng", "RandomState")

HEADER = """
from matplotlib.figure import Figure as _Figure

from plotgate import serve as _serve
"""

SEEDS = """
import random as _random
import matplotlib.pyplot as _plt
import numpy as _np
_random.seed(0)
_np.random.seed(0)
"""

RESULT = "return _plt.figure(_plt.get_fignums()[-1]) if _plt.get_fignums() else None"

FOOTER = "handler = _serve(_draw)"


def converted(source: str, name: str) -> str:
    """The text of the `app.py` that draws what the script `source` does."""
    tree = _Changes().visit(ast.parse(source))
    title = _title(ast.get_docstring(tree)) or name
    body = tree.body[1:] if ast.get_docstring(tree) is not None else tree.body
    top = [statement for statement in body if _must_be_on_top(statement)]
    rest = [statement for statement in body if statement not in top]
    count = next((number for number, statement in enumerate(rest) if not _stays_on_top(statement)), len(rest))
    top += rest[:count]
    draw = ast.parse("def _draw() -> _Figure: pass").body[0]
    assert isinstance(draw, ast.FunctionDef)
    # As in the script, its functions see what it assigns.
    bound = sorted(set(_bound(rest[count:])))
    scope: list[ast.stmt] = [ast.Global(bound)] if bound else []
    draw.body = [*scope, *ast.parse(SEEDS).body, *rest[count:], *_statements(f"def f(): {RESULT}")]
    parts = [f'"""{title}."""', *map(ast.unparse, top), HEADER.strip(), ast.unparse(draw), FOOTER]
    return "\n\n".join(parts) + "\n"


def imported(source: str) -> set[str]:
    """The names of the modules that a script imports, without what follows a dot."""
    names = set[str]()
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.Import():
                names |= {alias.name.partition(".")[0] for alias in node.names}
            case ast.ImportFrom(module=str(module)):
                names.add(module.partition(".")[0])
    return names


class _Changes(ast.NodeTransformer):
    def visit_Expr(self, node: ast.Expr) -> ast.stmt:
        match node.value:
            case ast.Call(func=ast.Attribute(value=ast.Name(), attr="show" | "pause")):
                return ast.Pass()
        self.generic_visit(node)
        return node

    def visit_Call(self, node: ast.Call) -> ast.Call:
        self.generic_visit(node)
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        if name in UNSEEDED and not node.args and not node.keywords:
            node.args = [ast.Constant(0)]
        return node

    def visit_If(self, node: ast.If) -> Any:
        self.generic_visit(node)
        return node.body if ast.unparse(node.test) == "__name__ == '__main__'" else node


def _title(docstring: str | None) -> str:
    lines = (line.strip() for line in (docstring or "").splitlines())
    said = next((line for line in lines if any(character.isalnum() for character in line)), "")
    return said.replace("\\", "").replace('"', "'").rstrip(".")


def _must_be_on_top(statement: ast.stmt) -> bool:
    return isinstance(statement, ast.ImportFrom) and (
        statement.module == "__future__" or any(alias.name == "*" for alias in statement.names)
    )


def _stays_on_top(statement: ast.stmt) -> bool:
    match statement:
        case ast.Import() | ast.ImportFrom() | ast.FunctionDef() | ast.ClassDef() | ast.Pass():
            return True
        case ast.Expr(value=ast.Call(func=ast.Attribute(attr=attribute) as function)):
            return attribute in SETTINGS and (attribute != "update" or "rcParams" in ast.unparse(function))
        case ast.Assign(targets=[ast.Subscript(value=target)]):
            return ast.unparse(target).endswith("rcParams")
    return False


def _bound(statements: list[ast.stmt]) -> Iterator[str]:
    """The names that `statements` give a value, those inside of functions and classes aside."""
    waiting: list[ast.AST] = list(statements)
    while waiting:
        node = waiting.pop()
        match node:
            case ast.FunctionDef() | ast.ClassDef() | ast.AsyncFunctionDef():
                yield node.name
                continue
            case ast.Name(id=name, ctx=ast.Store() | ast.Del()):
                yield name
            case ast.Import() | ast.ImportFrom():
                yield from (alias.asname or alias.name.partition(".")[0] for alias in node.names)
            case ast.ExceptHandler(name=str(name)):
                yield name
            case ast.Lambda() | ast.ListComp() | ast.SetComp() | ast.DictComp() | ast.GeneratorExp():
                continue
        waiting += ast.iter_child_nodes(node)


def _statements(source: str) -> list[ast.stmt]:
    function = ast.parse(source).body[0]
    assert isinstance(function, ast.FunctionDef)
    return function.body
