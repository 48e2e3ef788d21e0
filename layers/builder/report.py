"""What a build did, for people and for programs."""

import csv
import hashlib
import json
from collections import defaultdict
from dataclasses import asdict, dataclass
from pathlib import Path

from builder.rules import files, size

OURS = "ours"


@dataclass(frozen=True)
class Package:
    """A distribution in the layer; sizes in bytes."""

    version: str
    before: int
    after: int


@dataclass(frozen=True)
class Report:
    """A layer as it was built; sizes in bytes."""

    platform: str
    before: int
    after: int
    most: int
    digest: str
    packages: dict[str, Package]
    removed: dict[str, int]
    """By rule, with "symbols and debugging data" and "sources against bytecode" (gain or loss) beside the rules."""
    waiting: dict[str, tuple[tuple[str, str], ...]]
    """By the first module of an entry of deferred.toml, the file and the name of each import that waits."""

    def write(self, file: Path) -> None:
        file.write_text(json.dumps(asdict(self), indent=2) + "\n")

    def table(self) -> str:
        lines = [f"{'package':<22}{'version':<14}{'before':>12}{'after':>12}{'cut':>12}"]
        for name, package in sorted(self.packages.items(), key=lambda item: -item[1].after):
            lines.append(_line(f"{name:<22}{package.version:<14}", package.before, package.after))
        lines.append(_line(f"{'total':<36}", self.before, self.after))
        lines += ["", f"{'what was cut':<60}{'bytes':>12}"]
        lines += [f"{name:<60}{_spaced(saved):>12}" for name, saved in self.removed.items() if saved]
        lines += ["", f"{self.platform}: {_spaced(self.after)} bytes of at most {_spaced(self.most)}"]
        return "\n".join([*lines, f"digest {self.digest}"])


def _line(head: str, before: int, after: int) -> str:
    return f"{head}{_spaced(before):>12}{_spaced(after):>12}{_spaced(before - after):>12}"


def _spaced(number: int) -> str:
    return f"{number:,}".replace(",", " ")


def owners(tree: Path) -> dict[str, tuple[str, str]]:
    """Name and version of the distribution that each file came with, by path."""
    found = {}
    for record in sorted(tree.glob("*.dist-info/RECORD")):
        name, _, version = record.parent.name.removesuffix(".dist-info").rpartition("-")
        with record.open(newline="") as rows:
            for path, *_ in csv.reader(rows):
                found[path] = (name, version)
    return found


def sizes(tree: Path, owned: dict[str, tuple[str, str]]) -> dict[tuple[str, str], int]:
    """Bytes of each distribution in `tree`; bytecode counts for the one that its source came with."""
    sums: dict[tuple[str, str], int] = defaultdict(int)
    for file in files(tree):
        path = file.relative_to(tree).as_posix()
        source = path.removesuffix("c") if path.endswith(".pyc") else path
        sums[owned.get(source, (OURS, ""))] += size([file])
    return sums


def digest(tree: Path) -> str:
    """SHA-256 over every path under `tree`, its kind and its bytes."""
    total = hashlib.sha256()
    for file in files(tree):
        content = hashlib.sha256(file.read_bytes()).hexdigest()
        total.update(f"{content}  {file.relative_to(tree).as_posix()}\n".encode())
    return total.hexdigest()
