"""Which rows a picture shows: asked once before it is drawn, and known after it."""

import sqlite3
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import boto3
import pandas as pd
import pytest
import sqlalchemy as sa

from plotgate import Table
from plotgate.data.reading import current_reading
from plotgate.data.selection import Selection
from plotgate.data.source import Declaration, Rows
from plotgate.data.sources import SOURCES
from plotgate.data.sql import SqlSource
from plotgate.data.table import TableVersion, reading
from plotgate.errors import DataError
from tests.data.servers import AWS, PostgreSQL

WHOLE, HALF = b"x\n1\n2\n3\n4\n", b"x\n1\n2\n"
COUNT = "select count(*) from numbers"


@dataclass
class Source:
    """A source that counts what it is asked, and whose rows may change between any two questions."""

    address: str
    declared: Declaration
    tells: bool = True  # the version with the rows
    exact: bool = True
    asked: list[str] = field(default_factory=list)
    current: str = "1"

    def version(self) -> str:
        self.asked.append("version")
        return self.current

    def rows(self, selection: Selection, known: str | None) -> Rows:
        self.asked.append("rows")
        return Rows(pd.DataFrame({"x": [float(self.current)]}), self.current if self.tells else None)


@pytest.fixture
def source(monkeypatch: pytest.MonkeyPatch) -> Source:
    """The source of the table `numbers`: one file, and one line of the list."""
    made = Source("fake://numbers", Declaration("numbers", {"x": float}, None, "UTC", None, COUNT))
    module = ModuleType("tests.data.fake")
    monkeypatch.setattr(module, "Source", lambda address, declared: made, raising=False)
    monkeypatch.setitem(sys.modules, "tests.data.fake", module)
    monkeypatch.setitem(SOURCES, "fake", "tests.data.fake.Source")
    monkeypatch.setenv("DATA_NUMBERS", made.address)
    return made


def numbers(file: Path | None = None) -> Table:
    return Table("numbers", {"x": float}, file=file, version=COUNT)


def drawn(table: Table, draw: Callable[[], object] | None = None) -> tuple[TableVersion, TableVersion]:
    """The versions before and after a picture that reads `table` twice."""
    before = table.current_version()
    with reading([table]) as read:
        if draw is None:
            table.read()
            table.read()
        else:
            draw()
    (after,) = read.confirmed([before])
    return before, after


def test_a_version_says_which_table_where(source: Source) -> None:
    assert numbers().current_version() == TableVersion("numbers", "fake://numbers", "1", exact=True)


def test_a_version_that_comes_with_the_rows_is_not_asked_for_again(source: Source) -> None:
    before, after = drawn(numbers())
    assert source.asked == ["version", "rows", "rows"]
    assert before == after


def test_a_version_that_does_not_come_with_the_rows_is_asked_for_once_more(source: Source) -> None:
    source.tells = False
    before, after = drawn(numbers())
    assert source.asked == ["version", "rows", "rows", "version"]
    assert before == after


@pytest.mark.parametrize("tells", [True, False])
def test_rows_that_changed_have_another_version(tells: bool, source: Source) -> None:
    source.tells = tells
    table = numbers()

    def draw() -> None:
        source.current = "2"
        table.read()

    before, after = drawn(table, draw)
    assert (before.version, after.version) == ("1", "2")


@pytest.mark.parametrize("second", ["2", "1"])
def test_rows_of_two_versions_are_not_of_the_one_before(second: str, source: Source) -> None:
    table = numbers()

    def draw() -> None:
        for version in ("1" if second == "2" else "2", second):
            source.current = version
            table.read()

    before, after = drawn(table, draw)
    assert (before.version, after.version) == ("1", "2")


def test_what_a_thread_reads_counts(source: Source) -> None:
    table = numbers()

    def draw() -> None:
        source.current = "2"
        with ThreadPoolExecutor() as threads:
            threads.submit(table.read).result()

    before, after = drawn(table, draw)
    assert (before.version, after.version) == ("1", "2")


