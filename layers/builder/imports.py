"""The imports at the top of a module, one name at a time."""

import ast
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePosixPath

from builder.rewriting import Statement, bound_name, needed_at_import, top_bodies


@dataclass(frozen=True)
class Import:
    """A statement that imports one name."""

    text: str
    module: str
    """Absolute; of `from package import part` it is package.part, whether that is a module or not."""
    binds: str
    needed: int | None = None
    """The line, if there is one, where importing the module that has the statement needs it."""
    alone: str | None = None
    """The submodule that has the name, if it is to be loaded without the rest of its package."""

    def is_of(self, module: str) -> bool:
        """Whether it imports `module`, something of it, or a submodule."""
        return f"{self.module}.".startswith(f"{module}.")


def imports_of(modules: Sequence[str], source: bytes, path: str) -> Iterator[Import]:
    """The imports of `modules` and their submodules at the top of the module at `path`; star imports are left out."""
    if not any(module.rpartition(".")[2].encode() in source + path.encode() for module in modules):
        return  # as in most, and parsing takes time; the path is part of what a relative import names
    tree = ast.parse(source, path)
    statements = [statement for body in top_bodies(tree.body) for statement in body if isinstance(statement, Statement)]
    bound = Counter(bound_name(alias) for statement in statements for alias in statement.names)
    for statement in statements:
        for alias in statement.names:
            found = Import(_text(statement, alias), _module(statement, alias, path), bound_name(alias))
            if alias.name != "*" and any(found.is_of(module) for module in modules):
                again = statement.lineno if bound[found.binds] > 1 else None
                yield replace(found, needed=again or needed_at_import(tree, found.binds))


def _module(statement: Statement, alias: ast.alias, path: str) -> str:
    if isinstance(statement, ast.Import):
        return alias.name
    parts = PurePosixPath(path).parts
    base = parts[: len(parts) - statement.level] if statement.level else ()
    return ".".join((*base, *filter(None, [statement.module]), alias.name))


def _text(statement: Statement, alias: ast.alias) -> str:
    if isinstance(statement, ast.Import):
        return ast.unparse(ast.Import([alias]))
    return ast.unparse(ast.ImportFrom(statement.module, [alias], statement.level))
