"""Which rows are read, in which order: the same from every source, however it spells times."""

import json
import sqlite3
import warnings
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, time, timedelta, timezone
from pathlib import Path
from time import tzset
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import pandas as pd
import pytest
import sqlalchemy as sa
from hypothesis import given, settings
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal

from plotgate import Table
from plotgate.data import source, sql
from plotgate.data.selection import Selection, moment
from plotgate.data.sql import orders_rows
from plotgate.errors import DataError
from tests.data.servers import PostgreSQL

PACIFIC = ZoneInfo("America/Los_Angeles")
DAY = timedelta(days=1)
HOUR = timedelta(hours=1)
# From the evening of 31 May to the morning of 3 June, each hour, in UTC.
MOMENTS = [datetime(2015, 5, 31, 22, tzinfo=UTC) + n * HOUR for n in range(59)]
DAYS = [date(2015, 5, 31) + n * DAY for n in range(5)]

Spelling = Callable[[datetime], str]

SPELLINGS: dict[str, Spelling] = {
    "CURRENT_TIMESTAMP of SQLite, psql of a timestamp": lambda moment: f"{moment:%Y-%m-%d %H:%M:%S}",
    "SQLAlchemy": lambda moment: f"{moment:%Y-%m-%d %H:%M:%S.%f}",
    "pandas of times with a zone, adapters of sqlite3": lambda moment: moment.isoformat(" "),
    "ISO 8601": lambda moment: moment.isoformat(),
    "ISO 8601, without a zone": lambda moment: f"{moment:%Y-%m-%dT%H:%M:%S}",
    "JavaScript, strftime('%Y-%m-%dT%H:%M:%fZ')": lambda moment: f"{moment:%Y-%m-%dT%H:%M:%S}.000Z",
    "psql of a timestamptz": lambda moment: f"{moment:%Y-%m-%d %H:%M:%S}+00",
    "strftime('%Y-%m-%d %H:%M')": lambda moment: f"{moment:%Y-%m-%d %H:%M}",
    "ISO 8601, basic": lambda moment: f"{moment:%Y%m%dT%H%M%SZ}",
    "ISO 8601, basic, without a zone": lambda moment: f"{moment:%Y%m%dT%H%M%S}",
    "ISO 8601, basic, with an offset": lambda moment: f"{moment.astimezone(timezone(2 * HOUR)):%Y%m%dT%H%M%S%z}",
    "offsets that differ": lambda moment: moment.astimezone(timezone(moment.hour % 3 * HOUR)).isoformat(" "),
    "spellings that differ": lambda moment: f"{moment:{'%Y%m%dT%H%M%SZ' if moment.hour % 2 else '%Y-%m-%d %H:%M:%S'}}",
    "psql far in the east": lambda moment: moment.astimezone(timezone(14 * HOUR)).isoformat(" "),
    "psql far in the west": lambda moment: moment.astimezone(timezone(-12 * HOUR)).isoformat(" "),
}
DATES: dict[str, Spelling] = {
    "date": lambda moment: f"{moment:%Y-%m-%d}",
    "pandas.to_sql": lambda moment: f"{moment:%Y-%m-%d} 00:00:00",
    "SQLAlchemy of a DateTime": lambda moment: f"{moment:%Y-%m-%d} 00:00:00.000000",
    "ISO 8601": lambda moment: f"{moment:%Y-%m-%d}T00:00:00",
    "ISO 8601, basic": lambda moment: f"{moment:%Y%m%d}",
    "ISO 8601, basic, with a time": lambda moment: f"{moment:%Y%m%dT%H%M%S}",
    "pandas of midnights with a zone": lambda moment: f"{moment:%Y-%m-%d} 00:00:00+02:00",
    "pandas where clocks are changed": lambda moment: f"{moment:%Y-%m-%d} 00:00:00+0{1 + moment.day % 2}:00",
    "spellings that differ": lambda moment: f"{moment:{'%Y%m%d' if moment.day % 2 else '%Y-%m-%d'}}",
    "spellings and offsets that differ": lambda moment: (
        f"{moment:{'%Y%m%dT%H%M%S+0200' if moment.day % 2 else '%Y-%m-%dT23:00:00Z'}}"
    ),
}
RANGES: list[tuple[date | None, date | None]] = [
    (date(2015, 6, 1), date(2015, 6, 2)),
    (None, date(2015, 6, 2)),
    (date(2015, 6, 2), None),
    (datetime(2015, 6, 1, tzinfo=UTC), datetime(2015, 6, 2, tzinfo=UTC)),
    (datetime(2015, 6, 1, 3, tzinfo=UTC), datetime(2015, 6, 1, 3, 30, tzinfo=UTC)),
    (datetime(2015, 6, 1, 3, 0, 0, 1, tzinfo=UTC), datetime(2015, 6, 1, 4, 0, 0, 1, tzinfo=UTC)),
    (datetime(2015, 6, 1, 20, tzinfo=PACIFIC), datetime(2015, 6, 2, 4, tzinfo=PACIFIC)),
    (datetime(2015, 6, 1), datetime(2015, 6, 1, 12)),
]