def test_what_was_not_read_is_as_before(source: Source) -> None:
    def draw() -> None:
        source.current = "2"

    before, after = drawn(numbers(), draw)
    assert source.asked == ["version"]
    assert before is after


def test_a_picture_without_the_rows_that_it_should_show_is_not_whole(source: Source) -> None:
    table = numbers()
    source.current = "much"  # is no number
    with reading([table]) as read:
        assert read.is_whole
        with pytest.raises(DataError):
            table.read()
        assert not read.is_whole


def test_a_picture_may_show_rows_that_were_read_for_another(source: Source) -> None:
    table = numbers()
    with reading([table]) as first:
        table.read()
    with reading([table]) as second:
        assert not second.is_whole  # `draw` may have kept them
        table.read()
        assert second.is_whole
    table.is_kept = True
    assert not second.is_whole
    assert not first.is_whole


def test_a_picture_that_is_drawn_while_another_is_leaves_it_what_it_reads(source: Source) -> None:
    table = numbers()
    with reading([table]) as outer:
        with reading([table]) as inner:
            table.read()
        assert current_reading() is outer
        source.current = "2"
        assert list(table.read()["x"]) == [2.0]
    assert current_reading() is None
    assert (inner.known(table), outer.known(table)) == ("1", "2")


def test_another_table_is_refused(source: Source) -> None:
    with pytest.raises(TypeError, match="must say so: serve"), reading([]):
        numbers().read()
    assert len(numbers().read()) == 1


# Each kind of source


def test_a_file_is_read_once_for_a_picture(tmp_path: Path, later: None, monkeypatch: pytest.MonkeyPatch) -> None:
    file = numbers_file(tmp_path)
    reads = counted_reads(monkeypatch)
    table = numbers(file=file)
    before, after = drawn(table)
    assert before == after
    assert (before.address, before.exact) == ("numbers.csv", True)
    assert len(reads) == 2  # one of them for the version
    assert drawn(table) == (before, before)
    assert len(reads) == 2


def test_an_object_is_asked_for_once_before_and_read_once(aws: AWS, monkeypatch: pytest.MonkeyPatch) -> None:
    put(WHOLE)
    boto3.setup_default_session()
    assert boto3.DEFAULT_SESSION is not None
    asked: list[str] = []
    boto3.DEFAULT_SESSION.events.register("before-send.s3", lambda event_name, **_: asked.append(event_name[15:]))
    monkeypatch.setenv("DATA_NUMBERS", "s3://data/numbers.csv")
    table = numbers()
    before, after = drawn(table)
    assert asked == ["HeadObject", "GetObject"]
    assert before == after
    assert before.address == "s3://data/numbers.csv"
    assert drawn(table) == (before, before)
    assert asked == ["HeadObject", "GetObject"] * 2


