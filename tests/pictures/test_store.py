"""Versions, 304, and pictures that are drawn once, through events."""

import json
import random
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import pytest
from matplotlib.figure import Figure
from pydantic import Field

from plotgate import Table, TimeRange, serve
from plotgate.errors import DataError
from plotgate.pictures.store import Store
from plotgate.serve import Handler
from tests.wire import Answer, Request, answer, http_api

RANGE = TimeRange()


class Counted:
    """A plot of a table that counts how often it is drawn."""

    def __init__(self, folder: Path, **settings: Any) -> None:
        self.file = folder / "table.csv"
        self.file.write_text("x\n1\n2\n")
        self.table = Table("counted", {"x": float}, file=self.file)
        self.drawn = 0
        self.handler = serve(self._draw(), data=self.table, **settings)

    def _draw(self) -> Callable[..., Figure]:
        def draw(
            level: Annotated[float, Field(ge=0, le=1000)] = 0.5,
            count: int = 1,
            start: Annotated[date, RANGE.start] = date(2015, 1, 1),
        ) -> Figure:
            self.drawn += 1
            figure = Figure(figsize=(2, 2))
            figure.subplots().plot(self.table.read()["x"] * level)
            return figure

        return draw

    def get(self, query: str = "", method: str = "GET", **headers: str) -> Answer:
        return get(self.handler, query, method, **headers)


def get(
    handler: Handler, query: str = "", method: str = "GET", path: str = "/plots/some/counted", **headers: str
) -> Answer:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return answer(handler(http_api(Request(path, query, method, {"host": "localhost", **named})), None))


@pytest.fixture
def counted(tmp_path: Path) -> Counted:
    return Counted(tmp_path)


def test_a_picture_is_drawn_once(counted: Counted) -> None:
    first, second = counted.get(), counted.get()
    assert counted.drawn == 1
    assert first == second
    assert first.headers["etag"] == second.headers["etag"]
    assert re.fullmatch(r'"[\w-]{22}"', first.headers["etag"])


def test_a_client_that_has_the_picture_gets_304_before_anything_is_drawn(counted: Counted, tmp_path: Path) -> None:
    tag = counted.get().headers["etag"]
    another = Counted(tmp_path)  # another environment: it has drawn nothing
    found = another.get(if_none_match=tag)
    assert found.status == 304
    assert found.content_type == "image/png"
    assert found.body == b""
    assert another.drawn == 0
    assert found.headers["etag"] == tag
    assert found.headers["cache-control"] == counted.get().headers["cache-control"]
    assert found.headers["access-control-allow-origin"] == "*"


@pytest.mark.parametrize("named", ["{}", "W/{}", '"a", {}', '"a,b", W/"c" , W/{}', '{},"z"', "*", " * "])
def test_if_none_match_may_be_a_list_weak_or_a_star(counted: Counted, named: str) -> None:
    tag = counted.get().headers["etag"]
    assert counted.get(if_none_match=named.format(tag)).status == 304


@pytest.mark.parametrize("named", ["", '"a"', "a", "{bare}", '"', "**", ", ,", 'W/"', '"{bare}x"', '"x{bare}"'])
def test_any_other_if_none_match_gets_the_picture(counted: Counted, named: str) -> None:
    bare = counted.get().headers["etag"].strip('"')
    assert counted.get(if_none_match=named.format(bare=bare)).status == 200


def test_head_is_get_without_the_body(counted: Counted) -> None:
    head, found = counted.get(method="HEAD"), counted.get()
    assert counted.drawn == 1
    assert head.body == b""
    for name in ("etag", "cache-control", "content-type", "content-length"):
        assert head.headers[name] == found.headers[name]
    assert counted.get(method="HEAD", if_none_match=head.headers["etag"]).status == 304


@pytest.mark.parametrize(
    "query",
    [
        *(
            "level=0.5",
            "level=0.50",
            "level=5e-1",
            "level=.5",
            "count=1",
            "count=01",
            "start=2015-01-01",
            "errors=json",
        ),
        *("count=1&level=0.5", "level=0.5&count=1", "format=png", "dpr=1", "dpr=1.0", "theme=light", "start=20150101"),
        *("start=2015-01-01T00:00:00Z", "start=2015-01-01T12:00%2B03:00", "level=%30.5"),
    ],
)
def test_another_spelling_is_the_same_picture(counted: Counted, query: str) -> None:
    assert counted.get(query).headers["etag"] == counted.get().headers["etag"]
    assert counted.drawn == 1


