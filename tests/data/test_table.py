"""One table, wherever it lives."""

import json
import logging
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import boto3
import pandas as pd
import psycopg
import pytest
from pandas.testing import assert_frame_equal

from plotgate import Table
from plotgate.data import sql
from plotgate.data.postgresql import SETTINGS
from plotgate.errors import DataError
from tests.data.servers import AWS, OWNER, PASSWORD, PostgreSQL
from tests.found import ROOT

COLUMNS: dict[str, type] = {
    "time": datetime,
    "day": date,
    "station": str,
    "count": int,
    "value": float,
    "good": bool,
}
ROWS: list[tuple[Any, ...]] = [
    (datetime(2015, 3, 1, 6, tzinfo=UTC), date(2015, 3, 1), "NA", 3, 0.1 + 0.2, True),
    (datetime(2015, 3, 1, 7, 0, 0, 250_000, tzinfo=UTC), date(2015, 3, 2), "007", -1, -1e-9, False),
    (datetime(2015, 3, 1, 8, tzinfo=UTC), None, None, 0, None, True),
    (datetime(2015, 3, 1, 9, tzinfo=UTC), date(2015, 3, 4), "Zürich, 'x'", 2**53 + 1, 1e22, False),
]
SCHEMA = (
    'create table readings ("time" {time}, day date, station text, count bigint, value double precision, good {bool})'
)
PLOTGATES = "from pg_stat_activity where application_name = 'plotgate'"


def expected() -> pd.DataFrame:
    columns = dict(zip(COLUMNS, zip(*ROWS, strict=True), strict=True))
    return pd.DataFrame(
        {
            "time": pd.Series(pd.to_datetime(list(columns["time"]), utc=True)).dt.as_unit("us"),
            "day": pd.Series(pd.to_datetime(list(columns["day"]))).dt.as_unit("us"),
            "station": pd.Series(columns["station"], dtype="str"),
            "count": pd.Series(columns["count"], dtype="int64"),
            "value": pd.Series(columns["value"], dtype="float64"),
            "good": pd.Series(columns["good"], dtype="bool"),
        }
    )


def shuffled() -> list[tuple[Any, ...]]:
    return [ROWS[i] for i in (2, 0, 3, 1)]


def csv_file(folder: Path) -> Path:
    def text(value: Any) -> str:
        if isinstance(value, str):
            return f'"{value}"'
        return "" if value is None else value.isoformat() if isinstance(value, date) else repr(value)

    file = folder / "readings.csv"
    lines = [",".join(["extra", *COLUMNS]), *(",".join(["x", *map(text, row)]) for row in shuffled())]
    file.write_text("\n".join(lines))
    return file


def json_file(folder: Path) -> Path:
    file = folder / "readings.json"
    records = [dict(zip(COLUMNS, row, strict=True)) for row in shuffled()]
    file.write_text(json.dumps(records, default=lambda value: value.isoformat()))
    return file


def parquet_file(folder: Path) -> Path:
    """Written by pyarrow 26, which is not installed here, for pandas would change its types for it."""
    return Path(shutil.copy(Path(__file__).with_name("readings.parquet"), folder))


def sqlite_file(folder: Path) -> Path:
    file = folder / "readings.db"

    def text(value: Any) -> Any:
        if isinstance(value, datetime):
            return value.strftime("%Y-%m-%d %H:%M:%S.%f")
        return value.isoformat() if isinstance(value, date) else value

    with sqlite3.connect(file) as connection:
        connection.execute(SCHEMA.format(time="text", bool="integer"))
        rows = [tuple(map(text, row)) for row in shuffled()]
        connection.executemany("insert into readings values (?, ?, ?, ?, ?, ?)", rows)
    connection.close()
    return file


def fill(server: PostgreSQL) -> None:
    server.execute(SCHEMA.format(time="timestamptz", bool="boolean"))
    server.execute("insert into readings values (%s, %s, %s, %s, %s, %s)", shuffled())


