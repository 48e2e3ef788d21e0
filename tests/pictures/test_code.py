"""A picture's tag changes with whatever draws it: files, libraries, settings; and with nothing else."""

import os
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from matplotlib.figure import Figure

from plotgate import Table
from plotgate.data.reading import TableVersion
from plotgate.pictures import code
from plotgate.pictures.identity import Identity, identify, seed, wording
from plotgate.pictures.render import Picture
from plotgate.pictures.store import Outcome, Store
from plotgate.url.formats import FORMATS
from plotgate.url.plot import Plot
from plotgate.url.request import PictureRequest, read_request

NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)


def draw(part: int = 1) -> Figure:
    raise NotImplementedError


def asked(query: dict[str, str] | None = None, folder: str = "/plots/some/plot") -> PictureRequest:
    return read_request(Plot(draw, folder=Path(__file__).parent), folder, {}, list((query or {}).items()), NOW)


def version(folder: Path) -> str:
    found = code.note_code(folder).version
    assert found is not None
    return found


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "plot"
    (made / "data").mkdir(parents=True)
    (made / "app.py").write_text("draw = 1")
    (made / "data" / "rows.csv").write_text("x\n1\n")
    return made


@pytest.fixture
def library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of libraries that a function may import."""
    made = tmp_path / "python"
    made.mkdir()
    monkeypatch.setattr(sys, "path", [*sys.path, str(made), str(tmp_path / "nowhere")])
    return made


def test_a_tag_is_of_the_code_too() -> None:
    one = Identity(asked(), "a", ())
    assert one.etag != replace(one, code="b").etag
    assert one.digest != replace(one, code="b").digest
    assert replace(one, code=None).etag is None
    assert identify(asked()).code == code.code_in(Path(__file__).parent).version


def test_a_tag_is_of_plot_arguments_and_view_and_not_of_the_form_of_errors() -> None:
    tags = [
        Identity(request, "a", ()).etag
        for request in (asked(), asked({"part": "2"}), asked({"width": "300"}), asked(folder="/plots/another"))
    ]
    assert len(set(tags)) == 4
    assert Identity(asked({"errors": "json"}), "a", ()).etag == tags[0]


def test_chance_is_the_same_in_each_view_and_another_for_another_plot_or_argument() -> None:
    seeds = [seed(asked()), seed(asked({"part": "2"})), seed(asked(folder="/plots/another"))]
    assert len(set(seeds)) == 3
    assert seed(asked({"width": "300", "format": "svg", "theme": "dark"})) == seeds[0]
    assert 0 <= seeds[0] < 2**64


def test_the_last_good_picture_is_of_the_same_view_and_table(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    table = Table("counts", {"x": int}, file=tmp_path / "rows.csv")

    def of(query: dict[str, str]) -> bytes:
        return wording(read_request(Plot(draw, (table,)), "/plots/some/plot", {}, list(query.items()), NOW))

    words = [of({}), of({"part": "2"}), of({"format": "svg"})]
    monkeypatch.setenv("DATA_COUNTS", str(tmp_path / "others.csv"))
    words.append(of({}))
    monkeypatch.setattr("plotgate.pictures.identity.code_in", lambda folder: code.Code(folder, "another", ()))
    words.append(of({}))
    assert len(set(words)) == 5


CHANGES: dict[str, Callable[[Path], object]] = {
    "app": lambda folder: (folder / "app.py").write_text("draw = 2"),
    "data": lambda folder: (folder / "data" / "rows.csv").write_text("x\n2\n"),
    "another file": lambda folder: (folder / "beside.py").write_text(""),
    "another name": lambda folder: (folder / "app.py").rename(folder / "apps.py"),
    "between two files": lambda folder: ((folder / "app.py").write_text("draw ="), (folder / "b").write_text(" 1")),
}


@pytest.mark.parametrize("change", CHANGES)
def test_a_version_changes_with_the_plots_files(folder: Path, change: str) -> None:
    before = version(folder)
    assert version(folder) == before
    CHANGES[change](folder)
    assert version(folder) != before


def test_a_version_is_not_of_what_python_writes(folder: Path) -> None:
    before = version(folder)
    (folder / "__pycache__").mkdir()
    (folder / "__pycache__" / "app.cpython-313.pyc").write_bytes(b"\0")
    assert version(folder) == before


@pytest.mark.parametrize("name", ["layer-3f2a", "numpy-2.4.0.dist-info"])
def test_a_version_changes_with_the_libraries_that_a_plot_may_import(folder: Path, library: Path, name: str) -> None:
    (library / "numpy").mkdir()
    before = version(folder)
    (library / name).mkdir()
    added = version(folder)
    assert added != before
    (library / name).rename(library / name.replace("2", "3"))
    assert version(folder) not in (before, added)


def test_a_version_is_not_of_what_else_lies_beside_the_libraries(folder: Path, library: Path) -> None:
    before = version(folder)
    (library / "numpy").mkdir()
    (library / "player-1").touch()
    assert version(folder) == before


@pytest.mark.parametrize("other", ["local", "pages"])
def test_a_version_changes_with_plotgates_own_files_but_those_that_no_plot_imports(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, other: str
) -> None:
    package = tmp_path / "plotgate"
    (package / other).mkdir(parents=True)
    monkeypatch.setattr(code, "PACKAGE", package)
    before = version(folder)
    (package / other / "module.py").write_text("")
    assert version(folder) == before
    (package / "serve.py").write_text("")
    assert version(folder) != before


@pytest.mark.parametrize(
    "name", ["UNIT", "AXIS_LABEL", "DATABASE", "XAWS_", "HOMEPAGE", "PATHS", "TZDATA", "LC_TIME", "LANG"]
)
def test_a_version_changes_with_the_functions_own_settings(
    folder: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(name, "a")
    before = version(folder)
    monkeypatch.setenv(name, "b")
    assert version(folder) != before


@pytest.mark.parametrize(
    "name",
    [
        *("AWS_REGION", "LAMBDA_TASK_ROOT", "_HANDLER", "_X_AMZN_TRACE_ID", "PYTHONPATH", "LD_LIBRARY_PATH"),
        *("SHLVL", "PWD", "OLDPWD", "HOME", "PATH", "TERM_PROGRAM", "MPLBACKEND"),
        *("PYTEST_CURRENT_TEST", "DATA_WEATHER", "API_KEY", "Db_Password", "ACCESS_TOKEN", "DATA_X_SECRET"),
        *("PLOTGATE_SIGNING_KEYS", "PLOTGATE_SIGNING_SECRET", "PLOTGATE_PRESETS"),
        *("CREDENTIALS", "KMP_INIT_AT_FORK", "OMP_NUM_THREADS"),
    ],
)
def test_a_version_is_neither_of_the_machines_settings_nor_of_secrets(
    folder: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if name in ("PATH", "HOME"):
        before = version(folder)
        monkeypatch.setenv(name, os.environ.get(name, "") + "x")
    else:
        monkeypatch.delenv(name, raising=False)
        before = version(folder)
        monkeypatch.setenv(name, "b")
    assert version(folder) == before


def test_a_file_in_the_place_of_one_of_the_same_size_and_time_has_no_version(folder: Path) -> None:
    noted = code.note_code(folder)
    file = folder / "data" / "rows.csv"
    status = file.stat()
    (folder / "new").write_text("x\n2\n")
    os.utime(folder / "new", ns=(status.st_atime_ns, status.st_mtime_ns))
    (folder / "new").rename(file)
    assert noted.version is None


def test_a_variable_named_as_that_of_a_table_counts_unless_it_is_one(monkeypatch: pytest.MonkeyPatch) -> None:
    table = Table("counts", {"x": int}, file=Path(__file__))
    plot = Plot(draw, (table,), folder=Path(__file__).parent)

    def variables() -> object:
        found = code.own_data([table.variable for table in plot.tables])
        return found, Identity(asked(), "a", (), found).etag

    before = variables()
    monkeypatch.setenv("DATA_COUNTS", "/elsewhere.csv")
    monkeypatch.setenv("DATA_COUNTS_SECRET", "arn")
    monkeypatch.setenv("DATA_OTHER_PASSWORD", "secret")
    assert variables() == before
    monkeypatch.setenv("DATA_YEAR", "2024")
    one = variables()
    monkeypatch.setenv("DATA_YEAR", "2025")
    assert len({before, one, variables()}) == 3
    assert identify(asked()).variables == (("DATA_COUNTS", "/elsewhere.csv"), ("DATA_YEAR", "2025"))


def test_files_that_changed_since_they_were_noted_have_no_version(folder: Path) -> None:
    noted = code.note_code(folder)
    assert noted.version == noted.digest
    (folder / "app.py").write_text("draw = 3  # longer")
    assert noted.version is None
    assert code.code_in(folder) is noted  # it is what was imported


def test_where_nobody_can_write_nothing_is_looked_for_again(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "access", lambda path, mode: mode != os.W_OK)
    noted = code.note_code(folder)
    (folder / "app.py").write_text("draw = 3  # longer")
    assert noted.version == noted.digest


def test_code_that_nobody_can_find_has_no_version() -> None:
    assert code.code_in(None).version is None


def rows(version: str = "1", name: str = "counts", address: str = "rows.csv", exact: bool = True) -> TableVersion:
    return TableVersion(name, address, version, exact)


@pytest.mark.parametrize(
    ("form", "tables", "is_strong"),
    [
        ("png", (), True),
        ("png", (rows(), rows()), True),
        ("png", (rows(), rows(exact=False)), False),
        ("csv", (), False),
        ("csv", (rows(),), False),
    ],
)
def test_a_tag_is_strong_where_each_machine_makes_the_same_bytes(
    form: str, tables: tuple[TableVersion, ...], is_strong: bool
) -> None:
    tag = Identity(asked({"format": form}), "a", tables).etag
    assert tag is not None
    assert tag.startswith('"' if is_strong else 'W/"')


def test_the_version_of_the_data_changes_with_the_rows_alone() -> None:
    one = Identity(asked(), "a", (rows(),))
    assert len(one.data_version) == 16
    assert replace(one, code="b", request=asked({"part": "2"})).data_version == one.data_version
    others = [replace(one, tables=(table,)) for table in (rows("2"), rows(name="x"), rows(address="y"))]
    assert len({other.data_version for other in [one, *others]}) == 4
    assert len({other.etag for other in [one, *others]}) == 4
    assert replace(one, tables=()).data_version == ""


def test_a_store_knows_how_many_bytes_it_keeps(monkeypatch: pytest.MonkeyPatch) -> None:
    made = Picture(b"x" * 976, FORMATS["png"], 200, 200, "")
    monkeypatch.setattr("plotgate.pictures.store.render", lambda identity: made)
    store = Store(room=3 * 2000)
    for part in range(10):
        assert store.find(asked({"part": str(part)})).outcome is Outcome.DRAWN
        assert store.size == 2000 * len(store)
        assert len(store) == min(part + 1, 3)
    assert store.find(asked({"part": "9"})).outcome is Outcome.KEPT
    assert store.find(asked({"part": "6"})).outcome is Outcome.DRAWN
