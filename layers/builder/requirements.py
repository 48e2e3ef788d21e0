"""The locked requirements of the layers and the container, exported from uv.lock, and one command that raises them.

`python -m builder.requirements` writes them; with `--upgrade` it raises every version first, builds, which checks the
layers, and says what has changed.
"""

import argparse
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from builder.errors import BuildError
from builder.wheels import uv

ROOT = Path(__file__).resolve().parents[2]
BUILT = ROOT / ".aws-sam" / "build"
EXPORT = ("export", "--quiet", "--frozen", "--no-header", "--no-annotate", "--no-emit-project")
GROUPS = {
    "scientific": ("--only-group", "scientific"),
    "runtime": ("--no-default-groups",),
    "database": ("--only-group", "database"),
    "container": ("--only-group", "container"),
}


def exported(layer: str) -> str:
    """What `layer` needs, with hashes, as uv.lock has it."""
    return run(uv(), *EXPORT, *GROUPS[layer])


def file(layer: str) -> Path:
    return ROOT / "layers" / layer / "requirements.txt"


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m builder.requirements", description=__doc__)
    parser.add_argument("--upgrade", action="store_true", help="raise the versions, build, check, and compare")
    upgrade = parser.parse_args().upgrade
    try:
        before = _made()
        if upgrade:
            run(uv(), "lock", "--upgrade")
            run(uv(), "sync", "--frozen")  # the builder makes the list of fonts with this matplotlib
        for layer in GROUPS:
            file(layer).write_text(exported(layer))
        if upgrade:
            subprocess.run(["sam", "build"], cwd=ROOT, check=True)  # noqa: S607
            print(changes(before, _made()))
    except (BuildError, subprocess.CalledProcessError) as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def changes(before: dict[str, Any], after: dict[str, Any]) -> str:
    """A table of the packages of all layers whose version or size is another one."""
    old, new = (_packages(made) for made in (before, after))
    nothing = {"version": "", "after": 0}
    lines = [f"{'package':<22}{'version':<14}{'now':<14}{'bytes':>12}{'now':>12}"]
    for name in sorted({*old, *new}):
        was, now = old.get(name, nothing), new.get(name, nothing)
        if was != now:
            lines.append(f"{name:<22}{was['version']:<14}{now['version']:<14}{was['after']:>12}{now['after']:>12}")
    return "\n".join(lines if len(lines) > 1 else ["Nothing has changed."])


def _packages(made: dict[str, Any]) -> dict[str, Any]:
    packages = (item for layer in made.values() for item in layer["packages"].items())
    return {name: {"version": package["version"], "after": package["after"]} for name, package in packages}


def _made() -> dict[str, Any]:
    return {file.parent.name: json.loads(file.read_text()) for file in sorted(BUILT.glob("*/layer.json"))}


def run(*command: str) -> str:
    """What a command prints.

    Raises:
        BuildError: it fails.
    """
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode:
        raise BuildError(f"{' '.join(command)} failed:\n{done.stderr.strip()}")
    return done.stdout


if __name__ == "__main__":
    sys.exit(main())
