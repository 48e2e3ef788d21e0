"""Modules rewritten so that an import waits: how deferral.py does what it says."""

import ast
from collections.abc import Iterator, Mapping
from typing import TypeGuard

Function = ast.FunctionDef | ast.AsyncFunctionDef
Statement = ast.Import | ast.ImportFrom


LOAD = "__load_deferred__"


def defer(module: ast.Module, path: str, text: str, alone: str | None) -> tuple[str, str]:
    """Takes an import of one name from the top of `module`, and has it made before the statements that use the name.

    Args:
        module: rewritten in place.
        path: of the module in the layer.
        text: the import.
        alone: the submodule that has the name, if it is to be loaded without the rest of its package.

    Returns:
        The name, and a statement that binds it; `add_loader` takes them.
    """
    (statement,) = ast.parse(text).body
    assert isinstance(statement, Statement)  # noqa: S101
    name = bound_name(statement.names[0])
    _take_out(module, statement)
    for function in _outermost_functions(module):
        if name not in _locals(function):
            _load_before_use(function.body, name)
    return name, _alone(alone, name) if alone else _inside_package(path, statement) or text


def bound_name(alias: ast.alias) -> str:
    """The name that an import of `alias` binds."""
    return alias.asname or alias.name.partition(".")[0]


def top_bodies(body: list[ast.stmt]) -> Iterator[list[ast.stmt]]:
    """The blocks of statements in `body` that run when their module is imported, unless something is unusual."""
    yield body
    for statement in body:
        for_types = isinstance(statement, ast.If) and ast.unparse(statement.test).endswith("TYPE_CHECKING")
        if isinstance(statement, ast.Try | ast.If | ast.With) and not for_types:
            yield from top_bodies(statement.body)


def needed_at_import(module: ast.Module, name: str) -> int | None:
    """The line, if there is one, where importing `module` uses `name`."""
    annotated = not any(
        isinstance(statement, ast.ImportFrom) and statement.module == "__future__" for statement in module.body
    )
    pending: list[ast.AST] = list(module.body)
    while pending:
        node = pending.pop()
        if isinstance(node, ast.Name) and node.id == name:
            return node.lineno
        if isinstance(node, Function):
            pending += [*node.decorator_list, *node.args.defaults, *filter(None, node.args.kw_defaults)]
            if annotated:
                arguments = [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]
                pending += [argument.annotation for argument in arguments if argument.annotation]
                pending += [node.returns] if node.returns else []
        elif isinstance(node, ast.AnnAssign) and not annotated:
            pending += [node.target, *([node.value] if node.value else [])]
        else:
            pending += ast.iter_child_nodes(node)
    return None


def _take_out(module: ast.Module, wanted: Statement) -> None:
    """Removes the name of `wanted` from the imports at the top of `module`."""
    (alias,) = wanted.names
    for body in top_bodies(module.body):
        for statement in list(body):
            if _is_from_same(statement, wanted):
                statement.names = [
                    other for other in statement.names if (other.name, other.asname) != (alias.name, alias.asname)
                ]
                if not statement.names:
                    position = body.index(statement)
                    body[position : position + 1] = [] if len(body) > 1 else [_at_line(ast.Pass(), statement)]


def _is_from_same(statement: ast.stmt, wanted: Statement) -> TypeGuard[Statement]:
    if isinstance(statement, ast.ImportFrom) and isinstance(wanted, ast.ImportFrom):
        return (statement.module, statement.level) == (wanted.module, wanted.level)
    return isinstance(statement, ast.Import) and isinstance(wanted, ast.Import)


def _inside_package(path: str, statement: Statement) -> str | None:
    """What imports a submodule of the package at `path` from inside it, if that is what `statement` does."""
    package = path.removesuffix("/__init__.py").replace("/", ".")
    if path.endswith("/__init__.py") and isinstance(statement, ast.ImportFrom) and statement.module in (package, None):
        return submodule(package, statement.names[0].name)
    return None


def _alone(submodule: str, name: str) -> str:
    return f"{name} = __import__('layer_imports').import_alone('{submodule}').{name}"


def submodule(package: str, name: str) -> str:
    """A statement that binds the submodule `name` of `package` in the package itself."""
    # Not `from package import name`, which would ask the package's __getattr__ again.
    return f"{name} = __import__('importlib').import_module('{package}.{name}')"


def _outermost_functions(node: ast.AST) -> Iterator[Function]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, Function):
            yield child
        else:
            yield from _outermost_functions(child)


def _locals(function: Function) -> set[str]:
    arguments = function.args
    names = {a.arg for a in (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs)}
    names |= {a.arg for a in (arguments.vararg, arguments.kwarg) if a}
    stored = (node for statement in function.body for node in ast.walk(statement) if isinstance(node, ast.Name))
    return names | {name.id for name in stored if isinstance(name.ctx, ast.Store)}


def _load_before_use(body: list[ast.stmt], name: str) -> None:
    """Puts what loads `name` before each statement in `body` that uses `name`, in the innermost block."""
    for statement in list(body):
        blocks = [getattr(statement, field, []) for field in ("body", "orelse", "finalbody")]
        blocks += [part.body for part in (*getattr(statement, "handlers", ()), *getattr(statement, "cases", ()))]
        inside = {id(node) for block in blocks for child in block for node in ast.walk(child)}
        own = [node for node in ast.walk(statement) if isinstance(node, ast.Name) and id(node) not in inside]
        if any(node.id == name for node in own):
            (call,) = ast.parse(f"if {name!r} not in globals(): {LOAD}({name!r})").body
            body.insert(body.index(statement), _at_line(call, statement))
        for block in blocks:
            _load_before_use(block, name)


def add_loader(module: ast.Module, statements: Mapping[str, str]) -> None:
    """Adds a function that binds a name by its statement, and `__getattr__` and `__dir__` beside the module's own."""
    load = "".join(f"    if __name == {name!r}:\n        {statement}\n" for name, statement in statements.items())
    source = (
        f"def {LOAD}(__name):\n    global {', '.join(statements)}\n{load}"
        "__own_getattr__ = globals().get('__getattr__')\n"
        "def __getattr__(name):\n"
        f"    if name in {sorted(statements)!r}:\n        {LOAD}(name)\n        return globals()[name]\n"
        "    if __own_getattr__ is not None:\n        return __own_getattr__(name)\n"
        "    raise AttributeError(f'module {__name__!r} has no attribute {name!r}')\n"
        "__own_dir__ = globals().get('__dir__')\n"
        "def __dir__():\n"
        f"    return sorted({{*(__own_dir__() if __own_dir__ else globals()), *{sorted(statements)!r}}})\n"
    )
    module.body += ast.parse(source).body
    ast.fix_missing_locations(module)


def _at_line(node: ast.stmt, other: ast.stmt) -> ast.stmt:
    for part in ast.walk(node):
        ast.copy_location(part, other)
    return node
