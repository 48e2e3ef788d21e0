"""The checks, run on a finished tree by the Python that it is built for."""

import platform
import subprocess
import sys
import tempfile
from pathlib import Path

from builder.errors import BuildError
from builder.target import Target

WHOLE = ("matplotlib", "numpy", "pandas", "scipy", "seaborn", "sklearn")  # of these, every public module must import
CHECKS = Path(__file__).with_name("checks.py")


def importable(tree: Path) -> list[str]:
    """Names that must import: each package in `tree`, and every public module of those in `WHOLE`."""
    names = set()
    for file in tree.rglob("*"):
        if file.suffix in (".py", ".so") and ".libs" not in file.parent.suffixes:
            parts = list(file.relative_to(tree).with_name(file.name.partition(".")[0]).parts)
            if parts[-1] == "__init__":
                parts.pop()
            public = all(part.isidentifier() and not part.startswith(("_", "test")) for part in parts)
            if public and (parts[0] in WHOLE or len(parts) == 1):
                names.add(".".join(parts))
    return sorted(names)


def runs_here(target: Target) -> bool:
    """Whether this machine can run what is built for `target`."""
    return sys.platform == "linux" and target.platform.startswith(platform.machine())


def verify(tree: Path, modules: list[str]) -> None:
    """Runs the checks in a fresh process that sees `tree`, the standard library, and nothing of this environment.

    Raises:
        BuildError: a check does not hold.
    """
    with tempfile.TemporaryDirectory() as home:
        # -S: without site, so without .venv's packages, which would hide what the tree lacks.
        done = subprocess.run(  # noqa: S603
            [sys.executable, "-S", "-B", str(CHECKS), str(tree)],
            env={"PYTHONPATH": str(tree), "HOME": home, "TMPDIR": home, "MPLCONFIGDIR": home, "MPLBACKEND": "agg"},
            input="\n".join(modules),
            stdout=sys.stdout,
            text=True,
            check=False,
        )
    if done.returncode:
        raise BuildError("The layer is not whole: a check above fails; look at the last rule or version that changed.")