@pytest.fixture(params=["csv", "json", "parquet", "s3", "sqlite", "postgresql"])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    match request.param:
        case "csv":
            return str(csv_file(tmp_path))
        case "json":
            return str(json_file(tmp_path))
        case "parquet":
            return str(parquet_file(tmp_path))
        case "s3":
            request.getfixturevalue("aws")
            boto3.client("s3").upload_file(str(csv_file(tmp_path)), "data", "a folder/readings.csv")
            return "s3://data/a folder/readings.csv"
        case "sqlite":
            return f"sqlite:///{sqlite_file(tmp_path)}"
        case _:
            server: PostgreSQL = request.getfixturevalue("postgresql")
            fill(server)
            return server.address


@pytest.fixture
def readings(address: str, monkeypatch: pytest.MonkeyPatch) -> Table:
    monkeypatch.setenv("DATA_READINGS", address)
    return Table("readings", COLUMNS, time="time")


def test_every_source_gives_the_same_data_frame(readings: Table) -> None:
    assert_frame_equal(readings.read(), expected(), check_exact=True)


def test_every_source_selects_by_time(readings: Table) -> None:
    pacific = timezone(timedelta(hours=-8))
    start, end = datetime(2015, 2, 28, 23, tzinfo=pacific), datetime(2015, 3, 1, 9, tzinfo=UTC)
    selected = readings.read(start, end)
    assert_frame_equal(selected, expected()[1:3].reset_index(drop=True), check_exact=True)


def test_every_source_selects_by_day(readings: Table) -> None:
    assert len(readings.read(date(2015, 3, 1), date(2015, 3, 2))) == 4
    assert readings.read(date(2015, 3, 2)).empty
    by_day = Table("readings", COLUMNS, time="day")
    days = by_day.read(date(2015, 3, 1), date(2015, 3, 4))
    assert list(days["count"]) == [3, -1]
    assert_frame_equal(days, expected()[:2], check_exact=True)


def test_every_source_selects_by_value(readings: Table) -> None:
    assert list(readings.read(station="Zürich, 'x'")["count"]) == [2**53 + 1]
    assert readings.read(station="x' or '1'='1").empty
    assert len(readings.read(good=True)) == 2


def test_an_empty_selection_keeps_the_types_of_columns(readings: Table) -> None:
    assert_frame_equal(readings.read(station="nowhere"), expected()[:0], check_exact=True)


def test_what_an_author_does_to_a_data_frame_is_not_read_again(readings: Table) -> None:
    frame = readings.read()
    frame["value"] = 0.0
    frame.loc[0, "station"] = "changed"
    assert_frame_equal(readings.read(), expected())


@pytest.mark.parametrize("missing", ["", "NA", "N/A", "#N/A", "NaN", "NULL", "null"])
def test_missing_values_are_those_that_other_tools_write_and_a_text_stays_one(missing: str, tmp_path: Path) -> None:
    file = tmp_path / "land.csv"
    rows = f'"","day","v","land"\r\n"1","2024-03-29","1.5","DE"\r\n"2",{missing},{missing},"NA"\r\n'
    file.write_bytes(f"\ufeff{rows}".encode())
    frame = Table("land", {"day": date, "v": float, "land": str}, file=file).read()
    assert frame["v"].isna().tolist() == frame["day"].isna().tolist() == [False, True]
    assert frame["land"].tolist() == ["DE", "NA"]


