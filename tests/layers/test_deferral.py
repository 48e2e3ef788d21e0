"""Imports that wait: the first use brings the real thing, and what cannot wait is refused."""

import ast
import json
import shutil
import subprocess
import sys
import textwrap
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from builder import savings
from builder.deferral import Deferrals
from builder.errors import BuildError
from builder.layer import DEFERRED
from tests.found import ROOT


def read(tree: Path, *defer: Mapping[str, Any], replace: Sequence[Mapping[str, str]] = ()) -> Deferrals:
    """What a deferred.toml with these rules comes to in `tree`."""
    tables = [("defer", {"reason": "", **rule}) for rule in defer] + [("replace", rule) for rule in replace]
    text = "" if defer else "defer = []\n"
    text += "" if replace else "replace = []\n"
    for name, rule in tables:
        text += f"[[{name}]]\n" + "".join(f"{key} = {json.dumps(value)}\n" for key, value in rule.items())
    (tree / "deferred.toml").write_text(text)
    return Deferrals.read(tree / "deferred.toml", tree)


def rewrite(tree: Path, *defer: Mapping[str, Any], replace: Sequence[Mapping[str, str]] = ()) -> None:
    deferrals = read(tree, *defer, replace=replace)
    for file in tree.rglob("*.py"):
        file.write_text(ast.unparse(deferrals.apply(file.read_bytes(), file.relative_to(tree).as_posix())))


def sample(tree: Path, source: str, *modules: str) -> None:
    """Writes sample.py, where imports of `modules` wait."""
    (tree / "sample.py").write_text(source)
    rewrite(tree, {"modules": modules, "in": ["sample.py"]})


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
    sample(tmp_path, SOURCE, "fractions")
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
    sample(tmp_path, source, "json")
    assert (
        run(tmp_path, "import sample; print(sample.anything, sample.json.__name__, sample.load())") == "ANYTHING json 1"
    )


def test_local_name_does_not_import(tmp_path: Path) -> None:
    source = "import json\ndef same(json): return json\ndef other():\n    json = 2\n    return json"
    sample(tmp_path, source, "json")
    assert (
        run(tmp_path, "import sample, sys; print(sample.same(1), sample.other(), 'json' in sys.modules)") == "1 2 False"
    )


def test_submodule_stays_an_attribute_of_its_package(tmp_path: Path) -> None:
    package = tmp_path / "package"
    package.mkdir()
    (package / "__init__.py").write_text("")
    (package / "part.py").write_text("answer = 42")
    (package / "user.py").write_text("from package import part\ndef use(): return part.answer")
    rewrite(tmp_path, {"modules": ["package.part"], "in": ["package/user.py"]})
    program = """
        import sys, package.user
        print("package.part" in sys.modules)
        print(package.part.answer, package.user.use())
    """
    assert run(tmp_path, program).splitlines() == ["False", "42 42"]


def test_each_name_waits_for_itself(tmp_path: Path) -> None:
    (tmp_path / "package").mkdir()
    (tmp_path / "package" / "__init__.py").write_text("from .first import one\nfrom .other import two, three")
    (tmp_path / "package" / "first.py").write_text("one = 1")
    (tmp_path / "package" / "other.py").write_text("two, three = 2, 3")
    (tmp_path / "sample.py").write_text("from package import one, two")
    rewrite(
        tmp_path,
        {"modules": ["package"], "in": ["sample.py"]},
        {"modules": ["package.first", "package.other"], "in": ["package"]},
    )
    program = """
        import sys, sample
        def loaded(): return [name for name in ("package", "package.first", "package.other") if name in sys.modules]
        print(0, *loaded())
        print(sample.one, *loaded())
        print(sample.two, *loaded())
    """
    assert run(tmp_path, program).splitlines() == [
        "0",
        "1 package package.first",
        "2 package package.first package.other",
    ]


def test_imports_are_found_in_every_file_of_a_folder(tmp_path: Path) -> None:
    (tmp_path / "package" / "inner").mkdir(parents=True)
    for name in ("one.py", "inner/two.py"):
        (tmp_path / "package" / name).write_text("if True:\n    from csv import reader as r\nimport json")
    found = read(tmp_path, {"modules": ["csv"], "in": ["package"]}).imports
    assert {path: [one.text for one in imports] for path, imports in found.items()} == {
        "package/one.py": ["from csv import reader as r"],
        "package/inner/two.py": ["from csv import reader as r"],
    }


