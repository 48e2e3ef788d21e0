"""The weather plots, switched to PostgreSQL and S3 by their environment alone."""

import csv
import io
import os
import subprocess
import sys
from urllib.parse import quote

import boto3
import pytest
from PIL import Image
from psycopg.errors import LockNotAvailable

from plotgate import Table
from plotgate.serve import Handler
from tests.data.servers import AWS, PostgreSQL
from tests.found import FUNCTIONS, ROOT, plot_handler
from tests.wire import Answer, Request, answer, http_api

FILE = FUNCTIONS / "weather" / "temperature" / "seattle_weather.csv"
PLOTS = ["weather/temperature", "weather/precipitation"]
RANGE = "start=2015-06-01&end=2015-07-01&width=500"


handlers: dict[str, Handler] = {}


@pytest.fixture(autouse=True)
def new_environments() -> None:
    """Handlers that remember no pictures."""
    handlers.clear()


def get(plot: str, query: str = RANGE, **headers: str) -> Answer:
    handler = handlers.setdefault(plot, Handler(plot_handler(plot).plot))
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    request = Request(f"/plots/{plot}", query, headers={"host": "localhost", **named})
    return answer(handler(http_api(request), None))


def fill(server: PostgreSQL) -> None:
    server.execute((ROOT / "docs" / "weather.sql").read_text())
    with FILE.open() as file:
        rows = [tuple(row) for row in list(csv.reader(file))[1:]]
    server.execute("insert into weather values (%s, %s, %s, %s, %s, %s)", rows)


@pytest.fixture
def database(postgresql: PostgreSQL, monkeypatch: pytest.MonkeyPatch) -> PostgreSQL:
    fill(postgresql)
    monkeypatch.setenv("DATA_WEATHER", postgresql.address)
    return postgresql


@pytest.fixture
def bucket(aws: AWS, monkeypatch: pytest.MonkeyPatch) -> AWS:
    put(FILE.read_bytes())
    monkeypatch.setenv("DATA_WEATHER", "s3://data/seattle/weather.csv")
    return aws


def pixels(picture: bytes) -> bytes:
    return Image.open(io.BytesIO(picture)).tobytes()


def put(content: bytes) -> None:
    boto3.client("s3").put_object(Bucket="data", Key="seattle/weather.csv", Body=content)


@pytest.mark.parametrize("plot", PLOTS)
def test_the_picture_is_the_same_wherever_the_table_is(plot: str, request: pytest.FixtureRequest) -> None:
    own = get(plot)
    assert own.status == 200
    for place in ("database", "bucket"):
        request.getfixturevalue(place)
        found = get(plot)
        assert pixels(found.body) == pixels(own.body)  # its metadata tells another version of the data
        assert found.headers["etag"] != own.headers["etag"]
        assert "max-age=60," in found.headers["cache-control"]


@pytest.mark.parametrize("plot", PLOTS)
def test_a_new_row_is_a_new_picture_and_nothing_else_is(plot: str, database: PostgreSQL) -> None:
    old = get(plot)
    database.execute("create table another (x int); insert into another values (1); analyze weather")
    assert get(plot, if_none_match=old.headers["etag"]).status == 304
    assert get(plot, f"{RANGE}&theme=light", if_none_match=old.headers["etag"]).status == 304
    database.execute("update weather set temp_max = 39, precipitation = 39 where date = '2015-06-09'")
    new = get(plot, if_none_match=old.headers["etag"])
    assert new.status == 200
    assert new.headers["etag"] != old.headers["etag"]
    assert new.body != old.body
    assert get(plot, if_none_match=new.headers["etag"]).status == 304


def test_the_version_sees_every_change(database: PostgreSQL) -> None:
    table = Table("weather", {"temp_max": float}, version="select count(*), max(updated_at) from weather")
    seen = [table.current_version().version]
    for change in (
        "insert into weather values ('2016-01-01', 0, 1, 1, 1, 'sun', '2000-01-01')",
        "update weather set temp_max = 2 where date = '2016-01-01'",
        "update weather set temp_max = 3, updated_at = '2000-01-01' where date = '2016-01-01'",
        "delete from weather where date = '2012-01-01'",
        "delete from weather where date = '2015-06-09'; insert into weather values ('2015-06-09', 0, 1, 1, 1, 'sun')",
    ):
        database.execute(change)
        seen.append(table.current_version().version)
    assert len(set(seen)) == 6


