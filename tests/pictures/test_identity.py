"""A picture has one identity: what differs is another picture, and what is the same is the same, to the last byte."""

import importlib
import json
import os
import random
import secrets
import sqlite3
import subprocess
import sys
import textwrap
import uuid
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import parse_qsl, quote, urlsplit

import numpy as np
import pandas as pd
import pytest
import seaborn as sns
from hypothesis import given, settings
from hypothesis import strategies as st
from matplotlib.figure import Figure
from pydantic import Field

from plotgate import CommaSeparated, Table, TimeRange, serve
from plotgate.errors import DataError
from plotgate.pictures import code
from plotgate.pictures.identity import identify
from plotgate.url.plot import Plot
from plotgate.url.request import PictureRequest, read_request
from tests.wire import Answer, Request, answer, http_api

NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)


def ask(handler: Any, query: str = "", **headers: str) -> Answer:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return answer(handler(http_api(Request("/plots/some/plot", query, "GET", {"host": "localhost", **named})), None))


def tag(handler: Any, query: str = "") -> str:
    return ask(handler, query).headers["etag"]


def said(text: object) -> Figure:
    """A picture of a text."""
    figure = Figure(figsize=(2, 2))
    figure.text(0.5, 0.5, str(text), ha="center")
    return figure


def by_number(population: float = 1, shares: Annotated[list[float], CommaSeparated] = [1.0]) -> Figure:  # noqa: B006
    return said((population, shares))


def by_text(region: str | None = None) -> Figure:
    return said(repr(region))


def by_names(names: Annotated[list[str], CommaSeparated] = []) -> Figure:  # noqa: B006
    return said(names)


def test_numbers_that_differ_in_any_digit_are_two_pictures() -> None:
    handler = serve(by_number)
    one, other = ask(handler, "population=1234567"), ask(handler, "population=1234568")
    assert one.headers["etag"] != other.headers["etag"]
    assert one.body != other.body
    assert tag(handler, "shares=1234567,1") != tag(handler, "shares=1234568,1")
    assert tag(handler, "population=0.1") != tag(handler, "population=0.10000000000000002")


def test_none_and_its_name_are_two_pictures() -> None:
    handler = serve(by_text)
    assert tag(handler) != tag(handler, "region=None")


def test_no_name_and_an_empty_one_are_two_pictures() -> None:
    def with_empty(names: list[str] = [""]) -> Figure:  # noqa: B006
        return said(names)

    assert ask(serve(by_names)).body != ask(serve(with_empty)).body
    assert ask(serve(by_names), "names=").headers["etag"] == tag(serve(by_names))


def test_zero_has_no_sign() -> None:
    handler = serve(by_number)
    zero, negative = ask(handler, "population=0&shares=0"), ask(handler, "population=-0&shares=-0.0")
    assert zero == negative
    assert zero.headers["etag"] == negative.headers["etag"]


def database(file: Path, value: int) -> str:
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute("create table counts (x integer)")
        connection.execute("insert into counts values (?)", (value,))
    return f"sqlite:///{file}"


