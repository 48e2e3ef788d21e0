"""What a layer is built for."""

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Self


@dataclass(frozen=True)
class Target:
    """A machine that runs the layer, and the room that the layer has there."""

    platform: str
    """As `uv pip install --python-platform` names it."""
    python: str
    """Major and minor version."""
    magic: int
    """Number of this Python's bytecode: an interpreter with another one ignores or refuses it."""
    most_bytes: int

    @classmethod
    def read(cls, file: Path) -> Self:
        return cls(**tomllib.loads(file.read_text()))