def test_a_change_that_is_committed_later_has_a_later_time(database: PostgreSQL) -> None:
    with database.connect() as early, database.connect() as late, early.transaction():
        early.execute("update weather set temp_max = 39 where date = '2015-06-09'")
        late.execute("set lock_timeout = '50ms'")
        with pytest.raises(LockNotAvailable):
            late.execute("update weather set temp_max = 39 where date = '2015-06-10'")


@pytest.mark.parametrize("plot", PLOTS)
def test_a_new_object_is_a_new_picture_and_nothing_else_is(plot: str, bucket: AWS) -> None:
    old = get(plot)
    put(FILE.read_bytes())
    boto3.client("s3").put_object(Bucket="data", Key="another.csv", Body=b"date\n")
    assert get(plot, if_none_match=old.headers["etag"]).status == 304
    put(FILE.read_bytes().replace(b"2015-06-09,0.0,28.9,", b"2015-06-09,39.0,39.0,"))
    new = get(plot, if_none_match=old.headers["etag"])
    assert new.status == 200
    assert new.headers["etag"] != old.headers["etag"]
    assert new.body != old.body


@pytest.fixture(params=["database", "bucket"])
def server(request: pytest.FixtureRequest) -> PostgreSQL | AWS:
    found: PostgreSQL | AWS = request.getfixturevalue(request.param)
    return found


def test_the_last_good_picture_is_shown_until_the_server_is_back(server: PostgreSQL | AWS) -> None:
    good = get("weather/temperature")
    server.stop()
    try:
        away = get("weather/temperature", if_none_match=good.headers["etag"])
        unknown = get("weather/temperature", "start=2014-01-01&end=2014-02-01&errors=json")
    finally:
        server.start()
    assert (away.status, away.content_type) == (200, "image/png")
    assert 0 <= int(away.headers["x-plotgate-stale"]) < 60
    assert away.headers["cache-control"] == "public, max-age=10"
    assert away.body != good.body
    assert (unknown.status, unknown.headers["retry-after"]) == (503, "30")
    assert b"127.0.0.1" not in unknown.body
    back = get("weather/temperature")
    assert back == good
    assert back.headers["etag"] == good.headers["etag"]
    assert get("weather/temperature", "start=2014-01-01&end=2014-02-01").status == 200


@pytest.mark.parametrize("plot", PLOTS)
@pytest.mark.parametrize(
    "hostile",
    [
        "'; drop table weather; --",
        "2015-06-01'; update weather set temp_max = 0; --",
        "2015-06-01' or '1'='1",
        "2015-06-01\x00",
        "-1d; select pg_sleep(10)",
        "$1",
        ":start",
        "%s",
        "{0}",
        "\uff12015-06-01",
    ],
)
def test_a_hostile_start_does_not_reach_sql(plot: str, hostile: str, database: PostgreSQL) -> None:
    found = get(plot, f"start={quote(hostile)}&errors=json")
    assert found.status == 422
    with database.connect() as connection:
        assert connection.execute("select count(*), max(temp_max) from weather").fetchone() == (1461, 35.6)


def test_every_bound_value_is_a_parameter_of_the_statement(database: PostgreSQL) -> None:
    get("weather/temperature", "start=2013-05-06&end=2013-06-07&rolling=1")
    assert "WHERE date >= $1::DATE AND date < $2::DATE" in database.log
    said = [line for line in database.log.splitlines() if "2013-0" in line]
    assert said
    assert all("DETAIL:  " in line for line in said)  # of the parameters


def test_a_fresh_process_gives_the_same_bytes(database: PostgreSQL) -> None:
    program = """
import sys
from tests.data.test_live_plots import get
for plot in ("weather/temperature", "weather/precipitation"):
    sys.stdout.write(get(plot).body.hex() + get(plot).headers["etag"])
"""
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    fresh = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, env=environment)
    assert fresh.stdout == "".join(get(plot).body.hex() + get(plot).headers["etag"] for plot in PLOTS)
