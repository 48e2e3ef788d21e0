"""The build of a layer, on small trees: what it keeps, what it refuses, and that it repeats."""

import errno
import os
import shutil
import signal
import subprocess
import sys
import textwrap
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path

import pytest

from builder import bytecode, elf, layer, report, verification, wheels
from builder.__main__ import main
from builder.deferral import Deferrals
from builder.errors import BuildError
from builder.layer import MOUNT, RULES
from builder.rules import Patterns, Rule, Rules, files, remove
from builder.target import Target

LAYERS = Path(__file__).parents[2] / "layers"
X86_64 = Target.read(LAYERS / "runtime" / "x86_64" / "target.toml")
ARM64 = Target.read(LAYERS / "runtime" / "arm64" / "target.toml")
NOTHING_WAITS = Deferrals({}, {}, {}, ())

SOURCE = '''
"""A module."""
class Point:
    """A point."""
    def norm(self):
        """Its length."""
def fail():
    """Fails."""
    assert False, "assertions stay"
'''


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    tree = tmp_path / "python"
    tree.mkdir()
    (tree / "sample.py").write_text(SOURCE)
    return tree


def run(tree: Path, program: str) -> str:
    command = [sys.executable, "-S", "-c", textwrap.dedent(program)]
    return subprocess.run(command, env={"PYTHONPATH": str(tree)}, capture_output=True, text=True, check=True).stdout


def test_compiled_tree_holds_no_source_and_no_docstring(tree: Path) -> None:
    bytecode.compile_tree(tree, MOUNT, RULES, NOTHING_WAITS)
    assert [file.name for file in files(tree)] == ["sample.pyc"]
    printed = run(tree, "import sample as s; print(s.__doc__, s.Point.__doc__, s.Point.norm.__doc__, s.Point().norm())")
    assert printed.split() == ["None"] * 4


def test_traceback_of_compiled_code_names_file_and_line(tree: Path) -> None:
    bytecode.compile_tree(tree, MOUNT, RULES, NOTHING_WAITS)
    program = """
        import sample, traceback
        try: sample.fail()
        except AssertionError: print(traceback.format_exc())
    """
    assert f'File "{MOUNT}/sample.py", line 9, in fail' in run(tree, program)
    assert "assertions stay" in run(tree, program)


def test_documented_files_keep_their_docstrings(tree: Path) -> None:
    (tree / "seaborn").mkdir()
    shutil.move(tree / "sample.py", tree / "seaborn" / "_statistics.py")
    bytecode.compile_tree(tree, MOUNT, RULES, NOTHING_WAITS)
    assert run(tree, "from seaborn._statistics import Point; print(Point.__doc__)") == "A point.\n"


def test_bytecode_is_valid_without_its_source_whatever_the_dates(tree: Path) -> None:
    bytecode.compile_tree(tree, MOUNT, RULES, NOTHING_WAITS)
    flags = (tree / "sample.pyc").read_bytes()[4:8]
    assert int.from_bytes(flags, "little") == bytecode.UNCHECKED_HASH


def test_same_sources_compile_to_the_same_bytes(tmp_path: Path) -> None:
    spec = find_spec("fontTools")
    assert spec is not None
    assert spec.origin is not None
    digests = set()
    for name in ("first", "second"):
        shutil.copytree(
            Path(spec.origin).parent, tmp_path / name / "fontTools", ignore=shutil.ignore_patterns("__pycache__")
        )
        bytecode.compile_tree(tmp_path / name, MOUNT, RULES, NOTHING_WAITS)
        digests.add(report.digest(tmp_path / name))
    assert len(digests) == 1


def test_another_pythons_bytecode_is_refused() -> None:
    with pytest.raises(BuildError, match=r"Python 3\.13 \(magic number 3495\), not by .* \(magic number 3571\)"):
        bytecode.check_interpreter(replace(X86_64, magic=3495))


def test_file_that_is_no_python_is_named(tree: Path) -> None:
    (tree / "broken.py").write_text("def")
    with pytest.raises(BuildError, match=r'"broken\.py", line 1'):
        bytecode.compile_tree(tree, MOUNT, RULES, NOTHING_WAITS)


@pytest.mark.skipif(sys.platform != "linux", reason="ELF objects are loaded by Linux")
def test_slimmed_shared_object_is_smaller_and_still_loads(tmp_path: Path) -> None:
    spec = find_spec("kiwisolver._cext")
    assert spec is not None
    assert spec.origin is not None
    copy = Path(shutil.copy(spec.origin, tmp_path))
    before = copy.stat().st_size
    assert elf.slim(copy) == before - copy.stat().st_size > 0
    # By another process: one that has a file loaded crashes when it ends, if the file was written meanwhile.
    subprocess.run([sys.executable, "-c", f"import ctypes; ctypes.CDLL({str(copy)!r}).PyInit__cext"], check=True)
    assert elf.slim(copy) == 0


