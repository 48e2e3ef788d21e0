"""Python sources as bytecode alone, without what only a reader or a debugger needs."""

import ast
import importlib.util
import marshal
import os
import pickle
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from builder.deferral import Deferrals
from builder.errors import BuildError
from builder.rules import Rules
from builder.target import Target

CHUNKS = 16  # a fixed number: marshal writes by reference counts, so what a process has compiled before must repeat
UNCHECKED_HASH = 0b01  # PEP 552: never compared with a source file, of which there is none


def check_interpreter(target: Target) -> None:
    """Raises BuildError if this interpreter's bytecode is not that of the target's."""
    magic = int.from_bytes(importlib.util.MAGIC_NUMBER[:2], "little")
    if magic != target.magic:
        raise BuildError(
            f"Bytecode must be compiled by Python {target.python} (magic number {target.magic}), not by "
            f"{sys.executable}, {sys.version.split()[0]} (magic number {magic}); put .venv/bin first on PATH."
        )


def compile_tree(tree: Path, mount: str, rules: Path, deferrals: Deferrals) -> None:
    """Replaces every `x.py` in `tree` by `x.pyc`; tracebacks show the file as `mount`/`x.py`, and its lines.

    Docstrings become None, as with `python -OO`, but for the files that `rules` excepts; assertions stay. Imports
    in `deferrals` wait for their first use.

    Raises:
        BuildError: a file is no Python.
    """
    sources = sorted(tree.rglob("*.py"))
    command = [sys.executable, "-m", "builder.bytecode", str(tree), mount, str(rules)]
    # No debug ranges: the columns of each instruction, which are a tenth of the bytecode.
    environment = {**os.environ, "PYTHONHASHSEED": "0", "PYTHONNODEBUGRANGES": "1", "PYTHONPATH": _ours()}

    def compile_chunk(number: int) -> None:
        work = pickle.dumps((deferrals, sources[number::CHUNKS]))
        done = subprocess.run(command, input=work, env=environment, stderr=subprocess.PIPE, check=False)  # noqa: S603
        if done.returncode:
            raise BuildError(f"A file of the layer does not compile:\n{done.stderr.decode().strip()}")

    with ThreadPoolExecutor(os.cpu_count()) as pool:
        try:
            list(pool.map(compile_chunk, range(CHUNKS)))
        except BaseException:
            pool.shutdown(cancel_futures=True)  # an interrupted build must not compile on
            raise


def _ours() -> str:
    return str(Path(__file__).parents[1])


def _remove_documentation(module: ast.Module) -> None:
    """Drops docstrings, and from annotations what `annotated_doc` defines: `Annotated[T, Doc("…")]` becomes `T`."""
    _Undocumented().visit(module)
    ast.fix_missing_locations(module)


class _Undocumented(ast.NodeTransformer):
    def generic_visit(self, node: ast.AST) -> ast.AST:
        super().generic_visit(node)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            match node.body:
                case [ast.Expr(ast.Constant(str())) as docstring, *others]:
                    node.body = others or [ast.copy_location(ast.Pass(), docstring)]
        return node

    def visit_Subscript(self, node: ast.Subscript) -> ast.AST:
        self.generic_visit(node)
        match node:
            case ast.Subscript(ast.Name("Annotated"), ast.Tuple([kind, *metadata]) as arguments):
                left = [m for m in metadata if not (isinstance(m, ast.Call) and ast.unparse(m.func) == "Doc")]
                if not left:
                    return kind
                arguments.elts = [kind, *left]
        return node


def _main(tree: str, mount: str, rules: str) -> None:
    documented = Rules.read(Path(rules)).documented
    deferrals, sources = pickle.load(sys.stdin.buffer)  # noqa: S301 - what compile_tree wrote
    for source in sources:
        path = source.relative_to(tree).as_posix()
        code = source.read_bytes()
        module = deferrals.apply(code, path)
        if not documented.cover(path):
            _remove_documentation(module)
        compiled = compile(module, f"{mount}/{path}", "exec", dont_inherit=True, optimize=0)
        header = importlib.util.MAGIC_NUMBER + UNCHECKED_HASH.to_bytes(4, "little") + importlib.util.source_hash(code)
        source.with_suffix(".pyc").write_bytes(header + marshal.dumps(compiled))
        source.unlink()


if __name__ == "__main__":
    _main(*sys.argv[1:])