def test_a_column_that_is_missing_is_named_in_the_log_alone(
    address: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setenv("DATA_READINGS", address)
    with pytest.raises(DataError, match=r"^The data `readings` is not available just now\.$"):
        Table("readings", {"depth": float}).read()
    assert "depth" in caplog.text


@pytest.mark.parametrize(
    ("kind", "value"), [(int, "1.5"), (int, ""), (float, "much"), (bool, "2"), (date, "soon"), (datetime, "32.13.2015")]
)
def test_a_value_of_another_type_is_refused(
    kind: type, value: str, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    file = tmp_path / "table.csv"
    file.write_text(f"x,y\n{value},\n")
    with pytest.raises(DataError):
        Table("table", {"x": kind}, file=file).read()
    assert f"The column `x` of the data must be {kind.__name__}" in caplog.text


@pytest.mark.parametrize(
    ("address", "reason"),
    [
        ("mysql://host/database", "must be a path, s3, postgresql or sqlite, not 'mysql'"),
        ("table.xlsx", "must end in one of .csv, .json, .parquet"),
        ("/nowhere/table.csv", "No such file"),
        ("sqlite:////nowhere/table.db", "unable to open database file"),
        ("postgresql//user:hunter2@host/database", "must end in one of .csv, .json, .parquet"),
        ("postgresql://user@host/database?password=hunter2", "must hold no password, which DATA_TABLE_SECRET names"),
        ("postgresql://user:hunter2@host/database", "must hold no password, which DATA_TABLE_SECRET names"),
    ],
)
def test_a_wrong_address_is_explained_in_the_log_alone(
    address: str, reason: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setenv("DATA_TABLE", address)
    with pytest.raises(DataError) as error:
        Table("table", {"x": float}).current_version()
        Table("table", {"x": float}, version="select count(*) from t").current_version()
    assert "host" not in error.value.detail
    assert "nowhere" not in error.value.detail
    assert reason in caplog.text
    assert "hunter2" not in caplog.text


def test_a_declaration_that_cannot_be_read_is_refused_at_once() -> None:
    with pytest.raises(
        TypeError, match="The type of the column `x` must be one of str, int, float, bool, date, datetime"
    ):
        Table("table", {"x": complex})
    with pytest.raises(ValueError, match="must be a column of type date or datetime, not 'x'"):
        Table("table", {"x": float}, time="x")
    with pytest.raises(TypeError, match="must name its time"):
        Table("table", {"x": float}).read(date(2015, 1, 1))
    with pytest.raises(TypeError, match="must have the column `y`"):
        Table("table", {"x": float}).read(y=1)


def test_a_files_version_follows_its_content(tmp_path: Path) -> None:
    table = Table("readings", COLUMNS, file=csv_file(tmp_path), time="time")
    version = table.current_version().version
    os.utime(tmp_path / "readings.csv")
    assert table.current_version().version == version
    with (tmp_path / "readings.csv").open("a") as file:
        file.write("\nx,2015-03-02T06:00:00Z,2015-03-02,new,1,1,True")
    assert table.current_version().version != version
    assert list(table.read()["station"])[-1] == "new"


def test_an_s3_object_is_read_again_only_when_it_changed(aws: AWS, monkeypatch: pytest.MonkeyPatch) -> None:
    reads: list[Any] = []
    boto3.setup_default_session()
    assert boto3.DEFAULT_SESSION is not None
    boto3.DEFAULT_SESSION.events.register(
        "after-call.s3.GetObject", lambda parsed, **_: reads.append(parsed.get("Body"))
    )
    client = boto3.client("s3")
    client.put_object(Bucket="data", Key="t.csv", Body=b"x\n1\n")
    monkeypatch.setenv("DATA_TABLE", "s3://data/t.csv")
    table = Table("table", {"x": float})
    version = table.current_version().version
    assert list(table.read()["x"]) == list(table.read()["x"]) == [1]
    assert [body is not None for body in reads] == [True, False]
    client.put_object(Bucket="data", Key="another.csv", Body=b"x\n3\n")
    client.put_object(Bucket="data", Key="t.csv", Body=b"x\n1\n")
    assert table.current_version().version == version
    client.put_object(Bucket="data", Key="t.csv", Body=b"x\n2\n")
    assert table.current_version().version != version
    assert list(table.read()["x"]) == [2]
    assert [body is not None for body in reads] == [True, False, True]


def test_s3_that_is_away_is_an_error_and_is_found_again(aws: AWS, monkeypatch: pytest.MonkeyPatch) -> None:
    boto3.client("s3").put_object(Bucket="data", Key="t.csv", Body=b"x\n1\n")
    monkeypatch.setenv("DATA_TABLE", "s3://data/t.csv")
    table = Table("table", {"x": float})
    version = table.current_version().version
    aws.stop()
    try:
        with pytest.raises(DataError):
            table.current_version()
        with pytest.raises(DataError):
            table.read()
    finally:
        aws.start()
    assert table.current_version().version == version


ROTATED = "another"
VERSION = 'select count(*), max("time") from readings'


@pytest.fixture
def live(postgresql: PostgreSQL, monkeypatch: pytest.MonkeyPatch) -> Table:
    fill(postgresql)
    monkeypatch.setenv("DATA_READINGS", postgresql.address)
    return Table("readings", COLUMNS, time="time", version=VERSION)


def test_a_databases_version_is_the_authors_query(live: Table, postgresql: PostgreSQL) -> None:
    version = live.current_version().version
    assert live.current_version().version == version
    postgresql.execute("create table another (x int); insert into another values (1)")
    assert live.current_version().version == version
    postgresql.execute("insert into readings values (now(), null, 'new', 1, 1, true)")
    assert live.current_version().version != version
    assert live.current_version().exact


def test_without_a_query_a_databases_version_is_a_window_of_time(
    postgresql: PostgreSQL, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATA_READINGS", postgresql.address)
    table = Table("readings", COLUMNS, version=timedelta(minutes=5))
    monkeypatch.setattr(time, "time", lambda: 1_000_200.0)
    version = table.current_version().version
    monkeypatch.setattr(time, "time", lambda: 1_000_499.0)
    assert table.current_version().version == version
    monkeypatch.setattr(time, "time", lambda: 1_000_500.0)
    assert table.current_version().version != version
    assert not table.current_version().exact


def test_an_authors_query_has_its_values_bound(postgresql: PostgreSQL, monkeypatch: pytest.MonkeyPatch) -> None:
    fill(postgresql)
    monkeypatch.setenv("DATA_READINGS", postgresql.address)
    query = 'select "time", station, count * 2 as count from readings where "time" >= :start and station = :station'
    table = Table("readings", {"time": datetime, "station": str, "count": int}, time="time", query=query)
    found = table.read(date(2015, 1, 1), station="007")
    assert list(found["count"]) == [-2]
    assert table.read(date(2015, 1, 1), station="'; drop table readings; --").empty
    assert len(table.read(date(2015, 1, 1), station="NA")) == 1


@pytest.mark.parametrize(
    "statement", ["insert into readings values (now())", "drop table readings", "create table t (x int)"]
)
def test_a_database_is_never_written(live: Table, statement: str, caplog: pytest.LogCaptureFixture) -> None:
    writing = Table("readings", COLUMNS, version=statement)
    with pytest.raises(DataError):
        writing.current_version()
    assert "read-only transaction" in caplog.text
    assert len(live.read()) == 4


def test_sqlite_is_never_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setenv("DATA_READINGS", f"sqlite:///{sqlite_file(tmp_path)}")
    with pytest.raises(DataError):
        Table("readings", COLUMNS, version="delete from readings").current_version()
    assert "readonly database" in caplog.text


def test_a_lost_connection_is_made_anew(live: Table, postgresql: PostgreSQL) -> None:
    version = live.current_version().version
    postgresql.execute(f"select pg_terminate_backend(pid) {PLOTGATES}")
    assert live.current_version().version == version
    postgresql.stop()
    with pytest.raises(DataError):
        live.current_version()
    postgresql.start()
    assert live.current_version().version == version
    assert len(live.read()) == 4


def test_one_connection_is_kept(live: Table, postgresql: PostgreSQL) -> None:
    for _ in range(5):
        live.current_version()
        live.read()
    with postgresql.connect() as connection:
        count = connection.execute(f"select count(*) {PLOTGATES}".encode()).fetchone()
    assert count == (1,)


def test_a_slow_query_is_broken_off_by_the_server(
    live: Table, postgresql: PostgreSQL, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setitem(SETTINGS, "statement_timeout", "100ms")
    with pytest.raises(DataError):
        Table("readings", COLUMNS, version="select pg_sleep(60)").current_version()
    assert "statement timeout" in caplog.text


def test_a_server_that_hangs_is_given_up(
    live: Table, postgresql: PostgreSQL, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(sql, "TIME_LIMIT", 0.5)
    version = live.current_version().version
    with postgresql.connect() as connection:
        pid = connection.execute(f"select pid {PLOTGATES}".encode()).fetchone()
    assert pid is not None
    os.kill(pid[0], signal.SIGSTOP)
    try:
        with pytest.raises(DataError):
            live.current_version()
    finally:
        os.kill(pid[0], signal.SIGCONT)
    assert "did not answer within 0.5 seconds" in caplog.text
    assert live.current_version().version == version


def test_a_slow_query_of_sqlite_is_broken_off(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(sql, "TIME_LIMIT", 0.5)
    monkeypatch.setenv("DATA_READINGS", f"sqlite:///{sqlite_file(tmp_path)}")
    endless = "with recursive n(x) as (select 1 union all select x + 1 from n) select count(*) from n"
    with pytest.raises(DataError):
        Table("readings", COLUMNS, version=endless).current_version()
    assert "did not answer within 0.5 seconds" in caplog.text


@pytest.mark.parametrize("service", ["secretsmanager", "secretsmanager as RDS keeps it", "ssm"])
def test_a_password_comes_from_where_the_configuration_says(
    service: str,
    live: Table,
    aws: AWS,
    postgresql: PostgreSQL,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG)
    monkeypatch.delenv("PGPASSWORD")
    with pytest.raises(DataError):
        live.current_version()
    name = f"/weather/{service.replace(' ', '-')}"
    monkeypatch.setenv("DATA_READINGS_SECRET", stored(service, name, PASSWORD))
    caplog.clear()
    assert live.current_version().version
    assert PASSWORD not in caplog.text


def test_a_password_that_was_rotated_is_read_again(
    live: Table, aws: AWS, postgresql: PostgreSQL, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("PGPASSWORD")
    monkeypatch.setenv("DATA_READINGS_SECRET", stored("secretsmanager", "rotated", PASSWORD))
    version = live.current_version().version
    try:
        postgresql.execute(f"alter role {OWNER} password '{ROTATED}'")
        boto3.client("secretsmanager").put_secret_value(SecretId="rotated", SecretString=ROTATED)
        with psycopg.connect(postgresql.address, password=ROTATED, autocommit=True) as connection:
            connection.execute(f"select pg_terminate_backend(pid) {PLOTGATES}".encode())
        assert live.current_version().version == version
    finally:
        with psycopg.connect(postgresql.address, password=ROTATED, autocommit=True) as connection:
            connection.execute(f"alter role {OWNER} password '{PASSWORD}'".encode())


def test_a_secret_that_is_none_never_shows(
    live: Table, aws: AWS, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    for number, text in enumerate(('{"user": "hunter2"}', "{hunter2", "[hunter2]")):
        monkeypatch.setenv("DATA_READINGS_SECRET", stored("secretsmanager", f"broken-{number}", text))
        caplog.clear()
        with pytest.raises(DataError) as error:
            live.current_version()
        assert "hunter2" not in error.value.detail + caplog.text
    monkeypatch.setenv("DATA_READINGS_SECRET", "hunter2")
    with pytest.raises(DataError):
        live.current_version()
    assert "hunter2" not in caplog.text


def stored(service: str, name: str, text: str) -> str:
    """The ARN of a new secret."""
    if service == "ssm":
        client = boto3.client("ssm")
        client.put_parameter(Name=name, Value=text, Type="SecureString")
        return client.get_parameter(Name=name)["Parameter"]["ARN"]
    if service.endswith("RDS keeps it"):
        text = json.dumps({"username": OWNER, "password": text})
    return boto3.client("secretsmanager").create_secret(Name=name, SecretString=text)["ARN"]


def test_a_source_imports_its_own_libraries_alone(tmp_path: Path) -> None:
    program = """
import sys
from datetime import datetime
from pathlib import Path
from plotgate import Table
table = Table("readings", {"time": datetime, "value": float}, file=Path(sys.argv[1]), time="time")
table.current_version().version
assert "pandas" not in sys.modules
assert len(table.read()) == 4
print(*sorted({"boto3", "sqlalchemy", "psycopg", "arro3"} & set(sys.modules)))
"""
    for file, libraries in ((csv_file(tmp_path), ""), (json_file(tmp_path), ""), (parquet_file(tmp_path), "arro3")):
        run = subprocess.run([sys.executable, "-c", program, file], capture_output=True, text=True, check=True)
        assert run.stdout.strip() == libraries


def test_a_plot_without_a_table_imports_no_library_of_a_source() -> None:
    program = """
import sys
from functions.breast_cancer_data.correlation_matrix.app import draw, handler
draw()
assert handler.plot.tables == ()
print(*sorted({"boto3", "sqlalchemy", "psycopg", "arro3", "plotgate.data.file", "sqlite3"} & set(sys.modules)))
"""
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=ROOT)
    assert run.stdout.strip() == ""
