"""The rules of `rules.toml`: what is removed, and why."""

import glob
import re
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Self


@dataclass(frozen=True)
class Patterns:
    """Paths inside a layer, as `pathlib.PurePath.full_match` understands patterns."""

    texts: tuple[str, ...]

    @cached_property
    def _expression(self) -> re.Pattern[str]:
        return re.compile("|".join(glob.translate(text, recursive=True, include_hidden=True) for text in self.texts))

    def cover(self, path: str) -> bool:
        return bool(self._expression.match(path))


@dataclass(frozen=True)
class Rule:
    """Files that a function cannot use."""

    name: str
    reason: str
    remove: Patterns
    saves: int


@dataclass(frozen=True)
class Rules:
    """What `rules.toml` says."""

    removals: tuple[Rule, ...]
    documented: Patterns
    """The files whose docstrings stay."""

    @classmethod
    def read(cls, file: Path) -> Self:
        said = tomllib.loads(file.read_text())
        removals = (Rule(**{**rule, "remove": Patterns(tuple(rule["remove"]))}) for rule in said["rule"])
        return cls(tuple(removals), Patterns(tuple(said["docstrings"]["keep"])))


def remove(rules: Sequence[Rule], tree: Path) -> dict[str, int]:
    """Removes what the rules cover: bytes by the rule's name. Where two fit, the first counts."""
    saved = {rule.name: 0 for rule in rules}
    for file in files(tree):
        path = file.relative_to(tree).as_posix()
        for rule in rules:
            if rule.remove.cover(path):
                saved[rule.name] += file.stat().st_size
                file.unlink()
                break
    for folder, _, _ in tree.walk(top_down=False):
        if not any(folder.iterdir()):
            folder.rmdir()
    return saved


def files(tree: Path) -> list[Path]:
    """Every file under `tree`, in the order of their paths."""
    return sorted(folder / name for folder, _, names in tree.walk() for name in names)


def size(paths: Iterable[Path]) -> int:
    return sum(path.stat().st_size for path in paths)
