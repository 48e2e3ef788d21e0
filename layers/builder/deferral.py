"""Imports that wait for their first use.

A deferred import is taken from the top of a module and made before every statement of a function that uses what it
binds; the module's `__getattr__` serves whoever looks from outside. No proxy stands in for anything: the first
use binds the real object in the module, so identity, `isinstance`, pickling, introspection and error messages are those
of the package. It is what `lazy import` does in Python 3.15 (PEP 810), done when the layer is compiled.

Whatever cannot be deferred this way (a name that is needed while its module is imported) is refused.
"""

import ast
import tomllib
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Self

from builder.errors import BuildError
from builder.rewriting import add_getattr, defer, submodule_loader


@dataclass(frozen=True)
class Deferrals:
    """What `deferred.toml` says: import statements by the path of the file in the layer."""

    statements: dict[str, tuple[str, ...]]
    submodules: dict[str, frozenset[str]]
    """By the path of a package's `__init__.py`, its submodules that an import that now waits used to set there."""
    replacements: dict[str, tuple[tuple[str, str], ...]]
    """Where no import can wait: text and what stands for it, by the path of the file."""
    alone: dict[str, str] = field(default_factory=dict)
    """By the text of an import, the submodule that has its name: it is loaded without the rest of its package."""

    @classmethod
    def read(cls, file: Path, tree: Path) -> Self:
        statements: dict[str, list[str]] = defaultdict(list)
        said = tomllib.loads(file.read_text())
        for rule in said["defer"]:
            for path in rule["in"]:
                statements[path] += rule["imports"]
        alone = {text: rule["alone"] for rule in said["defer"] if "alone" in rule for text in rule["imports"]}
        submodules: dict[str, set[str]] = defaultdict(set)
        for path, texts in statements.items():
            for text in texts:
                for package, name in _bound_submodules(PurePosixPath(path), text):
                    if (tree / package / f"{name}.py").exists() or (tree / package / name / "__init__.py").exists():
                        submodules[f"{package}/__init__.py"].add(name)
        replacements: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for rule in said["replace"]:
            replacements[rule["in"]].append((rule["text"], rule["by"]))
        return cls(
            {path: tuple(texts) for path, texts in statements.items()},
            {path: frozenset(names) for path, names in submodules.items()},
            {path: tuple(pairs) for path, pairs in replacements.items()},
            alone,
        )

    def check(self, tree: Path) -> None:
        """Raises BuildError if a package in `tree` has lost a file that an import was to be deferred in."""
        for path in sorted({*self.statements, *self.replacements}):
            if (tree / path.partition("/")[0]).exists() and not (tree / path).exists():
                raise BuildError(f"{path} is not in the layer any more; deferred.toml names it")

    def apply(self, source: bytes, path: str) -> ast.Module:
        """The module at `path`, rewritten.

        Raises:
            BuildError: it has no such text or import, or needs what it imports while it is imported.
        """
        for text, by in self.replacements.get(path, ()):
            if source.count(text.encode()) != 1:
                count = source.count(text.encode())
                raise BuildError(f"{path}: deferred.toml replaces {text!r}, which is there {count} times")
            source = source.replace(text.encode(), by.encode())
        module = ast.parse(source, path)
        loaders = [
            defer(module, path, text, number, self.alone.get(text))
            for number, text in enumerate(self.statements.get(path, ()))
        ]
        package = path.removesuffix("/__init__.py").replace("/", ".")
        for name in sorted(self.submodules.get(path, ())):
            loaders.append(submodule_loader(package, name))
        if loaders:
            add_getattr(module, loaders)
        return module


def _bound_submodules(file: PurePosixPath, text: str) -> Iterator[tuple[str, str]]:
    """Folder of each package whose attribute the import sets as a side effect, with what may be that attribute."""
    (statement,) = ast.parse(text).body
    modules: list[str] = []
    if isinstance(statement, ast.Import):
        modules = [alias.name for alias in statement.names]
    elif isinstance(statement, ast.ImportFrom):
        base = file.parts[: len(file.parts) - statement.level] if statement.level else ()
        package = ".".join((*base, *filter(None, [statement.module])))
        modules = [f"{package}.{alias.name}" for alias in statement.names]
    for module in modules:
        parts = module.split(".")
        for count in range(1, len(parts)):
            yield "/".join(parts[:count]), parts[count]
