"""Modules rewritten so that an import waits: how deferral.py does what it says."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeGuard

from builder.errors import BuildError

Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class Loader:
    """A function, added to a module, that binds `names` there."""

    names: frozenset[str]
    function: ast.FunctionDef


def defer(module: ast.Module, path: str, text: str, number: int, alone: str | None) -> Loader:
    """Takes the import `text` from the top of `module` and puts what makes it before the statements that use it.

    Args:
        module: rewritten in place.
        path: of the module in the layer.
        text: an import statement; `from x import *` stands for all that the module imports from x.
        number: tells the loaders of a module apart.
        alone: the submodule that has the names, if it is to be loaded without its package.

    Raises:
        BuildError: the module has no such import, or needs it while it is imported.
    """
    (statement,) = ast.parse(text).body
    if not isinstance(statement, ast.Import | ast.ImportFrom):
        raise BuildError(f"{path}: {text!r} is no import")
    if [alias.name for alias in statement.names] == ["*"]:
        statement.names = _imported(module, statement)
    names = {alias.asname or alias.name.partition(".")[0] for alias in statement.names}
    if not names or not _take_out(module, statement):
        raise BuildError(f"{path}: deferred.toml names {text!r}, which is not among its imports any more")
    if (line := _needed_at_import(module, names)) is not None:
        raise BuildError(f"{path}:{line}: {text!r} cannot be deferred, for it is used while the module is imported")
    importing = _alone(alone, names) if alone else _inside_package(path, statement) or ast.unparse(statement)
    loader = _loader(names, importing, f"__deferred_{number}__")
    for function in _outermost_functions(module):
        _load_before_use(function.body, names - _locals(function), loader.function.name)
    return loader


def _inside_package(path: str, statement: ast.Import | ast.ImportFrom) -> str | None:
    """What imports submodules of the package at `path` from inside it, if that is what `statement` does."""
    package = path.removesuffix("/__init__.py").replace("/", ".")
    if path.endswith("/__init__.py") and isinstance(statement, ast.ImportFrom) and statement.module in (package, None):
        return "; ".join(_submodule(package, alias.name) for alias in statement.names)
    return None


def _alone(submodule: str, names: set[str]) -> str:
    loaded = f"__import__('layer_imports').import_alone('{submodule}')"
    return "; ".join(f"{name} = {loaded}.{name}" for name in sorted(names))


def submodule_loader(package: str, name: str) -> Loader:
    """What imports the submodule `name` into the package whose module gets it."""
    return _loader({name}, _submodule(package, name), f"__submodule_{name}__")


def _submodule(package: str, name: str) -> str:
    # Not `from package import name`, which would ask the package's __getattr__ again.
    return f"{name} = __import__('importlib').import_module('{package}.{name}')"


def _loader(names: set[str], text: str, name: str) -> Loader:
    source = f"def {name}():\n    global {', '.join(sorted(names))}\n    {text}"
    (function,) = ast.parse(source).body
    assert isinstance(function, ast.FunctionDef)  # noqa: S101
    return Loader(frozenset(names), function)


def _imported(module: ast.Module, wanted: ast.Import | ast.ImportFrom) -> list[ast.alias]:
    """What `module` imports at its top from where `wanted` imports from."""
    statements = (statement for body in _top_bodies(module.body) for statement in body)
    return [alias for statement in statements if _is_from_same(statement, wanted) for alias in statement.names]


def _is_from_same(statement: ast.stmt, wanted: ast.Import | ast.ImportFrom) -> TypeGuard[ast.Import | ast.ImportFrom]:
    if isinstance(statement, ast.ImportFrom) and isinstance(wanted, ast.ImportFrom):
        return (statement.module, statement.level) == (wanted.module, wanted.level)
    return isinstance(statement, ast.Import) and isinstance(wanted, ast.Import)


def _take_out(module: ast.Module, wanted: ast.Import | ast.ImportFrom) -> bool:
    """Removes the names of `wanted` from the imports at the top of `module`; whether all were there."""
    left = {(alias.name, alias.asname) for alias in wanted.names}
    for body in _top_bodies(module.body):
        for statement in list(body):
            if _is_from_same(statement, wanted):
                found = {(alias.name, alias.asname) for alias in statement.names} & left
                statement.names = [alias for alias in statement.names if (alias.name, alias.asname) not in found]
                left -= found
                if not statement.names:
                    position = body.index(statement)
                    body[position : position + 1] = [] if len(body) > 1 else [_at_line(ast.Pass(), statement)]
    return not left


def _top_bodies(body: list[ast.stmt]) -> Iterator[list[ast.stmt]]:
    yield body
    for statement in body:
        if isinstance(statement, ast.Try | ast.If | ast.With):
            yield from _top_bodies(statement.body)


def _needed_at_import(module: ast.Module, names: set[str]) -> int | None:
    """The line, if there is one, where importing `module` uses one of `names`."""
    annotated = not any(
        isinstance(statement, ast.ImportFrom) and statement.module == "__future__" for statement in module.body
    )
    pending: list[ast.AST] = list(module.body)
    while pending:
        node = pending.pop()
        if isinstance(node, ast.Name) and node.id in names:
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


def _load_before_use(body: list[ast.stmt], names: set[str], loader: str) -> None:
    """Puts a call of `loader` before each statement in `body` that uses one of `names`, in the innermost block."""
    for statement in list(body):
        blocks = [getattr(statement, field, []) for field in ("body", "orelse", "finalbody")]
        blocks += [part.body for part in (*getattr(statement, "handlers", ()), *getattr(statement, "cases", ()))]
        inside = {id(node) for block in blocks for child in block for node in ast.walk(child)}
        own = [node for node in ast.walk(statement) if isinstance(node, ast.Name) and id(node) not in inside]
        if used := {node.id for node in own} & names:
            (call,) = ast.parse(f"if {min(used)!r} not in globals(): {loader}()").body
            body.insert(body.index(statement), _at_line(call, statement))
        for block in blocks:
            _load_before_use(block, names, loader)


def add_getattr(module: ast.Module, loaders: list[Loader]) -> None:
    """Adds a `__getattr__` that loads what `loaders` bind and leaves all else to the module's own, and a `__dir__`."""
    tests = "".join(
        f"    if name in {sorted(loader.names)!r}:\n        {loader.function.name}()\n        return globals()[name]\n"
        for loader in loaders
    )
    names = {name for loader in loaders for name in loader.names}
    source = (
        "__own_getattr__ = globals().get('__getattr__')\n"
        f"def __getattr__(name):\n{tests}"
        "    if __own_getattr__ is not None:\n        return __own_getattr__(name)\n"
        "    raise AttributeError(f'module {__name__!r} has no attribute {name!r}')\n"
        "__own_dir__ = globals().get('__dir__')\n"
        "def __dir__():\n"
        f"    return sorted({{*(__own_dir__() if __own_dir__ else globals()), *{sorted(names)!r}}})\n"
    )
    module.body += [loader.function for loader in loaders] + ast.parse(source).body
    ast.fix_missing_locations(module)


def _at_line(node: ast.stmt, other: ast.stmt) -> ast.stmt:
    for part in ast.walk(node):
        ast.copy_location(part, other)
    return node
