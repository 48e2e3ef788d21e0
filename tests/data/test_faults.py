"""Sources that are stopped, silent, slow or too large: an error soon, and nothing wrong remembered."""

import shutil
import sqlite3
import threading
import tracemalloc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from socket import create_server, socket
from typing import Any

import boto3
import pytest

from plotgate import Table
from plotgate.data import s3, source, sql, table
from plotgate.data.aws import AWS_CONFIG
from plotgate.data.deadline import within
from plotgate.errors import DataError, DataTooLargeError
from tests.data.servers import AWS, PostgreSQL

READY = b"R\0\0\0\x08\0\0\0\0" + b"Z\0\0\0\x05I"  # AuthenticationOk, ReadyForQuery
OBJECT = b'HTTP/1.1 200 OK\r\nETag: "1"\r\nContent-Length: 1000\r\n\r\n'


@contextmanager
def listening(serve: Callable[[socket, threading.Event], None]) -> Iterator[tuple[int, list[socket]]]:
    """The port of a server whose every connection is served by `serve`, and the connections that it had."""
    accepted: list[socket] = []
    closing = threading.Event()
    with create_server(("127.0.0.1", 0)) as server:

        def accept() -> None:
            while not closing.is_set():
                try:
                    connection, _ = server.accept()
                except OSError:
                    return
                accepted.append(connection)
                threading.Thread(target=handle, args=(connection,)).start()

        def handle(connection: socket) -> None:
            with connection:
                try:
                    serve(connection, closing)
                except OSError:
                    return

        thread = threading.Thread(target=accept)
        thread.start()
        try:
            yield server.getsockname()[1], accepted
        finally:
            closing.set()
            with socket() as last:
                last.connect(server.getsockname())
            thread.join()


def mute(connection: socket, closing: threading.Event) -> None:
    closing.wait()


def paused_pooler(connection: socket, closing: threading.Event) -> None:
    """Signs everybody in, and answers nothing, as PgBouncer does after PAUSE."""
    while connection.recv(65536).startswith(b"\0\0\0\x08"):  # asks for encryption
        connection.send(b"N")
    connection.send(READY)
    closing.wait()


def dripping(connection: socket, closing: threading.Event) -> None:
    """Answers a byte at a time, each within every limit of its own."""
    asked = connection.recv(65536)
    connection.send(OBJECT)
    while asked.startswith(b"GET") and not closing.wait(0.02):
        connection.send(b"x")


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sql, "TIME_LIMIT", 0.5)
    monkeypatch.setattr(s3, "TIMEOUT", 0.5)


@pytest.fixture
def s3_at(aws: AWS, monkeypatch: pytest.MonkeyPatch) -> Callable[[int], Table]:
    def at(port: int) -> Table:
        monkeypatch.setenv("AWS_ENDPOINT_URL", f"http://127.0.0.1:{port}")
        monkeypatch.setenv("DATA_NUMBERS", "s3://data/numbers.csv")
        return Table("numbers", {"x": float})

    return at