def test_what_is_no_shared_object_stays_as_it_is(tmp_path: Path) -> None:
    script = tmp_path / "linker.so"
    script.write_text("INPUT(libc.so.6)")
    assert elf.slim(script) == 0
    assert script.read_text() == "INPUT(libc.so.6)"


def test_rule_removes_what_it_names_and_folders_left_empty(tree: Path) -> None:
    (tree / "package" / "tests").mkdir(parents=True)
    (tree / "package" / "tests" / "test_it.py").write_text("12345")
    rule = Rule("tests", "…", Patterns(("**/tests/**",)), 5)
    assert remove([rule], tree) == {"tests": 5}
    assert [path.name for path in tree.iterdir()] == ["sample.py"]


def test_every_rule_has_a_reason_and_its_saving() -> None:
    for rule in Rules.read(RULES).removals:
        assert rule.reason.endswith(".")
        assert rule.saves > 0


@pytest.mark.parametrize("target", [X86_64, ARM64], ids=lambda target: target.platform)
def test_wheels_are_those_of_the_target_and_not_of_this_machine(target: Target, tmp_path: Path) -> None:
    locked = (LAYERS / "runtime" / "requirements.txt").read_text()
    requirement = locked[locked.index("pydantic-core==") : locked.index("starlette==")]
    (tmp_path / "requirements.txt").write_text(requirement)
    wheels.install(tmp_path / "requirements.txt", target, tmp_path / "tree")
    (shared,) = (tmp_path / "tree").rglob("*.so")
    machine = int.from_bytes(shared.read_bytes()[18:20], "little")
    assert machine == {"x86_64-manylinux_2_28": 62, "aarch64-manylinux_2_28": 183}[target.platform]


@pytest.mark.parametrize(
    ("requirements", "message"),
    [
        ("numpy==0.0.1 --hash=sha256:" + "0" * 64, "could not be installed"),
        ("six==1.17.0 --hash=sha256:" + "0" * 64, "Hash mismatch"),
        ("six==1.17.0", "hash"),
    ],
    ids=["missing wheel", "another hash", "no hash"],
)
def test_wheel_that_is_missing_or_another_ends_the_build(requirements: str, message: str, tmp_path: Path) -> None:
    (tmp_path / "requirements.txt").write_text(requirements)
    with pytest.raises(BuildError, match=message):
        layer.build(tmp_path, X86_64, tmp_path / "artifacts")
    assert list((tmp_path / "artifacts").iterdir()) == []
    assert not [path for path in tmp_path.iterdir() if path.name.startswith(".layer-")]


def test_layer_that_does_not_fit_is_refused_with_its_table(tree: Path) -> None:
    with pytest.raises(BuildError, match="must be at most 10 bytes"):
        layer.slim(tree, replace(X86_64, most_bytes=10))


@pytest.mark.skipif(not verification.runs_here(X86_64), reason="needs Linux on x86_64")
def test_tree_with_a_broken_shared_object_is_refused(tree: Path) -> None:
    (tree / "broken.so").write_bytes(b"\x7fELF")
    with pytest.raises(BuildError, match="not whole"):
        verification.verify(tree, ["sample"])


def test_interrupted_build_leaves_nothing_behind(tmp_path: Path) -> None:
    command = [sys.executable, "-u", "-B", "-m", "builder", str(tmp_path / "artifacts")]
    environment = {**os.environ, "PYTHONPATH": str(LAYERS)}
    with subprocess.Popen(
        command,
        cwd=LAYERS / "runtime" / "x86_64",
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        for line in process.stdout:
            if line.startswith("Compiling"):
                process.send_signal(signal.SIGTERM)
        assert process.stderr is not None
        assert process.stderr.read() == "Interrupted: no layer was made.\n"
    assert process.returncode == 1
    assert [path.name for path in tmp_path.rglob("*")] == ["artifacts"]


def test_missing_network_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("UV_OFFLINE", "1")
    monkeypatch.setenv("UV_CACHE_DIR", str(tmp_path / "cache"))
    shutil.copy(LAYERS / "runtime" / "requirements.txt", tmp_path)
    with pytest.raises(BuildError, match=r"(?s)could not be installed.*network"):
        layer.build(tmp_path, X86_64, tmp_path / "artifacts")


def test_full_disk_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def fill(*arguments: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device", "numpy.so")

    monkeypatch.chdir(LAYERS / "runtime" / "x86_64")
    monkeypatch.setattr(wheels, "install", fill)
    handler = signal.getsignal(signal.SIGTERM)
    try:
        assert main(str(tmp_path / "artifacts")) == 1
    finally:
        signal.signal(signal.SIGTERM, handler)
    assert "The disk is full" in capsys.readouterr().err
    assert list((tmp_path / "artifacts").iterdir()) == []