def test_another_database_is_another_picture(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    table = Table("counts", {"x": int}, version="select count(*) from counts")

    def draw() -> Figure:
        return said(table.read()["x"].sum())

    handler = serve(draw, data=table)
    monkeypatch.setenv("DATA_COUNTS", database(tmp_path / "old.db", 1))
    old = ask(handler)
    monkeypatch.setenv("DATA_COUNTS", database(tmp_path / "new.db", 2))
    new = ask(handler, if_none_match=old.headers["etag"])
    assert new.status == 200
    assert new.body != old.body
    assert new.headers["etag"] != old.headers["etag"]


def test_the_functions_own_environment_is_part_of_the_code(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    versions = {}
    for name, value in (("UNIT", "km"), ("UNIT", "miles"), ("AWS_SESSION_TOKEN", "a"), ("AWS_SESSION_TOKEN", "b")):
        with monkeypatch.context() as patch:
            patch.setenv(name, value)
            versions[name, value] = code.note_code(tmp_path).version
    assert versions["UNIT", "km"] != versions["UNIT", "miles"]
    assert versions["AWS_SESSION_TOKEN", "a"] == versions["AWS_SESSION_TOKEN", "b"]


def bars() -> Figure:
    figure = Figure(figsize=(3, 3))
    data = pd.DataFrame({"day": ["Mon", "Tue"] * 20, "tip": np.arange(40.0) ** 1.5})
    sns.barplot(data, x="day", y="tip", ax=figure.subplots())
    return figure


def strips() -> Figure:
    figure = Figure(figsize=(3, 3))
    sns.stripplot(pd.DataFrame({"day": ["Mon", "Tue"] * 20, "tip": np.arange(40.0)}), x="day", y="tip",
                  ax=figure.subplots())  # fmt: skip
    return figure


def regression() -> Figure:
    figure = Figure(figsize=(3, 3))
    x = np.arange(30.0)
    sns.regplot(x=x, y=np.sin(x) + x / 9, ax=figure.subplots())
    return figure


_MODULE_RNG = np.random.default_rng(7)


def unseeded() -> Figure:
    made = [np.random.default_rng().random(), np.random.Generator(np.random.PCG64()).random(), _MODULE_RNG.random()]
    return said([*made, np.random.rand(), random.random()])  # noqa: S311


@pytest.mark.parametrize("draw", [bars, strips, regression, unseeded])
def test_chance_repeats(draw: Callable[[], Figure]) -> None:
    for query in ("", "format=svg", "format=csv"):
        if draw is unseeded and query == "format=csv":
            continue
        first = ask(serve(draw), query)
        assert first.status == 200
        np.random.default_rng().random()
        random.random()  # noqa: S311
        assert ask(serve(draw), query).body == first.body


def test_chance_differs_between_arguments_and_stays_random_outside() -> None:
    def draw(part: int = 1) -> Figure:
        return said(np.random.default_rng().random())

    handler = serve(draw)
    random.seed(3)
    expected = random.random()  # noqa: S311
    random.seed(3)
    assert ask(handler).body != ask(handler, "part=2").body
    assert random.random() == expected  # noqa: S311
    assert np.random.default_rng().random() != np.random.default_rng().random()


def test_a_star_is_no_picture_of_a_plot_that_always_fails() -> None:
    def draw() -> Figure:
        raise ValueError

    assert ask(serve(draw), if_none_match="*").status == 500


HOURS = TimeRange("UTC", step=timedelta(hours=1))


class Rolling:
    """A plot of the last hour, at times of the test's own."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.now = NOW
        self.file = folder / "rows.csv"
        self.file.write_text("x\n1\n")
        table = Table("rows", {"x": float}, file=self.file)

        def draw(
            start: Annotated[datetime, HOURS.start] = HOURS.time("-1h"),
            end: Annotated[datetime, HOURS.end] = HOURS.time("now"),
        ) -> Figure:
            table.read()
            return said(start)

        self.handler = serve(draw, data=table)
        # By name: the package's own attribute of this name is the function.
        monkeypatch.setattr(importlib.import_module("plotgate.serve"), "current_time", lambda: self.now)
        monkeypatch.setattr("time.time", lambda: self.now.timestamp())

        class Clock(datetime):
            @classmethod
            def now(cls, tz: Any = None) -> datetime:  # type: ignore[override]
                return self.now

        monkeypatch.setattr("plotgate.http.caching.datetime", Clock)

    def ask(self, query: str = "", **headers: str) -> Answer:
        return ask(self.handler, query, **headers)


@pytest.fixture
def rolling(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Rolling:
    return Rolling(tmp_path, monkeypatch)


@pytest.mark.parametrize("query", ["", "start=-2h&end=now", "end=now&start=-2h", "start=yesterday"])
def test_the_last_good_picture_of_a_rolling_window_is_shown_a_step_later(rolling: Rolling, query: str) -> None:
    good = rolling.ask(query)
    rolling.now += timedelta(hours=3, minutes=10)
    rolling.file.unlink()
    stale = rolling.ask(query)
    assert (stale.status, stale.headers["x-plotgate-stale"]) == (200, "11400")
    assert stale.body != good.body  # it has its age on it
    assert rolling.ask("start=2026-11-25T01:00:00Z").status == 503


def test_the_age_of_a_stale_picture_grows_while_the_environment_is_frozen(
    rolling: Rolling, monkeypatch: pytest.MonkeyPatch
) -> None:
    rolling.ask()
    rolling.file.unlink()
    monkeypatch.setattr("time.monotonic", lambda: 0.0)  # it stands still meanwhile
    rolling.now += timedelta(days=3)
    assert rolling.ask().headers["x-plotgate-stale"] == str(3 * 86400)


def test_now_may_be_shown_until_it_is_another_time_and_no_longer(rolling: Rolling) -> None:
    rolling.now = NOW + timedelta(minutes=50)
    assert rolling.ask().headers["cache-control"] == "public, max-age=600, s-maxage=600"
    rolling.now = NOW + timedelta(minutes=59, seconds=59, milliseconds=1)
    assert rolling.ask().headers["cache-control"] == "public, max-age=0, s-maxage=0"
    fixed = rolling.ask("start=2026-11-25T01:00:00Z&end=2026-11-25T02:00:00Z").headers["cache-control"]
    assert fixed == "public, max-age=3600, s-maxage=3600, stale-while-revalidate=36000, stale-if-error=86400"


def test_start_and_end_are_of_one_moment(monkeypatch: pytest.MonkeyPatch) -> None:
    days = TimeRange("UTC", longest=timedelta(days=30))
    ticking = iter(NOW.replace(hour=23, minute=59, second=59) + timedelta(milliseconds=900 * n) for n in range(999))

    def draw(
        start: Annotated[date, days.start] = days.day("-30d"), end: Annotated[date, days.end] = days.day("now")
    ) -> Figure:
        return said(end - start)

    handler = serve(draw)
    monkeypatch.setattr("plotgate.url.time_range.current_time", lambda: next(ticking))
    monkeypatch.setattr(importlib.import_module("plotgate.serve"), "current_time", lambda: next(ticking))
    assert ask(handler, "errors=json").status == 200
    assert ask(handler, "start=-30d&end=now&errors=json").status == 200


OWN_FILE = """
    from pathlib import Path
    from matplotlib.figure import Figure
    from plotgate import serve

    Path(__file__).write_text("# another plot")

    def draw() -> Figure:
        return Figure(figsize=(2, 2))

    handler = serve(draw)
"""
FILE_BESIDE = """
    from pathlib import Path
    from matplotlib.figure import Figure
    from plotgate import serve

    def draw() -> Figure:
        Path(__file__).with_name("beside.py").write_text("x = 'another'")
        import beside
        return Figure(figsize=(2, 2))

    handler = serve(draw)
"""
ENTERED = """
    import json, sys
    from plotgate.entry import handler
    print(json.dumps([handler(json.loads(line), None)["headers"] for line in sys.stdin]))
"""


@pytest.mark.parametrize("app", [OWN_FILE, FILE_BESIDE])
def test_code_that_is_saved_while_it_is_imported_gives_a_picture_no_tag(tmp_path: Path, app: str) -> None:
    (tmp_path / "app.py").write_text(textwrap.dedent(app))
    (tmp_path / "beside.py").write_text("x = 1")
    event = json.dumps(http_api(Request("/plots/some/plot")))
    ran = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(ENTERED)],
        cwd=tmp_path, input=f"{event}\n{event}\n", capture_output=True, text=True, check=True,
    )  # fmt: skip
    for headers in json.loads(ran.stdout):
        assert headers["content-type"] == "image/png"
        assert "etag" not in headers
        assert headers["cache-control"] == "no-store"


def half_written(file: Path, table: Table, whole: str) -> Callable[[], Figure]:
    def draw() -> Figure:
        file.write_text(whole[: len(whole) // 2])  # `curl -o` has begun
        figure = said(len(table.read()))
        file.write_text(whole)  # and ended
        return figure

    return draw


def test_half_a_file_is_never_shown_under_the_whole_ones_tag(tmp_path: Path) -> None:
    file = tmp_path / "rows.csv"
    whole = "x\n" + "1\n" * 100
    file.write_text(whole)
    table = Table("rows", {"x": int}, file=file)

    def draw() -> Figure:
        return said(len(table.read()))

    right = ask(serve(draw, data=table))
    written = serve(half_written(file, table, whole), data=table)
    half = ask(written)
    assert half.body != right.body
    assert half.headers["etag"] != right.headers["etag"]
    assert ask(written, if_none_match=half.headers["etag"]).status == 200


def test_a_picture_that_was_drawn_without_its_rows_is_not_kept(tmp_path: Path) -> None:
    file = tmp_path / "rows.csv"
    file.write_text("x\n1\n")
    table = Table("rows", {"x": int}, file=file)

    def draw() -> Figure:
        try:
            return said(len(table.read()))
        except DataError:
            return said("nothing")

    handler = serve(draw, data=table)
    good = ask(handler)
    file.write_text("y\n1\n")
    without = ask(handler)
    assert (without.status, without.headers["cache-control"]) == (200, "no-store")
    assert "etag" not in without.headers
    file.unlink()
    stale = ask(handler)
    assert stale.headers["x-plotgate-stale"]
    assert stale.body != without.body
    assert stale.headers["x-plotgate-alt"] == good.headers["x-plotgate-alt"]


IMPORTED_IN_DRAW = """
    import random
    import numpy as np
    from matplotlib.figure import Figure
    from plotgate import serve

    KEPT = np.random.default_rng()

    def draw(n: int = 3) -> Figure:
        import draws_at_import
        figure = Figure(figsize=(2, 2))
        chance = [np.random.default_rng().random(), random.random(), random.Random().random(), KEPT.random()]
        random.seed()
        figure.text(0.1, 0.5, str([*chance, random.random(), draws_at_import.rows]))
        return figure

    handler = serve(draw)
"""
TWICE = """
    import hashlib, json, sys
    from plotgate.entry import handler
    from plotgate.pictures.store import Store
    event = json.loads(sys.stdin.read())
    bodies = []
    for _ in range(2):
        bodies.append(handler(event, None)["body"])
        handler._handler.store = Store()
    print(json.dumps([hashlib.sha256(body.encode()).hexdigest() for body in bodies]))
"""


def test_chance_is_the_same_in_the_first_picture_and_in_each_process(tmp_path: Path) -> None:
    (tmp_path / "app.py").write_text(textwrap.dedent(IMPORTED_IN_DRAW))
    (tmp_path / "draws_at_import.py").write_text(
        "import numpy as np\nnp.random.default_rng().random()\nrows = np.random.default_rng(5).random(3)\n"
    )
    event = json.dumps(http_api(Request("/plots/some/plot")))
    ran = [
        subprocess.run(
            [sys.executable, "-c", textwrap.dedent(TWICE)],
            cwd=tmp_path, input=event, capture_output=True, text=True, check=True,
        )
        for _ in range(2)
    ]  # fmt: skip
    found = {digest for one in ran for digest in json.loads(one.stdout)}
    assert len(found) == 1


@pytest.mark.parametrize(
    "ask_system", [uuid.uuid1, uuid.uuid4, secrets.token_hex, random.SystemRandom().random, lambda: os.getrandom(4)]
)
def test_what_cannot_repeat_has_a_weak_tag(ask_system: Callable[[], object]) -> None:
    def draw(n: int = 1) -> Figure:
        return said(ask_system())

    handler = serve(draw)
    assert tag(handler).startswith('W/"')
    assert tag(handler, "n=2").startswith('W/"')
    assert tag(handler).startswith('W/"')


def test_a_model_that_is_fitted_keeps_a_strong_tag() -> None:
    from sklearn.linear_model import LogisticRegression
    from sklearn.neighbors import KNeighborsClassifier
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import StandardScaler

    measured, kinds = np.arange(20.0)[:, np.newaxis], np.arange(20) > 9

    def draw(neighbours: bool = False) -> Figure:
        model = KNeighborsClassifier() if neighbours else LogisticRegression()
        fitted = make_pipeline(StandardScaler(), model).fit(measured, kinds)
        return said(fitted.predict_proba(measured).round(3).tolist())

    handler = serve(draw)
    # scikit-learn and joblib ask `uuid` for names of their runs, which are in no picture.
    assert tag(handler).startswith('"')
    assert tag(handler, "neighbours=true").startswith('"')


def test_chance_of_several_threads_has_a_weak_tag() -> None:
    def chance(_: int) -> float:
        return float(np.random.default_rng().random())

    def draw(threads: bool = False) -> Figure:
        with ThreadPoolExecutor(2) as pool:
            return said(list(pool.map(chance, range(4)) if threads else map(chance, range(4))))

    handler = serve(draw)
    assert tag(handler).startswith('"')
    assert tag(handler, "threads=true").startswith('W/"')


def test_a_generator_of_a_module_that_draw_imports_makes_tags_weak(tmp_path: Path) -> None:
    (tmp_path / "app.py").write_text(textwrap.dedent(IMPORTED_IN_DRAW))
    (tmp_path / "draws_at_import.py").write_text(
        "import numpy as np\nGENERATOR = np.random.default_rng(5)\nrows = GENERATOR.random(3)\n"
    )
    first = "print(handler(json.loads(sys.stdin.read()), None)['headers']['etag'])"
    ran = subprocess.run(
        [sys.executable, "-c", f"import json, sys\nfrom plotgate.entry import handler\n{first}"],
        cwd=tmp_path, input=json.dumps(http_api(Request("/plots/some/plot"))),
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert ran.stdout.startswith('W/"')


def test_colours_of_one_picture_do_not_reach_the_next() -> None:
    def draw(seaborn: bool = False) -> Figure:
        if seaborn:
            sns.set_theme()
        return Figure(figsize=(2, 2), facecolor="r")

    before = ask(serve(draw))
    ask(serve(draw), "seaborn=true")
    assert ask(serve(draw)) == before


def test_a_list_that_draw_changes_is_the_urls_own_again(tmp_path: Path) -> None:
    table = Table("rows", {"x": int}, file=tmp_path / "rows.csv")
    (tmp_path / "rows.csv").write_text("x\n1\n")
    shown: list[list[str]] = []

    def draw(names: Annotated[list[str], CommaSeparated] = ["a"]) -> Figure:  # noqa: B006
        names.append("mean")
        if not shown:
            (tmp_path / "rows.csv").write_text("x\n2\n")
        table.read()
        shown.append(list(names))
        return said(names)

    ask(serve(draw, data=table))
    assert shown == [["a", "mean"]] * 2


def test_a_value_in_the_path_may_hold_its_own_name() -> None:
    def draw(title: str) -> Figure:
        return said(title)

    handler = serve(draw)
    for value in ("the/title/of", "title", "title/title/x"):
        event = http_api(Request(f"/plots/a/b/title/{quote(value)}", "format=json"))
        assert json.loads(answer(handler(event, None)).body)["parameters"] == {"title": value}


def test_all_files_beside_app_are_its_code_wherever_draw_is(tmp_path: Path) -> None:
    (tmp_path / "charts").mkdir()
    (tmp_path / "charts" / "plot.py").write_text(
        "from matplotlib.figure import Figure\nimport palette\n"
        "def draw() -> Figure:\n    return Figure(figsize=(2, 2), facecolor=palette.colour)\n"
    )
    (tmp_path / "app.py").write_text("from plotgate import serve\nfrom charts.plot import draw\nhandler = serve(draw)")
    tags = set()
    for colour in ("red", "blue"):
        (tmp_path / "palette.py").write_text(f"colour = {colour!r}")
        ran = subprocess.run(
            [sys.executable, "-B", "-c", textwrap.dedent(ENTERED)],
            cwd=tmp_path, input=json.dumps(http_api(Request("/plots/some/plot"))),
            capture_output=True, text=True, check=True,
        )  # fmt: skip
        tags.add(json.loads(ran.stdout)[0]["etag"])
    assert len(tags) == 2


def test_a_text_has_one_tag_in_200_and_304() -> None:
    handler = serve(regression)
    for query in ("format=svg", "format=json", "format=csv"):
        for encoding in ("gzip", "identity"):
            whole = ask(handler, query, accept_encoding=encoding)
            known = ask(handler, query, accept_encoding=encoding, if_none_match=whole.headers["etag"])
            assert known.status == 304
            assert known.headers["etag"] == whole.headers["etag"]
            assert known.headers["vary"] == whole.headers["vary"] == "Accept-Encoding"


def test_an_error_that_the_next_step_mends_is_not_cached(rolling: Rolling) -> None:
    refused = rolling.ask("start=tomorrow&end=now")
    assert (refused.status, refused.headers["cache-control"]) == (422, "no-store")
    assert rolling.ask("start=x").headers["cache-control"] == "public, max-age=60"


def test_spellings_of_one_picture_take_no_room_without_bound(rolling: Rolling) -> None:
    rolling.ask("start=2026-11-25T11:00:00Z&end=2026-11-25T13:00:00Z")
    for minutes in range(1, 60):
        rolling.ask(f"start=-{60 + minutes}min&end=now")
    kept = rolling.handler.store
    assert len(kept) <= 2
    assert len(kept._last_good) <= 2 * 16


def pairs(pair: Annotated[tuple[float, float], CommaSeparated] = (1, 2), either: int | bool = 1) -> Figure:
    raise NotImplementedError


def test_zeros_in_a_pair_have_no_sign_and_true_is_not_one() -> None:
    def asked(**query: str) -> PictureRequest:
        return read_request(Plot(pairs), "/plots/some/plot", {}, list(query.items()), NOW)

    assert identify(asked(pair="-0,0")).digest == identify(asked(pair="0,0")).digest
    assert asked(either="true").canonical_url != asked(either="1").canonical_url


# Properties: equal identities are equal arguments, data and view.

FLOATS = st.floats(allow_nan=False, allow_infinity=False)
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)


def many(
    place: str,
    size: float = 1.5,
    count: int | None = None,
    name: str = "x",
    names: Annotated[list[str], CommaSeparated] = ["a"],  # noqa: B006
    sizes: Annotated[list[float], CommaSeparated] = [],  # noqa: B006
    on: bool = False,
    choices: Annotated[frozenset[str], CommaSeparated] = frozenset(),
    half: Annotated[int, Field(ge=0)] = 0,
) -> Figure:
    raise NotImplementedError


PLOT = Plot(many)
QUERIES = st.fixed_dictionaries(
    {},
    optional={
        "size": FLOATS.map(repr),
        "count": st.integers(-(10**20), 10**20).map(str),
        "name": TEXTS,
        "names": st.lists(TEXTS, max_size=3).map(",".join),
        "sizes": st.lists(FLOATS.map(repr), max_size=3).map(",".join),
        "on": st.sampled_from(["true", "false", "1", "0", "yes", "no"]),
        "choices": st.lists(st.sampled_from("abc"), max_size=3).map(",".join),
        "half": st.integers(0, 3).map(str),
        "width": st.sampled_from(["300", "440"]),
        "dpr": st.sampled_from(["1", "1.0", "2"]),
        "theme": st.sampled_from(["light", "dark"]),
        "errors": st.sampled_from(["image", "json"]),
    },
)
PLACES = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=5)


def read(place: str, query: dict[str, str]) -> PictureRequest:
    return read_request(PLOT, "/plots/some/plot", {"place": place}, list(query.items()), NOW)


@given(PLACES, QUERIES)
def test_the_canonical_url_asks_for_the_same(place: str, query: dict[str, str]) -> None:
    asked = read(place, query)
    url = urlsplit(asked.canonical_url)
    again = read(place, dict(parse_qsl(url.query, keep_blank_values=True, strict_parsing=bool(url.query))))
    assert url.path == quote(f"/plots/some/plot/place/{place}")
    assert again.arguments == asked.arguments
    assert again.canonical_url == asked.canonical_url
    assert identify(again).digest == identify(asked).digest


@settings(max_examples=300)
@given(PLACES, PLACES, QUERIES, QUERIES)
def test_identities_are_equal_where_arguments_and_view_are(
    place: str, other_place: str, query: dict[str, str], changed: dict[str, str]
) -> None:
    one, other = read(place, query), read(other_place, query | changed)

    def shown(asked: PictureRequest) -> tuple[Any, ...]:
        return asked.arguments, asked.view.model_dump(exclude={"errors"})

    same = shown(one) == shown(other)
    assert (identify(one).digest == identify(other).digest) is same
    assert (one.canonical_url == other.canonical_url) is same