@pytest.mark.parametrize(
    "query", ["level=0.6", "count=2", "start=2015-01-02", "format=svg", "dpr=2", "theme=dark", "width=300"]
)
def test_another_picture_has_another_tag(counted: Counted, query: str) -> None:
    assert counted.get(query).headers["etag"] != counted.get().headers["etag"]


def test_changed_data_is_another_picture(counted: Counted) -> None:
    old = counted.get()
    counted.file.write_text("x\n1\n3\n")
    new = counted.get(if_none_match=old.headers["etag"])
    assert new.status == 200
    assert new.headers["etag"] != old.headers["etag"]
    assert new.body != old.body
    counted.file.write_text("x\n1\n2\n")
    assert counted.get().headers["etag"] == old.headers["etag"]
    assert counted.get() == old


def test_data_that_changes_before_it_is_read_is_drawn_under_its_own_tag(tmp_path: Path) -> None:
    file = tmp_path / "table.csv"
    file.write_text("x\n1\n")
    table = Table("moving", {"x": float}, file=file)
    left = [1]

    def draw() -> Figure:
        if left[0]:
            left[0] -= 1
            file.write_text(f"x\n{2 + left[0]}\n")
        figure = Figure(figsize=(2, 2))
        figure.text(0.5, 0.5, str(table.read()["x"].sum()))
        return figure

    handler = serve(draw, data=table)
    found = get(handler)
    assert left == [0]
    assert get(handler) == found
    assert get(handler).headers["etag"] == found.headers["etag"]
    left[0] = 9
    file.write_text("x\n9\n")
    restless = get(handler)
    assert "etag" not in restless.headers
    assert restless.headers["cache-control"] == "no-store"


def test_data_that_changes_after_it_was_read_leaves_the_picture_its_tag(tmp_path: Path) -> None:
    file = tmp_path / "table.csv"
    file.write_text("x\n1\n")
    table = Table("moving", {"x": float}, file=file)

    def draw() -> Figure:
        figure = Figure(figsize=(2, 2))
        figure.text(0.5, 0.5, str(table.read()["x"].sum()))
        file.write_text("x\n2\n")
        return figure

    handler = serve(draw, data=table)
    first, second = get(handler), get(handler)
    assert first.headers["etag"] != second.headers["etag"]
    assert first.body != second.body
    file.write_text("x\n1\n")
    assert get(handler) == first


