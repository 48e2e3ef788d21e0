"""The rules of `rules.toml`: what is removed, and why."""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Self


@dataclass(frozen=True)
class Rule:
    """Files that a function cannot use."""

    name: str
    reason: str
    remove: tuple[str, ...]
    keep: tuple[str, ...] = ()

    def covers(self, path: PurePosixPath) -> bool:
        return any(map(path.full_match, self.remove)) and not any(map(path.full_match, self.keep))


@dataclass(frozen=True)
class Rules:
    """What `rules.toml` says."""

    removals: tuple[Rule, ...]
    documented: tuple[str, ...]
    """Patterns of the files whose docstrings stay."""

    @classmethod
    def read(cls, file: Path) -> Self:
        said = tomllib.loads(file.read_text())
        removals = (
            Rule(rule["name"], rule["reason"], tuple(rule["remove"]), tuple(rule.get("keep", ())))
            for rule in said["rule"]
        )
        return cls(tuple(removals), tuple(said["docstrings"]["keep"]))


def remove(rules: Sequence[Rule], tree: Path) -> dict[str, int]:
    """Removes what the rules cover, the first one that does counting: bytes by the rule's name."""
    saved = {rule.name: 0 for rule in rules}
    for file in files(tree):
        path = PurePosixPath(file.relative_to(tree))
        for rule in rules:
            if rule.covers(path):
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