@pytest.mark.parametrize(
    "source",
    [
        "from json import *",
        "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import json",
        "def load():\n    import json",
        "import json\nfrom csv import reader as json",
    ],
    ids=["star", "for types", "in a function", "a name that is bound twice"],
)
def test_other_imports_stay(source: str, tmp_path: Path) -> None:
    (tmp_path / "sample.py").write_text(f"import json.decoder as d\n{source}")
    imports = read(tmp_path, {"modules": ["json"], "in": ["sample.py"]}).imports
    assert [one.text for one in imports["sample.py"]] == ["import json.decoder as d"]


def test_submodule_alone_leaves_its_package_for_later(tmp_path: Path) -> None:
    package = tmp_path / "package"
    package.mkdir()
    (package / "__init__.py").write_text("from .part import Part\nfrom .other import other")
    (package / "part.py").write_text("from . import base\nclass Part: of = base.value")
    (package / "base.py").write_text("value = 42")
    (package / "other.py").write_text("from . import part\nother = part")
    (tmp_path / "sample.py").write_text("from package import Part\ndef use(): return Part.of")
    shutil.copy(ROOT / "layers" / "scientific" / "layer_imports.py", tmp_path)
    rewrite(tmp_path, {"modules": ["package"], "in": ["sample.py"], "alone": "package.part"})
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
def test_import_that_is_needed_at_once_stays(use: str, tmp_path: Path) -> None:
    (tmp_path / "sample.py").write_text(f"import json\n{use}")
    with pytest.raises(BuildError, match=r"sample\.py has no import of json that can wait; sample\.py:\d needs json"):
        read(tmp_path, {"modules": ["json"], "in": ["sample.py"]})
    (tmp_path / "other.py").write_text("import json")
    (tmp_path / "package").mkdir()
    for name in ("sample.py", "other.py"):
        (tmp_path / name).rename(tmp_path / "package" / name)
    assert list(read(tmp_path, {"modules": ["json"], "in": ["package"]}).imports) == ["package/other.py"]


def test_replaced_text_is_replaced_before_imports_are_looked_for(tmp_path: Path) -> None:
    (tmp_path / "sample.py").write_text("import json\nx = json.dumps(1)")
    by = "def x(): return json.dumps(1)"
    replace = [{"in": "sample.py", "text": "x = json.dumps(1)", "by": by}]
    rewrite(tmp_path, {"modules": ["json"], "in": ["sample.py"]}, replace=replace)
    assert run(tmp_path, "import sys, sample; print('json' in sys.modules, sample.x())") == "False 1"


def test_all_that_does_not_fit_any_more_is_said_at_once(tmp_path: Path) -> None:
    (tmp_path / "package").mkdir()
    (tmp_path / "package" / "sample.py").write_text("import csv\na = 1\na = 1")
    with pytest.raises(BuildError) as refused:
        read(
            tmp_path,
            {"modules": ["json"], "in": ["package/sample.py"]},
            {"modules": ["csv", "html"], "in": ["package/sample.py"]},
            {"modules": ["csv"], "in": ["package/gone.py"]},
            replace=[
                {"in": "package/sample.py", "text": "a = 1", "by": ""},
                {"in": "package/sample.py", "text": "b = 1", "by": ""},
                {"in": "package/left.py", "text": "", "by": ""},
            ],
        )
    assert str(refused.value).splitlines()[1:] == [
        "package/sample.py is to have 'a = 1' once, which is there 2 times",
        "package/sample.py is to have 'b = 1' once, which is there 0 times",
        "package/left.py is not there",
        "package/sample.py has no import of json that can wait",
        "package/sample.py has no import of html",
        "package/gone.py has no import of csv that can wait",
    ]


def test_packages_of_other_layers_are_left_out(tmp_path: Path) -> None:
    assert Deferrals.read(DEFERRED, tmp_path) == Deferrals({}, {}, {}, ())


def test_what_waits_is_measured(tmp_path: Path) -> None:
    (tmp_path / "heavy.py").write_text("from light import one")
    (tmp_path / "light.py").write_text("one = 1")
    (tmp_path / "sample.py").write_text("import heavy, csv")
    deferrals = read(tmp_path, {"modules": ["heavy"], "in": ["sample.py"]})
    rewrite(tmp_path, {"modules": ["heavy"], "in": ["sample.py"]})
    (entry,) = deferrals.entries
    saving = savings.measured(entry.waiting, [tmp_path])
    size = sum((tmp_path / name).stat().st_size for name in ("heavy.py", "light.py"))
    assert (saving.modules, saving.size) == (2, size)
    assert saving.time > 0
