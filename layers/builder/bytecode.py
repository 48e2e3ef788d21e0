"""Python sources as bytecode alone, without what only a reader or a debugger needs."""

import ast
import importlib.util
import marshal
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path, PurePosixPath

from builder.errors import BuildError
from builder.target import Target

CHUNKS = 16  # a fixed number: marshal writes what it does by reference counts, so a process's history must repeat
UNCHECKED_HASH = 0b01  # PEP 552: never compared with a source file, of which there is none


def compile_tree(tree: Path, mount: str, target: Target, documented: Sequence[str]) -> None:
    """Replaces every `x.py` in `tree` by `x.pyc`; tracebacks show the file as `mount`/`x.py`, and its lines.

    Docstrings become None, as with `python -OO`, but for the files that `documented` covers; assertions stay.

    Raises:
        BuildError: this interpreter's bytecode is not the target's, or a file is no Python.
    """
    magic = int.from_bytes(importlib.util.MAGIC_NUMBER[:2], "little")
    if magic != target.magic:
        raise BuildError(
            f"Bytecode must be compiled by Python {target.python} (magic number {target.magic}), "
            f"not by {sys.executable}, {sys.version.split()[0]} (magic number {magic}); put .venv/bin first on PATH."
        )
    sources = sorted(tree.rglob("*.py"))
    environment = {**os.environ, "PYTHONHASHSEED": "0", "PYTHONNODEBUGRANGES": "1"}
    pending = [sources[number::CHUNKS] for number in range(CHUNKS)]
    running: list[subprocess.Popen[str]] = []
    while pending or running:
        while pending and len(running) < (os.cpu_count() or 1):
            command = [sys.executable, "-m", "builder.bytecode", str(tree), mount, *documented]
            process = subprocess.Popen(  # noqa: S603
                command, stdin=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment
            )
            assert process.stdin is not None  # noqa: S101
            process.stdin.write("\n".join(map(str, pending.pop())))
            process.stdin.close()
            process.stdin = None
            running.append(process)
        _, error = running[0].communicate()
        if running.pop(0).returncode:
            raise BuildError(f"A file of the layer does not compile:\n{error.strip()}")


def _compile(source: Path, name: str, documented: bool) -> None:
    code = source.read_bytes()
    module = ast.parse(code, name)
    if not documented:
        _remove_docstrings(module)
    compiled = compile(module, name, "exec", dont_inherit=True, optimize=0)
    header = importlib.util.MAGIC_NUMBER + UNCHECKED_HASH.to_bytes(4, "little") + importlib.util.source_hash(code)
    source.with_suffix(".pyc").write_bytes(header + marshal.dumps(compiled))
    source.unlink()


def _remove_docstrings(module: ast.Module) -> None:
    for node in ast.walk(module):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            match node.body:
                case [ast.Expr(ast.Constant(str())) as docstring, *others]:
                    node.body = others or [ast.copy_location(ast.Pass(), docstring)]


def _main(tree: str, mount: str, *documented: str) -> None:
    for line in sys.stdin:
        source = Path(line.rstrip("\n"))
        path = PurePosixPath(source.relative_to(tree))
        _compile(source, f"{mount}/{path}", any(map(path.full_match, documented)))


if __name__ == "__main__":
    _main(*sys.argv[1:])