def test_max_age_is_the_authors(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    counted = Counted(tmp_path, max_age=5)
    expected = "public, max-age=5, s-maxage=5, stale-while-revalidate=50, stale-if-error=86400"
    assert counted.get().headers["cache-control"] == expected
    by_default = Counted(tmp_path)
    assert "max-age=3600," in by_default.get().headers["cache-control"]
    monkeypatch.setenv("DATA_COUNTED", str(by_default.file))
    assert "max-age=60," in by_default.get().headers["cache-control"]


def test_an_error_that_the_url_brings_about_is_cached_for_a_minute(counted: Counted) -> None:
    found = counted.get("level=x", if_none_match="*")
    assert found.status == 422
    assert found.headers["cache-control"] == "public, max-age=60"
    assert "etag" not in found.headers


def test_a_table_that_serve_was_not_told_of_cannot_be_read(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    hidden = Table("hidden", {"x": float}, file=Counted(tmp_path).file)

    def draw() -> Figure:
        hidden.read()
        return Figure()

    assert get(serve(draw)).status == 500
    assert "A plot that reads the table `hidden` must say so" in caplog.text


class Away(Counted):
    """A plot whose data can be away."""

    def take_away(self) -> None:
        self.file.rename(self.file.with_suffix(".away"))

    def bring_back(self) -> None:
        self.file.with_suffix(".away").rename(self.file)


@pytest.mark.parametrize("form", ["png", "svg", "webp", "pdf"])
def test_the_last_good_picture_is_shown_while_the_data_is_away(
    tmp_path: Path, form: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    away = Away(tmp_path)
    now = 1000.0
    monkeypatch.setattr("plotgate.pictures.store.time.time", lambda: now)
    good = away.get(f"format={form}")
    now += 600
    away.get(f"format={form}", if_none_match=good.headers["etag"])  # known to be the newest still
    away.take_away()
    now += 125
    found = away.get(f"format={form}", if_none_match=good.headers["etag"])
    assert (found.status, found.content_type) == (200, good.content_type)
    assert found.headers["x-plotgate-stale"] == "125"
    assert found.headers["cache-control"] == "public, max-age=10"
    assert "etag" not in found.headers
    assert (found.body != good.body) == (form != "pdf")
    if form == "svg":
        assert "2 min old" in found.body.decode()
    away.bring_back()
    back = away.get(f"format={form}")
    assert back == good
    assert "x-plotgate-stale" not in back.headers
    assert away.drawn == 1


def test_without_a_good_picture_data_that_is_away_is_503(tmp_path: Path) -> None:
    away = Away(tmp_path)
    away.get()
    away.take_away()
    found = away.get("level=2&errors=json")
    assert found.status == 503
    assert found.headers["retry-after"] == "30"
    assert found.headers["cache-control"] == "no-store"
    assert found.headers["x-plotgate-error"] == "data_unavailable"
    problem = json.loads(found.body)
    assert problem["detail"] == "The data `counted` is not available just now."
    assert str(tmp_path) not in found.body.decode()
    picture = away.get("level=2", sec_fetch_dest="image")
    assert (picture.status, picture.content_type) == (503, "image/svg+xml")


def test_data_that_goes_away_while_it_is_drawn_is_no_500(tmp_path: Path) -> None:
    table = Table("gone", {"x": float}, file=Counted(tmp_path).file)

    def draw() -> Figure:
        raise DataError("The data `gone` is not available just now.")

    assert get(serve(draw, data=table)).status == 503


def test_what_is_kept_is_bounded_in_bytes(tmp_path: Path) -> None:
    counted = Counted(tmp_path)
    one = len(counted.get("level=1").body)
    counted.handler.store = store = Store(room=4 * one)
    for level in range(20):
        counted.get(f"level={level}")
        assert store.size <= 4 * one
    assert len(store) in (2, 3)
    drawn = counted.drawn
    counted.get("level=19")
    assert counted.drawn == drawn
    counted.get("level=1")
    assert counted.drawn == drawn + 1


def test_what_was_not_asked_for_longest_is_forgotten_first(tmp_path: Path) -> None:
    counted = Counted(tmp_path)
    one = len(counted.get("level=1").body)
    counted.handler.store = Store(room=int(3.9 * one))
    for level in (1, 2, 3, 1, 4):
        counted.get(f"level={level}")
    drawn = counted.drawn
    counted.get("level=1")
    assert counted.drawn == drawn
    counted.get("level=2")
    assert counted.drawn == drawn + 1


def test_a_picture_that_can_never_fit_drives_no_other_out(tmp_path: Path) -> None:
    counted = Counted(tmp_path)
    counted.handler.store = store = Store(room=2 * len(counted.get().body))
    counted.get()
    counted.get("dpr=4")
    drawn = counted.drawn
    counted.get()
    assert (counted.drawn, len(store)) == (drawn, 1)


def test_mixed_requests_stay_within_the_memory_and_match_a_fresh_process(tmp_path: Path) -> None:
    counted, choice = Counted(tmp_path), random.Random(1)  # noqa: S311 - not for secrets
    counted.handler.store = small = Store(room=60_000)
    queries = [f"level={level}&count={count}" for level in (0.5, 1, 1.5, 2) for count in range(5)]
    seen: dict[str, Answer] = {}
    for _ in range(150):
        query = choice.choice(queries[:4] if choice.random() < 0.5 else queries)
        found = counted.get("&".join(choice.sample(query.split("&"), 2)))
        assert seen.setdefault(query, found) == found
        assert small.size <= 60_000
    assert len(queries) < counted.drawn < 100  # some were forgotten and drawn again, the frequent ones remembered
    assert all(Counted(tmp_path).get(query) == found for query, found in seen.items())
