"""Imports that wait for their first use.

A deferred import is taken from the top of a module and made before every statement of a function that uses what it
binds; the module's `__getattr__` serves whoever looks from outside. No proxy stands in for anything: the first
use binds the real object in the module, so identity, `isinstance`, pickling, introspection and error messages are those
of the package. It is what `lazy import` does in Python 3.15 (PEP 810), done when the layer is compiled.

`deferred.toml` names heavy modules and where imports of them are looked for. Those that can wait do; one whose name is
needed while its module is imported stays.
"""

import ast
import tomllib
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Self

from builder.errors import BuildError
from builder.imports import Import, imports_of
from builder.rewriting import add_loader, defer, submodule

Replacements = tuple[tuple[str, str], ...]  # texts, each with what stands for it


@dataclass(frozen=True)
class Entry:
    """What an entry of `deferred.toml` comes to in a layer."""

    modules: tuple[str, ...]
    waiting: tuple[tuple[str, str], ...]
    """Of each import that waits, the file and the name there."""


@dataclass(frozen=True)
class Deferrals:
    """What `deferred.toml` comes to in a layer, by the path of the file."""

    imports: dict[str, tuple[Import, ...]]
    replacements: dict[str, Replacements]
    submodules: dict[str, frozenset[str]]
    """Of a package's `__init__.py`: its submodules that an import that now waits used to set there."""
    entries: tuple[Entry, ...]

    @classmethod
    def read(cls, file: Path, tree: Path) -> Self:
        """Looks for what `file` names in the sources in `tree`, but for packages that are not in this layer.

        Raises:
            BuildError: some of it is not there any more; the message has all of that.
        """
        said = tomllib.loads(file.read_text())
        replacements: dict[str, Replacements] = defaultdict(tuple)
        for rule in said["replace"]:
            if (tree / _package(rule["in"])).exists():
                replacements[rule["in"]] += ((rule["text"], rule["by"]),)
        problems = [problem for path, pairs in replacements.items() for problem in _misfits(tree, path, pairs)]
        imports: dict[str, tuple[Import, ...]] = defaultdict(tuple)
        entries = []
        for rule in said["defer"]:
            places = [place for place in rule["in"] if (tree / _package(place)).exists()]
            found = [pair for place in places for pair in _found(tree, place, rule["modules"], replacements)]
            waiting = [(path, one) for path, one in found if one.needed is None]
            for path, one in waiting:
                imports[path] += (replace(one, alone=rule.get("alone")),)
            entries.append(Entry(tuple(rule["modules"]), tuple((path, one.binds) for path, one in waiting)))
            problems += _missing(rule, places, found) if places else []
        if problems:
            raise BuildError("deferred.toml does not fit the layer any more:\n" + "\n".join(problems))
        entries = [entry for entry in entries if entry.waiting]
        return cls(dict(imports), dict(replacements), _submodules(imports, tree), tuple(entries))

    def apply(self, source: bytes, path: str) -> ast.Module:
        """The module at `path`, rewritten."""
        module = ast.parse(_replaced(source, self.replacements.get(path, ())), path)
        package = path.removesuffix("/__init__.py").replace("/", ".")
        statements = {name: submodule(package, name) for name in sorted(self.submodules.get(path, ()))}
        statements |= dict(defer(module, path, one.text, one.alone) for one in self.imports.get(path, ()))
        if statements:
            add_loader(module, statements)
        return module


def _package(place: str) -> str:
    return place.partition("/")[0]


def _replaced(source: bytes, pairs: Replacements) -> bytes:
    for text, by in pairs:
        source = source.replace(text.encode(), by.encode())
    return source


def _misfits(tree: Path, path: str, pairs: Replacements) -> Iterator[str]:
    if not (tree / path).exists():
        yield f"{path} is not there"
        return
    source = (tree / path).read_bytes()
    for text, by in pairs:
        if (count := source.count(text.encode())) != 1:
            yield f"{path} is to have {text!r} once, which is there {count} times"
        source = source.replace(text.encode(), by.encode())


def _found(
    tree: Path, place: str, modules: Sequence[str], replacements: Mapping[str, Replacements]
) -> Iterator[tuple[str, Import]]:
    """The imports of `modules` in a file or folder, each with its file."""
    for file in sorted((tree / place).rglob("*.py")) if (tree / place).is_dir() else [tree / place]:
        path = file.relative_to(tree).as_posix()
        if file.exists():
            for one in imports_of(modules, _replaced(file.read_bytes(), replacements.get(path, ())), path):
                yield path, one


def _missing(rule: Mapping[str, Any], places: Sequence[str], found: Sequence[tuple[str, Import]]) -> Iterator[str]:
    """What an entry names in vain."""
    for place in places:
        if not any(one.needed is None and f"{path}/".startswith(f"{place}/") for path, one in found):
            needed = "".join(f"; {path}:{one.needed} needs {one.binds}" for path, one in found if one.needed)
            yield f"{place} has no import of {' or '.join(rule['modules'])} that can wait{needed}"
    for module in rule["modules"]:
        if found and not any(one.is_of(module) for _, one in found):
            yield f"{', '.join(places)} has no import of {module}"


def _submodules(imports: Mapping[str, Sequence[Import]], tree: Path) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for one in (one for of_file in imports.values() for one in of_file):
        parts = one.module.split(".")
        for count in range(1, len(parts)):
            package, name = "/".join(parts[:count]), parts[count]
            if (tree / package / f"{name}.py").exists() or (tree / package / name / "__init__.py").exists():
                found[f"{package}/__init__.py"].add(name)
    return {path: frozenset(names) for path, names in found.items()}
