"""Under a tag stand the rows that the source has, however they came there and wherever a plot keeps them."""

import os
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from functools import cache, cached_property
from pathlib import Path
from typing import Any

import pytest
from matplotlib.figure import Figure

from plotgate import Table, serve
from plotgate.data.sql import SqlSource
from tests.wire import Answer, Request, answer, http_api


def ask(handler: Any, query: str = "", **headers: str) -> Answer:
    return answer(handler(http_api(Request("/plots/some/plot", query, headers=headers)), None))


def said(text: object) -> Figure:
    figure = Figure(figsize=(2, 2))
    figure.text(0.1, 0.5, str(text))
    return figure


def database(file: Path, value: int) -> Path:
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute("create table counts (x integer)")
        connection.execute("insert into counts values (?)", (value,))
    return file


@pytest.mark.parametrize("replace", [os.replace, shutil.copyfile])
def test_a_database_in_the_place_of_another_is_read(
    replace: Callable[[Path, Path], object], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = database(tmp_path / "counts.db", 1)
    monkeypatch.setenv("DATA_COUNTS", f"sqlite:///{file}")
    table = Table("counts", {"x": int}, version="select sum(x) from counts")

    def draw(a: int = 0) -> Figure:
        return said(table.read()["x"].sum())

    handler = serve(draw, data=table)
    old = ask(handler)
    replace(database(tmp_path / "new.db", 2), file)
    new = ask(handler, **{"if-none-match": old.headers["etag"]})
    assert (new.status, new.body != old.body) == (200, True)
    assert new.headers["etag"] != old.headers["etag"]


def test_a_database_is_asked_for_its_version_before_and_after_a_drawing_and_once_for_a_kept_picture(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    happened: list[str] = []
    version = SqlSource.version

    def counted(source: SqlSource) -> str:
        happened.append(Path(source.address).stem)
        return version(source)

    monkeypatch.setattr(SqlSource, "version", counted)
    tables = []
    for name in ("a", "b"):
        monkeypatch.setenv(f"DATA_{name.upper()}", f"sqlite:///{database(tmp_path / f'{name}.db', 1)}")
        tables.append(Table(name, {"x": int}, query="select x from counts", version="select count(*) from counts"))

    def draw() -> Figure:
        happened.append("drawn")
        return said([table.read()["x"].sum() for table in tables])

    handler = serve(draw, data=tables)
    tag = ask(handler).headers["etag"]
    assert happened == ["a", "b", "drawn", "a", "b"]
    happened.clear()
    assert ask(handler).status == 200
    assert happened == ["a", "b"]
    happened.clear()
    assert ask(handler, **{"if-none-match": tag}).status == 304
    assert happened == ["a", "b"]


def test_rows_that_a_plot_kept_have_no_tag(tmp_path: Path) -> None:
    file = tmp_path / "rows.csv"
    file.write_text("x\n1\n")
    table = Table("rows", {"x": int}, file=file)

    @cache
    def rows() -> int:
        return int(table.read()["x"].sum())

    def draw(a: int = 0) -> Figure:
        return said(rows())

    handler = serve(draw, data=table)
    good = ask(handler)
    file.write_text("x\n2\n")
    kept = ask(handler, **{"if-none-match": good.headers["etag"]})
    assert "etag" in good.headers
    assert (kept.status, kept.headers["cache-control"], "etag" in kept.headers) == (200, "no-store", False)


def test_rows_that_were_read_at_import_have_no_tag(tmp_path: Path) -> None:
    file = tmp_path / "rows.csv"
    file.write_text("x\n1\n")
    table = Table("rows", {"x": int}, file=file)
    rows = table.read()

    def draw(a: int = 0) -> Figure:
        return said(rows["x"].sum())

    assert "etag" not in ask(serve(draw, data=table)).headers


KEPT = Table("kept", {"x": int})


@cache
def first_sum() -> int:
    return int(KEPT.read()["x"].sum())


class Baseline:
    @staticmethod
    @cache
    def first_sum() -> int:
        return int(KEPT.read()["x"].sum())

    @cached_property
    def own_sum(self) -> int:
        return int(KEPT.read()["x"].sum())


BASELINE = Baseline()


@pytest.mark.parametrize("kept", [first_sum, BASELINE.first_sum, lambda: BASELINE.own_sum])
def test_rows_beside_kept_rows_of_the_same_table_have_no_tag(
    kept: Callable[[], int], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "kept.csv"
    file.write_text("x\n1\n")
    monkeypatch.setenv("DATA_KEPT", str(file))

    def draw() -> Figure:
        return said((KEPT.read()["x"].sum(), kept()))

    handler = serve(draw, data=KEPT)
    ask(handler)
    file.write_text("x\n500\n")
    shown = ask(handler)
    assert (shown.status, shown.headers.get("etag")) == (200, None)
    assert shown.headers["cache-control"] == "no-store"


@cache
def cached_answer(handler: Any) -> Answer:
    return ask(handler)


@pytest.mark.parametrize("asked", [ask, cached_answer])
def test_rows_that_are_read_in_a_plain_function_have_a_tag(asked: Callable[[Any], Answer], tmp_path: Path) -> None:
    file = tmp_path / "rows.csv"
    file.write_text("x\n1\n")
    table = Table("rows", {"x": int}, file=file)
    assert "etag" in asked(serve(lambda: said(table.read()), data=table)).headers