@pytest.mark.parametrize("serve", [mute, paused_pooler])
def test_a_database_that_does_not_let_itself_be_set_up_is_given_up(
    serve: Callable[[socket, threading.Event], None],
    impatient: None,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    with listening(serve) as (port, accepted):
        monkeypatch.setenv("DATA_NUMBERS", f"postgresql://plots@127.0.0.1:{port}/data?connect_timeout=2")
        numbers = Table("numbers", {"x": float}, version="select 1")
        for ask in (numbers.current_version, numbers.read):
            with pytest.raises(DataError):
                ask()
        assert caplog.text.count("did not answer within 0.5 seconds") == 2
        assert accepted


def test_a_database_is_found_again_after_it_was_given_up(
    postgresql: PostgreSQL, impatient: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    postgresql.execute("create table numbers (x double precision); insert into numbers values (1)")
    numbers = Table("numbers", {"x": float}, version="select count(*) from numbers")
    with listening(paused_pooler) as (port, _):
        monkeypatch.setenv("DATA_NUMBERS", f"postgresql://owner@127.0.0.1:{port}/postgres")
        with pytest.raises(DataError):
            numbers.read()
    monkeypatch.setenv("DATA_NUMBERS", postgresql.address)
    assert list(numbers.read()["x"]) == [1]


@pytest.mark.parametrize("serve", [mute, dripping])
def test_s3_that_does_not_come_to_an_end_is_given_up(
    serve: Callable[[socket, threading.Event], None],
    impatient: None,
    s3_at: Callable[[int], Table],
    caplog: pytest.LogCaptureFixture,
) -> None:
    with listening(serve) as (port, _):
        with pytest.raises(DataError):
            s3_at(port).read()
        assert "did not answer within 0.5 seconds" in caplog.text


def test_a_read_that_was_given_up_ends(
    impatient: None, s3_at: Callable[[int], Table], monkeypatch: pytest.MonkeyPatch
) -> None:
    started = []
    start = threading.Thread.start

    def noted(thread: threading.Thread) -> None:
        started.append(thread)
        start(thread)

    with listening(dripping) as (port, _):
        numbers = s3_at(port)
        monkeypatch.setattr(threading.Thread, "start", noted)
        with pytest.raises(DataError):
            numbers.read()
        reads = [thread for thread in started if thread.name == "plotgate-data"]
        assert reads
        for thread in reads:
            thread.join(timeout=5)
            assert not thread.is_alive()


def test_a_read_that_never_ends_keeps_no_process_from_ending() -> None:
    assert within(5, lambda: threading.current_thread().daemon, lambda: None)


def test_both_tries_of_aws_fit_into_the_limit() -> None:
    config: Any = AWS_CONFIG  # its stubs know no options
    tries = config.retries["total_max_attempts"]
    pause = 1  # second at most, before the second try of botocore's standard mode
    assert tries == 2
    assert tries * config.read_timeout + pause <= source.TIMEOUT
    assert tries * config.connect_timeout + pause <= source.TIMEOUT


def test_half_an_object_is_an_error(s3_at: Callable[[int], Table]) -> None:
    def half(connection: socket, closing: threading.Event) -> None:
        connection.recv(65536)
        connection.send(OBJECT + b"x\n1\n")

    with listening(half) as (port, _):
        numbers = s3_at(port)
        with pytest.raises(DataError):
            numbers.read()
    with listening(lambda connection, closing: whole(connection)) as (port, _):
        numbers = s3_at(port)
        assert list(numbers.read()["x"]) == [1]


def whole(connection: socket) -> None:
    connection.recv(65536)
    connection.send(b'HTTP/1.1 200 OK\r\nETag: "2"\r\nContent-Length: 4\r\nConnection: close\r\n\r\nx\n1\n')


class Clock:
    now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(table, "time", clock)
    monkeypatch.setattr(table, "PAUSE", 5)
    return clock


def test_a_source_that_does_not_answer_is_left_alone_for_a_while(
    clock: Clock, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    with listening(lambda connection, closing: None) as (port, _):
        monkeypatch.setenv("DATA_NUMBERS", f"postgresql://plots@127.0.0.1:{port}/data")
        numbers = Table("numbers", {"x": float}, version="select 1")
        details = set()
        for seconds in (0, 1, 3.9, 0.2, 1, 3.9):
            clock.now += seconds
            for ask in (numbers.current_version, numbers.read):
                with pytest.raises(DataError) as error:
                    ask()
                details.add(error.value.detail)
        assert details == {"The data `numbers` is not available just now."}
        assert len(caplog.messages) == 2  # once each 5 seconds
        assert numbers.address  # nobody has to be asked for it


@pytest.mark.parametrize("server", ["s3", "postgresql"])
def test_a_source_that_is_back_is_found_after_the_pause(
    server: str, clock: Clock, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    stopped: AWS | PostgreSQL
    if server == "s3":
        aws: AWS = request.getfixturevalue("aws")
        stopped = aws
        boto3.client("s3").put_object(Bucket="data", Key="numbers.csv", Body=b"x\n1\n")
        monkeypatch.setenv("DATA_NUMBERS", "s3://data/numbers.csv")
    else:
        postgresql: PostgreSQL = request.getfixturevalue("postgresql")
        stopped = postgresql
        postgresql.execute("create table numbers (x double precision); insert into numbers values (1)")
        monkeypatch.setenv("DATA_NUMBERS", postgresql.address)
    numbers = Table("numbers", {"x": float}, version="select count(*) from numbers")
    version = numbers.current_version()
    stopped.stop()
    try:
        with pytest.raises(DataError):
            numbers.current_version()
    finally:
        stopped.start()
    with pytest.raises(DataError):
        numbers.read()
    clock.now += 5
    assert numbers.current_version() == version
    assert list(numbers.read()["x"]) == [1]


def test_a_query_that_fails_holds_no_other_up(clock: Clock, database: Path) -> None:
    numbers = Table("numbers", {"x": float}, query="select x from numbers where json_valid(json(:kind))")
    with pytest.raises(DataError):
        numbers.read(kind="{")
    assert len(numbers.read(kind="1")) == 3


def test_a_file_is_read_as_soon_as_it_is_back(clock: Clock, tmp_path: Path) -> None:
    numbers = Table("numbers", {"x": float}, file=tmp_path / "numbers.csv")
    with pytest.raises(DataError):
        numbers.current_version()
    (tmp_path / "numbers.csv").write_text("x\nhalf of a numb")
    version = numbers.current_version()
    with pytest.raises(DataError):
        numbers.read()
    (tmp_path / "numbers.csv").write_text("x\n1\n")
    assert numbers.current_version() != version
    assert list(numbers.read()["x"]) == [1]


# More than fits


@pytest.fixture
def database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    with sqlite3.connect(tmp_path / "numbers.db") as connection:
        connection.execute("create table numbers (x real)")
        connection.executemany("insert into numbers values (?)", [(3.0,), (1.0,), (2.0,)])
    connection.close()
    monkeypatch.setenv("DATA_NUMBERS", f"sqlite:///{tmp_path / 'numbers.db'}")
    return tmp_path / "numbers.db"


ENDLESS = "with recursive n(x) as (select 1 union all select x + 1 from n) select x from n"


def test_a_query_without_an_end_is_not_read_to_its_end(database: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (source, sql):
        monkeypatch.setattr(module, "MOST_ROWS", 1000)
    with pytest.raises(DataTooLargeError, match=r"^The data `numbers` must be at most 1000 rows: narrow the range"):
        Table("numbers", {"x": float}, query=ENDLESS).read()


@pytest.mark.parametrize("query", [None, "select generate_series(1, 1000000000)::double precision as x"])
def test_more_rows_than_fit_are_refused_by_name(
    query: str | None, postgresql: PostgreSQL, monkeypatch: pytest.MonkeyPatch
) -> None:
    postgresql.execute("create table numbers as select generate_series(1, 11)::double precision as x")
    monkeypatch.setenv("DATA_NUMBERS", postgresql.address)
    numbers = Table("numbers", {"x": float}, query=query)
    for module in (source, sql):
        monkeypatch.setattr(module, "MOST_ROWS", 10)
    with pytest.raises(DataTooLargeError, match="must be at most 10 rows"):
        numbers.read()
    postgresql.execute("delete from numbers where x > 10")
    if query is None:
        assert len(numbers.read()) == 10


@pytest.mark.parametrize("name", ["numbers.csv", "numbers.json", "readings.parquet"])
def test_a_file_of_more_rows_or_bytes_than_fit_is_refused(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "numbers.csv").write_text("value\n1\n2\n3\n4\n")
    (tmp_path / "numbers.json").write_text('[{"value": 1}, {"value": 2}, {"value": 3}, {"value": 4}]')
    shutil.copy(Path(__file__).with_name("readings.parquet"), tmp_path)
    monkeypatch.setattr(source, "MOST_ROWS", 3)
    with pytest.raises(DataTooLargeError, match="must be at most 3 rows"):
        Table("numbers", {"value": float}, file=tmp_path / name).read()
    monkeypatch.setattr(source, "MOST_ROWS", 4)
    assert len(Table("numbers", {"value": float}, file=tmp_path / name).read()) == 4
    with (tmp_path / name).open("ab") as file:
        file.truncate(64 * 2**20 + 1)
    with pytest.raises(DataTooLargeError, match="The file of the data `numbers` must be at most 64 MB"):
        Table("numbers", {"value": float}, file=tmp_path / name).current_version()


@pytest.mark.parametrize("record", ["{}", "[]", '{"x":1}', '{"x":[[],[]]}', '{"x":{"x":{}}}'])
@pytest.mark.parametrize("rows", [1001, 100_000])
def test_json_that_would_not_fit_is_refused_before_it_is_made(
    record: str, rows: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "numbers.json"
    file.write_text('[{"x":1}]')
    monkeypatch.setattr(source, "MOST_ROWS", 1000)
    numbers = Table("numbers", {"x": float}, file=file)
    numbers.read()  # imports pandas
    file.write_text(f"[{','.join([record] * rows)}]")
    tracemalloc.start()
    try:
        with pytest.raises((DataTooLargeError, DataError)) as error:
            numbers.read()
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert most < 3 * file.stat().st_size + 1_000_000
    if rows == 100_000:
        assert error.value.detail.startswith("The JSON of the data `numbers` must have at most 2000 brackets { and [")


def test_json_of_as_many_brackets_as_fit_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(source, "MOST_ROWS", 2)
    file = tmp_path / "words.json"
    words = Table("words", {"x": str}, file=file)
    file.write_text('[{"x": "["}, {"x": ""}]')
    assert list(words.read()["x"]) == ["", "["]
    file.write_text('[{"x": "["}, {"x": "["}]')
    with pytest.raises(DataTooLargeError, match="must have at most 4 brackets"):
        words.read()


def test_an_object_of_more_bytes_than_fit_is_not_read(s3_at: Callable[[int], Table]) -> None:
    def huge(connection: socket, closing: threading.Event) -> None:
        connection.recv(65536)
        connection.send(OBJECT.replace(b"1000", b"67108865"))
        closing.wait()

    with listening(huge) as (port, _), pytest.raises(DataTooLargeError, match="must be at most 64 MB"):
        s3_at(port).read()
