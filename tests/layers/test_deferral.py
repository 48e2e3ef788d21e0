"""Imports that wait: the first use brings the real thing, and what cannot wait is refused."""

import ast
import shutil
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from builder.deferral import Deferrals
from builder.errors import BuildError
from builder.layer import DEFERRED
from tests.found import ROOT


def rewritten(source: str, *imports: str, **replacements: str) -> str:
    pairs = tuple(replacements.items())
    deferrals = Deferrals({"sample.py": imports}, {}, {"sample.py": pairs} if pairs else {})
    return ast.unparse(deferrals.apply(textwrap.dedent(source).encode(), "sample.py"))


def run(folder: Path, program: str) -> str:
    command = [sys.executable, "-S", "-B", "-c", textwrap.dedent(program)]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=True).stdout.strip()


SOURCE = """
from __future__ import annotations
import colorsys
try:
    from fractions import Fraction
    from decimal import Decimal as D
    found = True
except ImportError:
    found = False
def half(of: Fraction):
    "Half of it."
    if of is None:
        return None
    return Fraction(of) / 2
def caught():
    try:
        Fraction("x")
    except ValueError as error:
        return str(error)
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "sample.py").write_text(rewritten(SOURCE, "from fractions import Fraction"))
    return tmp_path


def test_import_waits_until_a_statement_uses_it(folder: Path) -> None:
    program = """
        import sys, sample
        print("fractions" in sys.modules)
        sample.half(None)
        print("fractions" in sys.modules)
        sample.half(1)
        print("fractions" in sys.modules)
    """
    assert run(folder, program).split() == ["False", "False", "True"]


def test_first_use_brings_the_real_thing(folder: Path) -> None:
    program = """
        import sample, fractions, pickle, inspect
        print(sample.Fraction is fractions.Fraction, isinstance(sample.half(3), fractions.Fraction))
        print(pickle.loads(pickle.dumps(sample.half(3))) == fractions.Fraction(3, 2))
        print(inspect.signature(sample.half), sample.half.__doc__, sample.found, sample.D.__name__)
        del sample.Fraction
        print("Fraction" in dir(sample), "Fraction" in dict(inspect.getmembers(sample)))
    """
    assert run(folder, program).splitlines() == [
        "True True",
        "True",
        "(of: 'Fraction') Half of it. True Decimal",
        "True True",
    ]


def test_names_from_outside_and_replaced_ones_are_found(folder: Path) -> None:
    program = """
        from sample import Fraction
        import sample
        sample.Fraction = lambda value: 10  # as a test would
        print(Fraction.__name__, sample.half(1))
    """
    assert run(folder, program) == "Fraction 5.0"


def test_error_messages_are_those_of_the_package(folder: Path) -> None:
    program = """
        import sample
        print(sample.caught())
        try: sample.nothing
        except AttributeError as error: print(error)
    """
    assert run(folder, program).splitlines() == [
        "Invalid literal for Fraction: 'x'",
        "module 'sample' has no attribute 'nothing'",
    ]


def test_own_getattr_of_a_module_still_answers(tmp_path: Path) -> None:
    source = "import json\ndef __getattr__(name):\n    return name.upper()\ndef load(): return json.loads('1')"
    (tmp_path / "sample.py").write_text(rewritten(source, "import json"))
    assert (
        run(tmp_path, "import sample; print(sample.anything, sample.json.__name__, sample.load())") == "ANYTHING json 1"
    )


def test_local_name_does_not_import(tmp_path: Path) -> None:
    source = "import json\ndef same(json): return json\ndef other():\n    json = 2\n    return json"
    (tmp_path / "sample.py").write_text(rewritten(source, "import json"))
    assert (
        run(tmp_path, "import sample, sys; print(sample.same(1), sample.other(), 'json' in sys.modules)") == "1 2 False"
    )


def test_submodule_stays_an_attribute_of_its_package(tmp_path: Path) -> None:
    package = tmp_path / "package"
    package.mkdir()
    (package / "__init__.py").write_text("")
    (package / "part.py").write_text("answer = 42")
    (package / "user.py").write_text("from package import part\ndef use(): return part.answer")
    (tmp_path / "deferred.toml").write_text(
        '[[defer]]\nimports = ["from package import part"]\nin = ["package/user.py"]\nreason = ""\n'
        '[[replace]]\nin = "other.py"\ntext = ""\nby = ""'
    )
    deferrals = Deferrals.read(tmp_path / "deferred.toml", tmp_path)
    for name in ("__init__.py", "user.py"):
        source = (package / name).read_bytes()
        (package / name).write_text(ast.unparse(deferrals.apply(source, f"package/{name}")))
    program = """
        import sys, package.user
        print("package.part" in sys.modules)
        print(package.part.answer, package.user.use())
    """
    assert run(tmp_path, program).splitlines() == ["False", "42 42"]


def test_star_stands_for_all_that_is_imported_from_there(tmp_path: Path) -> None:
    source = "if True:\n    from json import dumps as dumps\n    from json import loads\nfrom csv import reader"
    (tmp_path / "sample.py").write_text(rewritten(source, "from json import *"))
    program = """
        import sys, sample
        print("json" in sys.modules, "csv" in sys.modules)
        print(sample.loads("1"), sample.dumps(2), "json" in sys.modules)
    """
    assert run(tmp_path, program).splitlines() == ["False True", "1 2 True"]
    with pytest.raises(BuildError, match="'from csv import \\*', which is not among its imports any more"):
        rewritten(source.replace("from csv import reader", ""), "from csv import *")


def test_submodule_alone_leaves_its_package_for_later(tmp_path: Path) -> None:
    package = tmp_path / "package"
    package.mkdir()
    (package / "__init__.py").write_text("from .part import Part\nfrom .other import other")
    (package / "part.py").write_text("from . import base\nclass Part: of = base.value")
    (package / "base.py").write_text("value = 42")
    (package / "other.py").write_text("from . import part\nother = part")
    (tmp_path / "sample.py").write_text("from package import Part\ndef use(): return Part.of")
    shutil.copy(ROOT / "layers" / "scientific" / "layer_imports.py", tmp_path)
    (tmp_path / "deferred.toml").write_text(
        '[[defer]]\nimports = ["from package import Part"]\nin = ["sample.py"]\nalone = "package.part"\nreason = ""\n'
        '[[replace]]\nin = "other.py"\ntext = ""\nby = ""'
    )
    deferrals = Deferrals.read(tmp_path / "deferred.toml", tmp_path)
    source = (tmp_path / "sample.py").read_bytes()
    (tmp_path / "sample.py").write_text(ast.unparse(deferrals.apply(source, "sample.py")))
    program = """
        import pickle, sys, sample
        print(sample.use(), "package" in sys.modules, "package.other" in sys.modules)
        import package
        print(package.Part is sample.Part, package.other.Part is sample.Part)
        print(pickle.loads(pickle.dumps(sample.Part)) is sample.Part)
    """
    assert run(tmp_path, program).splitlines() == ["42 False False", "True True", "True"]
    later = "import package, sample; print(sample.Part is package.Part)"
    assert run(tmp_path, later) == "True"
    (package / "part.py").write_text("from . import nothing")
    failing = """
        import sys, sample
        try: sample.use()
        except ImportError as error: print(error.name, "package" in sys.modules)
    """
    assert run(tmp_path, failing) == "package False"


@pytest.mark.parametrize(
    "use",
    [
        "x = json.dumps(1)",
        "class C(json.JSONDecoder): pass",
        "def f(a=json): pass",
        "@json.x\ndef f(): pass",
        "def f(a: json): pass",
    ],
    ids=["call", "base class", "default", "decorator", "annotation"],
)
def test_import_that_is_needed_at_once_is_refused(use: str) -> None:
    with pytest.raises(BuildError, match=r"sample\.py:\d: 'import json' cannot be deferred"):
        rewritten(f"import json\n{use}", "import json")


def test_import_that_is_gone_is_refused() -> None:
    with pytest.raises(BuildError, match="'import json', which is not among its imports any more"):
        rewritten("import csv", "import json")


def test_replaced_text_must_be_there_once() -> None:
    assert rewritten("a = 1\nb = 2", **{"a = 1": "a = 3"}) == "a = 3\nb = 2"
    with pytest.raises(BuildError, match="which is there 2 times"):
        rewritten("a = 1\na = 1", **{"a = 1": "a = 3"})


def test_file_that_is_gone_is_refused(tmp_path: Path) -> None:
    (tmp_path / "seaborn").mkdir()
    with pytest.raises(BuildError, match=r"seaborn/\S+ is not in the layer any more"):
        Deferrals.read(DEFERRED, tmp_path).check(tmp_path)