@pytest.mark.parametrize("server", ["sqlite", "postgresql"])
def test_a_database_is_asked_once_before_and_once_after(
    server: str, request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if server == "postgresql":
        postgresql: PostgreSQL = request.getfixturevalue("postgresql")
        postgresql.execute("create table numbers (x double precision); insert into numbers values (1), (2)")
        address = postgresql.address
    else:
        with sqlite3.connect(tmp_path / "numbers.db") as connection:
            connection.execute("create table numbers (x real)")
        connection.close()
        address = f"sqlite:///{tmp_path / 'numbers.db'}"
    monkeypatch.setenv("DATA_NUMBERS", address)
    asked = counted_statements(monkeypatch)
    before, after = drawn(numbers())
    assert [statement == COUNT for statement in asked] == [True, False, False, True]
    assert before == after
    assert before.address == address


def test_half_a_file_is_not_the_file(tmp_path: Path, later: None) -> None:
    file = numbers_file(tmp_path)
    table = numbers(file=file)

    def draw() -> None:
        file.write_bytes(HALF)
        assert len(table.read()) == 2
        file.write_bytes(WHOLE)

    before, after = drawn(table, draw)
    assert before.version != after.version
    assert drawn(table) == (before, before)
    assert len(table.read()) == 4


def test_rows_that_are_read_twice_for_a_picture_are_of_one_version(tmp_path: Path) -> None:
    file = numbers_file(tmp_path)
    table = numbers(file=file)

    def draw() -> None:
        assert len(table.read()) == 4
        file.write_bytes(HALF)
        assert len(table.read()) == 4

    before, after = drawn(table, draw)
    assert before == after


def test_a_file_that_changes_within_one_tick_of_the_clock_is_read_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stat = Path.stat

    def coarse(path: Path, **settings: bool) -> SimpleNamespace:
        """As a file system tells whose clock ticks every two seconds."""
        found = stat(path, **settings)
        values = {name: getattr(found, name) for name in dir(found) if name.startswith("st_")}
        ticks = {name: values[name] // 2_000_000_000 * 2_000_000_000 for name in ("st_mtime_ns", "st_ctime_ns")}
        return SimpleNamespace(**{**values, **ticks})

    monkeypatch.setattr(Path, "stat", coarse)
    table = numbers(file=tmp_path / "numbers.csv")
    versions = set()
    for last in range(100, 200):
        (tmp_path / "numbers.csv").write_text(f"x\n{last}\n")
        versions.add(table.current_version().version)
    assert len(versions) == 100
    assert list(table.read()["x"]) == [199]


def test_a_file_is_not_read_again_once_it_is_old(tmp_path: Path, later: None, monkeypatch: pytest.MonkeyPatch) -> None:
    table = numbers(file=numbers_file(tmp_path))
    table.current_version()
    reads = counted_reads(monkeypatch)
    table.current_version()
    assert reads == []


def test_an_object_that_changes_meanwhile_has_the_version_that_was_read(
    aws: AWS, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(WHOLE)
    monkeypatch.setenv("DATA_NUMBERS", "s3://data/numbers.csv")
    table = numbers()

    def draw() -> None:
        put(HALF)
        assert len(table.read()) == 2
        put(WHOLE)
        assert len(table.read()) == 2  # those of one version

    before, after = drawn(table, draw)
    assert before.version != after.version
    assert drawn(table) == (before, before)


def test_an_address_tells_what_is_configured_and_no_secret(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert numbers(file=tmp_path / "numbers.csv").address == "numbers.csv"
    monkeypatch.setenv("DATA_NUMBERS", "/data/numbers.csv")
    assert numbers(file=tmp_path / "numbers.csv").address == "/data/numbers.csv"
    monkeypatch.setenv("DATA_NUMBERS", "postgresql://plots@nowhere.invalid/data?sslmode=require")
    assert numbers().address == "postgresql://plots@nowhere.invalid/data?sslmode=require"  # and nobody was asked
    for secret in (
        "plots:hunter2@host/data",
        "plots@host/data?password=hunter2",
        "plots@host/data?sslpassword=hunter2",
    ):
        monkeypatch.setenv("DATA_NUMBERS", f"postgresql://{secret}")
        with pytest.raises(DataError) as error:
            numbers().address  # noqa: B018
        assert "hunter2" not in str(error.value)


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> None:
    """A clock by which what is written now was written a minute ago."""
    now = time.time
    monkeypatch.setattr(time, "time", lambda: now() + 60)


def numbers_file(folder: Path) -> Path:
    file = folder / "numbers.csv"
    file.write_bytes(WHOLE)
    return file


def put(content: bytes) -> None:
    boto3.client("s3").put_object(Bucket="data", Key="numbers.csv", Body=content)


def counted_reads(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    reads: list[Path] = []
    read_bytes = Path.read_bytes

    def counted(path: Path) -> bytes:
        reads.append(path)
        return read_bytes(path)

    monkeypatch.setattr(Path, "read_bytes", counted)
    return reads


def counted_statements(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    asked: list[str] = []
    fetch = SqlSource._fetch

    def counted(source: SqlSource, statement: sa.Executable, values: dict[str, Any]) -> Any:
        asked.append(str(statement))
        return fetch(source, statement, values)

    monkeypatch.setattr(SqlSource, "_fetch", counted)
    return asked