Place = Callable[[str, list[Any]], None]


@pytest.fixture(params=["csv", "json", "sqlite", "postgresql"])
def place(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Place:
    """Puts a table `log` with a column `at` and one `n`, its number, into a source."""

    def put(kind: str, values: list[Any]) -> None:
        rows = list(enumerate(values))[::-1]
        match request.param:
            case "csv":
                address = str(tmp_path / "log.csv")
                Path(address).write_text("n,at\n" + "".join(f"{n},{value}\n" for n, value in rows))
            case "json":
                address = str(tmp_path / "log.json")
                Path(address).write_text(json.dumps([{"n": n, "at": value} for n, value in rows]))
            case "sqlite":
                address = f"sqlite:///{tmp_path / 'log.db'}"
                with sqlite3.connect(tmp_path / "log.db") as connection:
                    connection.execute(f"create table log (n integer, at {kind})")
                    connection.executemany("insert into log values (?, ?)", rows)
                connection.close()
            case _:
                server: PostgreSQL = request.getfixturevalue("postgresql")
                address = server.address
                server.execute(f"create table log (n bigint, at {kind})")
                server.execute("insert into log values (%s, %s)", rows)
        monkeypatch.setenv("DATA_LOG", address)

    return put


def log(kind: type, zone: str = "UTC") -> Table:
    return Table("log", {"n": int, "at": kind}, time="at", zone=zone)


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_every_spelling_of_a_moment_is_selected_from_every_source(spelling: str, place: Place) -> None:
    place("timestamptz", [SPELLINGS[spelling](moment) for moment in MOMENTS])
    for start, end in RANGES:
        chosen = [n for n, at in enumerate(MOMENTS) if _begin(start) <= at < _begin(end, datetime.max)]
        assert list(log(datetime).read(start, end)["n"]) == chosen


def _begin(value: date | None, otherwise: datetime = datetime.min) -> datetime:
    if value is None:
        return otherwise.replace(tzinfo=UTC)
    found = value if isinstance(value, datetime) else datetime.combine(value, time())
    return found if found.tzinfo else found.replace(tzinfo=UTC)


@pytest.mark.parametrize("spelling", DATES)
def test_every_spelling_of_a_day_is_selected_from_every_source(spelling: str, place: Place) -> None:
    place("date", [DATES[spelling](datetime.combine(day, time())) for day in DAYS])
    days = log(date)
    assert list(days.read(date(2015, 6, 1), date(2015, 6, 3))["n"]) == [1, 2]
    assert list(days.read(date(2015, 6, 3))["n"]) == [3, 4]
    assert list(days.read(end=date(2015, 6, 1))["n"]) == [0]
    assert list(days.read(at=date(2015, 6, 1))["n"]) == [1]


@pytest.mark.parametrize(
    "text", ["06/01/2015", "1.6.2015", "June 1", "now", "today", "1433116800", "2015-W23-1", "soon"]
)
@pytest.mark.parametrize("kind", [date, datetime])
@pytest.mark.parametrize("is_alone", [False, True])
def test_a_text_that_is_no_time_is_refused_and_not_left_out(
    is_alone: bool, kind: type, text: str, place: Place
) -> None:
    try:
        place("text", [text, text] if is_alone else ["2015-06-01", text])
        found = log(kind).read(date(2015, 6, 1), date(2015, 6, 3))
    except DataError:
        return
    pytest.fail(f"it was read as {found}")


def test_what_the_tools_of_sqlite_write_is_selected(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    moments = pd.DataFrame({"n": range(len(MOMENTS)), "at": MOMENTS})
    file = tmp_path / "log.db"
    monkeypatch.setenv("DATA_LOG", f"sqlite:///{file}")

    def by_pandas() -> None:
        with sqlite3.connect(file) as connection:
            moments.to_sql("log", connection, index=False)
        connection.close()

    def by_sqlalchemy() -> None:
        engine = sa.create_engine(f"sqlite:///{file}")
        moments.to_sql("log", engine, index=False)
        engine.dispose()

    def by_adapters() -> None:
        with sqlite3.connect(file) as connection, warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)  # the adapters go, what they wrote stays
            connection.execute("create table log (n integer, at timestamp)")
            connection.executemany("insert into log values (?, ?)", enumerate(MOMENTS))
        connection.close()

    for write in (by_pandas, by_sqlalchemy, by_adapters):
        write()
        chosen = log(datetime).read(date(2015, 6, 1), date(2015, 6, 2))
        assert list(chosen["n"]) == list(range(2, 26))
        file.unlink()


@pytest.mark.parametrize("spelling", ["CURRENT_TIMESTAMP of SQLite, psql of a timestamp", "SQLAlchemy", "ISO 8601"])
def test_a_query_of_sqlite_compares_what_its_own_functions_write(
    spelling: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with sqlite3.connect(tmp_path / "log.db") as connection:
        connection.execute("create table log (n integer, at text)")
        connection.executemany("insert into log values (?, ?)", enumerate(map(SPELLINGS[spelling], MOMENTS)))
    connection.close()
    monkeypatch.setenv("DATA_LOG", f"sqlite:///{tmp_path / 'log.db'}")
    query = "select n, at from log where datetime(at) >= :start and datetime(at) < :end"
    table = Table("log", {"n": int, "at": datetime}, time="at", query=query)
    assert list(table.read(date(2015, 6, 1), date(2015, 6, 2))["n"]) == list(range(2, 26))


def test_a_number_is_no_time_and_is_not_left_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with sqlite3.connect(tmp_path / "log.db") as connection:
        connection.execute("create table log (n integer, at integer)")
        connection.execute("insert into log values (0, 1433116800)")
    connection.close()
    monkeypatch.setenv("DATA_LOG", f"sqlite:///{tmp_path / 'log.db'}")
    with pytest.raises(DataError):
        log(datetime).read(date(2015, 6, 1), date(2015, 6, 2))


@pytest.mark.parametrize(("start", "end"), [(date(2015, 6, 1), None), (None, date(2015, 6, 3))])
def test_bytes_are_no_time_and_are_not_left_out(
    start: date | None, end: date | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with sqlite3.connect(tmp_path / "log.db") as connection:
        connection.execute("create table log (n integer, at text)")
        connection.execute("insert into log values (0, ?)", (b"2015-06-02",))
    connection.close()
    monkeypatch.setenv("DATA_LOG", f"sqlite:///{tmp_path / 'log.db'}")
    with pytest.raises(DataError):
        log(date).read(start, end)


def test_rows_beside_a_range_of_sqlite_do_not_count(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with sqlite3.connect(tmp_path / "log.db") as connection:
        connection.execute("create table log (n integer, at text)")
        rows = [(n, f"{date(2015, 6, 1) + n * DAY}") for n in range(30)]
        connection.executemany("insert into log values (?, ?)", rows)
    connection.close()
    monkeypatch.setenv("DATA_LOG", f"sqlite:///{tmp_path / 'log.db'}")
    for module in (source, sql):
        monkeypatch.setattr(module, "MOST_ROWS", 10)
    assert list(log(date).read(start=date(2015, 6, 29))["n"]) == [28, 29]
    assert list(log(date).read(end=date(2015, 6, 3))["n"]) == [0, 1]


@pytest.fixture
def elsewhere(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The clock of a computer that is not set to UTC."""
    with monkeypatch.context() as context:
        context.setenv("TZ", "America/Los_Angeles")
        tzset()
        yield
    tzset()


def test_a_query_is_given_times_in_utc_wherever_it_is_asked(
    elsewhere: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with sqlite3.connect(tmp_path / "log.db") as connection:
        connection.execute("create table log (n integer, at text)")
        connection.executemany(
            "insert into log values (?, ?)", [(0, "2015-06-01 11:00:00"), (1, "2015-06-01 13:00:00")]
        )
    connection.close()
    monkeypatch.setenv("DATA_LOG", f"sqlite:///{tmp_path / 'log.db'}")
    query = "select n, at from log where at >= :start"
    table = Table("log", {"n": int, "at": datetime}, time="at", query=query)
    assert list(table.read(datetime(2015, 6, 1, 12, tzinfo=UTC))["n"]) == [1]


# Days and moments of a zone


def test_days_of_a_zone_are_selected_from_every_source(place: Place) -> None:
    place("timestamptz", [moment.isoformat() for moment in MOMENTS])
    chosen = log(datetime, "America/Los_Angeles").read(date(2015, 6, 1), date(2015, 6, 2))
    assert {moment.astimezone(PACIFIC).date() for moment in chosen["at"]} == {date(2015, 6, 1)}
    assert len(chosen) == 24
    assert list(log(datetime, "America/Los_Angeles").read(datetime(2015, 6, 1, 4), datetime(2015, 6, 1, 5))["n"]) == [
        13
    ]


def test_the_day_of_a_moment_is_selected_from_every_source(place: Place) -> None:
    place("date", [day.isoformat() for day in DAYS])
    days = log(date, "America/Los_Angeles")
    midnight = datetime(2015, 6, 1, tzinfo=PACIFIC)
    for start, end, chosen in (
        (midnight, midnight + DAY, [1]),
        (midnight, midnight + DAY + HOUR, [1, 2]),  # the last day is part of the range
        (midnight + HOUR, midnight + 2 * HOUR, [1]),
        (midnight - HOUR, midnight, [0]),
        (midnight.astimezone(UTC), (midnight + DAY).astimezone(UTC), [1]),
    ):
        assert list(days.read(start, end)["n"]) == chosen


def test_the_days_of_changes_of_clocks_are_whole(place: Place) -> None:
    first = datetime(2015, 3, 7, tzinfo=UTC)
    place("timestamptz", [(first + n * HOUR).isoformat() for n in range(96)])
    hours = log(datetime, "America/Los_Angeles")
    assert [len(hours.read(day, day + DAY)) for day in (date(2015, 3, 7), date(2015, 3, 8))] == [24, 23]


def test_a_day_that_begins_after_midnight_is_not_begun_at_its_first_moment() -> None:
    zone = "America/Sao_Paulo"  # clocks were put forward over the midnight of 18 October 2015
    first = datetime(2015, 10, 18, 1, tzinfo=ZoneInfo(zone))
    days = Selection(first - DAY, first).compared({"at": date}, "at", zone)
    assert (days.start, days.end) == (date(2015, 10, 17), date(2015, 10, 18))
    assert moment(date(2015, 10, 18), zone) == first


@pytest.mark.parametrize("zone", ["Asia/Tokyo", "America/Los_Angeles", "UTC"])
@pytest.mark.parametrize("kind", [date, datetime])
def test_the_first_and_the_last_of_all_days_are_days(zone: str, kind: type, place: Place) -> None:
    place("date" if kind is date else "timestamptz", [date(2015, 6, 1).isoformat()])
    for start, end in (
        (date.min, date.max),
        (datetime.min, datetime.max),
        (datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)),
    ):
        assert len(log(kind, zone).read(start, end)) == 1


def test_an_unknown_zone_is_refused_at_once() -> None:
    with pytest.raises(ZoneInfoNotFoundError):
        log(datetime, "Seattle")


ZONES = st.sampled_from(["UTC", "America/Los_Angeles", "America/Sao_Paulo", "Asia/Kathmandu"])
TIMES = st.datetimes(datetime(1990, 1, 1), datetime(2030, 1, 1))


@given(start=TIMES, length=st.timedeltas(timedelta(minutes=1), timedelta(days=40)), zone=ZONES)
def test_the_days_of_a_range_are_those_that_it_touches(start: datetime, length: timedelta, zone: str) -> None:
    begin = start.replace(tzinfo=UTC)
    end = begin + length
    days = Selection(begin, end).compared({"at": date}, "at", zone)
    assert isinstance(days.start, date)
    assert isinstance(days.end, date)
    assert moment(days.start, zone) <= begin < moment(days.start + DAY, zone)
    assert moment(days.end - DAY, zone) < end <= moment(days.end, zone)


# Order


ROWS = st.lists(
    st.tuples(
        st.sampled_from(["2015-06-01", "2015-06-02", ""]),
        st.sampled_from(["", "a", "B", "ä", "10", "9"]),
        st.sampled_from([float("nan"), 0.0, -0.0, -1.5, 1e300]),
        st.booleans(),
    ),
    min_size=1,
    max_size=12,
)


@settings(deadline=None, max_examples=50)
@given(rows=ROWS, random=st.randoms(), timed=st.booleans())
def test_rows_in_any_order_are_read_in_one(rows: list[Any], random: Any, timed: bool, tmp_path_factory: Any) -> None:
    folder: Path = tmp_path_factory.mktemp("rows")
    read = []
    for _ in range(2):
        random.shuffle(rows)
        lines = [f"{day},{text},{'' if number != number else number},{flag}" for day, text, number, flag in rows]
        (folder / "log.csv").write_text("\n".join(["day,text,number,flag", *lines]))
        columns = {"text": str, "number": float, "day": date, "flag": bool}
        read.append(Table("log", columns, file=folder / "log.csv", time="day" if timed else None).read())
    assert_frame_equal(read[0], read[1], check_exact=True)
    assert repr(read[0].to_dict("list")) == repr(read[1].to_dict("list"))  # -0.0 equals 0.0
    if timed:
        days = read[0]["day"].dropna()
        assert days.is_monotonic_increasing


def test_ties_are_the_same_from_every_source(place: Place) -> None:
    place("timestamptz", ["2015-06-01T00:00:00Z"] * 5 + ["2015-05-31T00:00:00Z"])
    tied = Table("log", {"n": int, "at": datetime}, time="at")
    assert list(tied.read()["n"]) == [5, 0, 1, 2, 3, 4]
    assert list(Table("log", {"n": int, "at": datetime}).read()["n"]) == [0, 1, 2, 3, 4, 5]


@pytest.fixture
def shuffled(postgresql: PostgreSQL, monkeypatch: pytest.MonkeyPatch) -> PostgreSQL:
    postgresql.execute(
        "create table log (n bigint, at date); insert into log values (2, '2015-06-01'), (1, '2015-06-01')"
    )
    monkeypatch.setenv("DATA_LOG", postgresql.address)
    return postgresql


def test_a_query_is_ordered_as_a_table_unless_it_says_otherwise(shuffled: PostgreSQL) -> None:
    def rows(query: str) -> list[int]:
        table = Table("log", {"n": int, "at": date}, time="at", query=query, version="select 1")
        assert not table.current_version().exact
        return list(table.read()["n"])

    assert rows("select n, at from log") == [1, 2]
    assert rows("select n, at from (select * from log order by n desc) as sorted") == [1, 2]
    assert rows("select n, at from log order by n desc") == [2, 1]
    assert Table("log", {"n": int}, version="select 1").current_version().exact
    assert not Table("log", {"n": int}).current_version().exact  # only how old rows may be


@pytest.mark.parametrize(
    ("query", "ordered"),
    [
        ("select 1 ORDER\n  BY 1", True),
        ("select 1 order by f(g(1))", True),
        ("select ')' order by 1", True),
        ("select 1", False),
        ("select rank() over (order by x) from t", False),
        ("select 'order by'", False),
        ('select "order by" from t', False),
        ("select 1 -- order by 1", False),
        ("select 1 /* order\nby 1 */", False),
        ("select 'it''s (' from (select 1 order by 1) t", False),
        ("select reorder by_x", False),
    ],
)
def test_an_order_of_its_own_is_known_by_its_words(query: str, ordered: bool) -> None:
    assert orders_rows(query) == ordered


# What a query does not use


def test_what_a_query_does_not_use_is_refused(shuffled: PostgreSQL) -> None:
    query = "select n, at::date from log where n = :number and at >= :start"
    table = Table("log", {"n": int, "at": date}, time="at", query=query)
    assert list(table.read(date(2015, 1, 1), number=1)["n"]) == [1]
    for arguments in ({"station": "KSEA"}, {"n": 1}, {"num": 1}, {"date": 1}, {"end": date(2015, 1, 1)}):
        name = next(iter(arguments))
        with pytest.raises(TypeError, match=f"^The query of the table `log` must use `:{name}` to be read by it"):
            table.read(**{"start": date(2015, 1, 1), "number": 1, **arguments})  # type: ignore[arg-type]
