"""`python -m builder ARTIFACTS_DIR [PACKAGE]`, run inside the folder of an architecture."""

import shutil
import sys
import tempfile
from pathlib import Path

from builder import bytecode, elf, rules, wheels
from builder.errors import BuildError
from builder.target import Target

MOUNT = "/opt/python"


def build(artifacts: Path, package: str | None) -> None:
    """Builds the layer of the current folder into `artifacts`, with our own `package` in it if there is one.

    The tree is made aside and moved in one step, so that there is a whole layer or none.
    """
    target = Target.read(Path("target.toml"))
    with tempfile.TemporaryDirectory(prefix="layer-", dir=artifacts.parent) as scratch:
        tree = Path(scratch) / "python"
        wheels.install(Path("../requirements.txt"), target, tree)
        if package:
            ignored = shutil.ignore_patterns("__pycache__", "local")
            shutil.copytree(Path("..") / package, tree / package, ignore=ignored)
        said = rules.Rules.read(Path(__file__).with_name("rules.toml"))
        rules.remove(said.removals, tree)
        for file in rules.files(tree):
            if ".so" in file.suffixes and ".libs" not in file.parent.suffixes:
                elf.slim(file)
        bytecode.compile_tree(tree, MOUNT, target, said.documented)
        size = sum(file.stat().st_size for file in rules.files(tree))
        print(f"{size} bytes")
        if size > target.most_bytes:
            raise BuildError(f"The layer must be at most {target.most_bytes} bytes, not {size}.")
        tree.rename(artifacts / "python")


if __name__ == "__main__":
    try:
        build(Path(sys.argv[1]), sys.argv[2] if sys.argv[2:] else None)
    except BuildError as error:
        print(error, file=sys.stderr)
        sys.exit(1)
