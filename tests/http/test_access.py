"""A protected plot is seen by whoever has a signed URL; everybody else learns nothing of it."""

import io
import json
import re
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Annotated
from xml.etree import ElementTree

import pytest
from matplotlib.figure import Figure
from PIL import Image

from plotgate import Table, TimeRange, serve, sign_url
from plotgate.serve import Handler
from tests.found import ROOT
from tests.wire import PAYLOADS, Answer, Request, answer

KEYS = {"a": "first-key-of-more-than-32-letters-", "b": "second-key-of-more-than-32-letters"}
RANGE = TimeRange()
HOUR = timedelta(hours=1)


class Plot:
    """A plot that counts how often it is drawn."""

    def __init__(self, name: str = "plot") -> None:
        self.path = f"/plots/some/{name}"
        self.drawn = 0

        def draw(bins: int = 10, end: Annotated[datetime, RANGE.end] = RANGE.time("2015-01-01")) -> Figure:
            self.drawn += 1
            return Figure(figsize=(2, 2))

        self.handler: Handler = serve(draw)

    def ask(self, query: str = "", method: str = "GET", payload: str = "HTTP API", **headers: str) -> Answer:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        request = Request(self.path, query, method, {"accept": "*/*", "accept-encoding": "", **named})
        return answer(self.handler(PAYLOADS[payload](request), None))

    def signed(self, query: str = "", *free: str, expires: timedelta = HOUR, start: timedelta | None = None) -> str:
        """The query of a signed URL of the plot."""
        not_before = None if start is None else datetime.now(UTC) + start
        url = sign_url(f"{self.path}?{query}", expires=expires, free=free, not_before=not_before, keys=KEYS)
        return url.partition("?")[2]


@pytest.fixture
def plot() -> Plot:
    return Plot()


@pytest.fixture(autouse=True)
def keys(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PLOTGATE_SIGNING_KEYS", json.dumps(KEYS))


def seen(found: Answer) -> tuple[object, ...]:
    """All that a client can learn from an answer."""
    return found.status, found.content_type, found.body, sorted(found.headers.items())


# Who sees it

SIGNATURES: dict[str, Callable[[Plot], str]] = {
    "signature_missing": lambda plot: "bins=3",
    "signature_wrong": lambda plot: plot.signed("bins=3").replace("bins=3", "bins=4"),
    "signature_expired": lambda plot: plot.signed("bins=3", expires=timedelta(seconds=-90)),
    "signature_not_yet_valid": lambda plot: plot.signed("bins=3", start=timedelta(seconds=90)),
}
SAYS = {
    "signature_missing": "This plot needs a signed URL",
    "signature_wrong": "The signature is wrong",
    "signature_expired": "The signature has expired",
    "signature_not_yet_valid": "The signature is not valid yet",
}


@pytest.mark.parametrize("payload", PAYLOADS)
def test_a_signed_url_shows_the_plot_with_its_parameters(plot: Plot, payload: str) -> None:
    assert plot.ask(plot.signed("bins=3&theme=dark", "width"), payload=payload).status == 200
    assert plot.ask(plot.signed("bins=3&theme=dark", "width") + "&width=300", payload=payload).status == 200
    assert plot.ask(plot.signed("bins=3&theme=dark", "width") + "&height=300", payload=payload).status == 403


@pytest.mark.parametrize("code", SIGNATURES)
@pytest.mark.parametrize("payload", PAYLOADS)
def test_any_other_url_is_refused_before_anything_is_drawn(plot: Plot, code: str, payload: str) -> None:
    for method in ("GET", "HEAD"):
        refused = plot.ask(SIGNATURES[code](plot), method, payload, sec_fetch_dest="image")
        assert (refused.status, refused.content_type) == (403, "image/svg+xml")
        assert refused.headers["x-plotgate-error"] == code
        assert refused.headers["cache-control"] == "public, max-age=60"
        assert not refused.headers.keys() & {"etag", "x-plotgate-alt", "content-disposition", "server-timing"}
    assert plot.drawn == 0


@pytest.mark.parametrize("code", SIGNATURES)
def test_a_refusal_is_a_picture_that_says_which_it_is(plot: Plot, code: str) -> None:
    shown = plot.ask(SIGNATURES[code](plot), sec_fetch_dest="image").body
    assert SAYS[code] in " ".join(ElementTree.fromstring(shown).itertext())
    raster = plot.ask(SIGNATURES[code](plot), accept="image/png")
    assert Image.open(io.BytesIO(raster.body)).size == (640, 400)
    assert json.loads(plot.ask(SIGNATURES[code](plot)).body)["title"] == SAYS[code]


def test_what_a_refusal_costs_is_not_up_to_who_is_refused(plot: Plot, monkeypatch: pytest.MonkeyPatch) -> None:
    huge = "width=4000&height=4000&dpr=4"
    assert Image.open(io.BytesIO(plot.ask(huge, accept="image/png").body)).size == (640, 400)
    monkeypatch.setattr("plotgate.http.answers.error_picture", None)
    assert Image.open(io.BytesIO(plot.ask("width=3999", accept="image/png").body)).size == (640, 400)
    monkeypatch.undo()
    monkeypatch.setenv("PLOTGATE_SIGNING_KEYS", json.dumps(KEYS))
    svg = ElementTree.fromstring(plot.ask("width=300", sec_fetch_dest="image").body)  # costs the same in any size
    assert svg.get("width") == "300"


@pytest.mark.parametrize("method", ["GET", "HEAD"])
@pytest.mark.parametrize("query", ["", "format=json", "format=csv", "bins=x", "unknown=1", "bins=1&bins=2", "end=1"])
def test_what_is_refused_tells_nothing_of_the_plot(plot: Plot, query: str, method: str) -> None:
    def other(secret: str = "secret") -> Figure:  # noqa: S107
        """All that it shows is secret."""
        raise AssertionError

    handler = serve(other)
    for sign in (False, True):
        asked = f"{query}&signature=x&key_id=a" if sign else query
        request = Request(plot.path, asked, method, {"accept": "*/*", "accept-encoding": ""})
        assert seen(plot.ask(asked, method)) == seen(answer(handler(PAYLOADS["HTTP API"](request), None)))


def test_a_stolen_tag_is_worth_nothing(plot: Plot) -> None:
    tag = plot.ask(plot.signed()).headers["etag"]
    assert plot.ask(plot.signed(), if_none_match=tag).status == 304
    for stolen in (tag, "*"):
        for query in ("", plot.signed(expires=timedelta(seconds=-90)), plot.signed() + "x"):
            assert plot.ask(query, if_none_match=stolen).status == 403


def test_a_remembered_picture_is_shared_by_signatures_and_by_nobody_else(plot: Plot) -> None:
    first = plot.ask(plot.signed("bins=3"))
    other = plot.ask(plot.signed("bins=3", "theme", expires=2 * HOUR))
    assert (first.status, first.body, first.headers["etag"]) == (other.status, other.body, other.headers["etag"])
    assert plot.drawn == 1
    assert plot.ask("bins=3").status == 403


def test_a_stale_picture_is_not_for_everybody(tmp_path: Path) -> None:
    table = Table("rows", {"x": int}, file=tmp_path / "rows.csv")
    (tmp_path / "rows.csv").write_text("x\n1\n")
    plot = Plot()

    def draw() -> Figure:
        table.read()
        return Figure(figsize=(2, 2))

    plot.handler = serve(draw, data=table)
    assert plot.ask(plot.signed()).status == 200
    (tmp_path / "rows.csv").unlink()
    stale = plot.ask(plot.signed())
    assert stale.headers["x-plotgate-stale"] == "0"
    assert (stale.headers["cache-control"], stale.headers["cdn-cache-control"]) == ("private, max-age=10", "max-age=10")
    assert plot.ask().status == 403


def test_each_key_is_good(plot: Plot, monkeypatch: pytest.MonkeyPatch) -> None:
    new, old = plot.signed(), sign_url(plot.path, expires=HOUR, keys={"a": KEYS["a"]}).partition("?")[2]
    assert [plot.ask(query).status for query in (new, old)] == [200, 200]
    monkeypatch.setenv("PLOTGATE_SIGNING_KEYS", json.dumps({"b": KEYS["b"]}))
    assert [plot.ask(query).status for query in (new, old)] == [200, 403]
    unknown = plot.ask(old)
    assert (unknown.headers["x-plotgate-error"], unknown.headers["cache-control"]) == ("signature_wrong", "no-store")


def test_a_parameter_in_the_path_is_locked() -> None:
    def draw(name: str) -> Figure:
        return Figure(figsize=(2, 2))

    plot = Plot()
    plot.handler = serve(draw)
    plot.path = "/plots/some/plot/name/a%20b,c"
    query = plot.signed("", "name")
    assert plot.ask(query).status == 200
    plot.path = "/plots/some/plot/name/a%20b%2Cc"
    assert plot.ask(query).status == 200
    plot.path = "/plots/some/plot/name/a%20b,d"
    assert plot.ask(query).status == 403


# On a stage without keys

PUBLIC = ["", "expires=1&key_id=x&signature=x&free=theme", "signature=1&signature=2"]


@pytest.mark.parametrize("query", PUBLIC)
def test_a_public_plot_takes_signed_urls_as_others(plot: Plot, query: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PLOTGATE_SIGNING_KEYS", "")
    shown = plot.ask(query)
    assert shown.status == 200
    assert shown.headers["cache-control"].startswith("public, max-age=3600")
    assert "cdn-cache-control" not in shown.headers
    assert plot.ask("bins=3", if_none_match=shown.headers["etag"]).status == 200


@pytest.mark.parametrize("text", ["{}", "x", '{"a": "too short and secret"}'])
def test_keys_that_cannot_be_read_open_nothing(
    plot: Plot, text: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    query = plot.signed()
    monkeypatch.setenv("PLOTGATE_SIGNING_KEYS", text)
    for asked in (query, ""):
        refused = plot.ask(asked)
        assert (refused.status, refused.headers["x-plotgate-error"]) == (503, "signing_keys_unavailable")
        assert (refused.headers["cache-control"], refused.headers["retry-after"]) == ("no-store", "30")
    assert "PLOTGATE_SIGNING_KEYS: " in caplog.text
    assert "secret" not in caplog.text
    assert plot.drawn == 0


# Who may keep it


def ages(found: Answer) -> list[int]:
    assert found.headers["cache-control"].startswith("private, max-age=")
    assert found.headers["cdn-cache-control"] == found.headers["cache-control"].removeprefix("private, ")
    return [int(age) for age in re.findall(r"\d+", found.headers["cache-control"])]


def test_a_protected_picture_is_kept_by_no_cache_beyond_its_signature(plot: Plot) -> None:
    assert ages(plot.ask(plot.signed(expires=2 * HOUR))) == [3600]
    (age,) = ages(plot.ask(plot.signed(expires=timedelta(seconds=100))))
    assert 95 < age <= 100
    assert ages(plot.ask(plot.signed(expires=timedelta(seconds=-10)))) == [0]  # within the minute that is forgiven


def test_a_304_says_the_same_of_it(plot: Plot) -> None:
    tag = plot.ask(plot.signed()).headers["etag"]
    (age,) = ages(plot.ask(plot.signed(expires=timedelta(seconds=100)), if_none_match=tag))
    assert 95 < age <= 100


def test_words_of_a_protected_picture_end_it_earlier(plot: Plot) -> None:
    until_midnight = 86400 - datetime.now(UTC).timestamp() % 86400
    (age,) = ages(plot.ask(plot.signed("end=now", expires=48 * HOUR)))
    assert age <= min(3600, until_midnight)


def test_an_error_of_a_signed_url_is_private_too(plot: Plot) -> None:
    refused = plot.ask(plot.signed("", "bins") + "&bins=x")
    assert (refused.status, refused.headers["cache-control"]) == (422, "private, max-age=60")


# What is said of a signature


@pytest.mark.parametrize("form", ["png", "svg", "webp", "pdf", "json", "csv"])
def test_no_file_and_no_log_has_a_signature(plot: Plot, form: str, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("DEBUG")
    query = plot.signed(f"format={form}&bins=3")
    signature = query.partition("signature=")[2]
    shown = plot.ask(query)
    if form == "json":
        assert json.loads(shown.body)["url"] == "/plots/some/plot?bins=3&format=json"
    for text in (shown.body.decode("latin-1"), str(shown.headers), caplog.text):
        assert signature not in text
        assert "expires=" not in text


def test_a_plot_that_fails_logs_no_signature(caplog: pytest.LogCaptureFixture) -> None:
    def draw() -> Figure:
        raise ValueError("no")

    plot = Plot()
    plot.handler = serve(draw)
    caplog.set_level("DEBUG")
    query = plot.signed()
    failed = plot.ask(query)
    assert (failed.status, failed.headers["cache-control"]) == (500, "no-store")
    assert "/plots/some" in caplog.text
    assert query.partition("signature=")[2] not in caplog.text


def test_the_keys_are_no_part_of_a_pictures_identity(plot: Plot, monkeypatch: pytest.MonkeyPatch) -> None:
    signed = plot.ask(plot.signed()).headers["etag"]
    monkeypatch.setenv("PLOTGATE_SIGNING_KEYS", "")
    assert plot.ask("", if_none_match=signed).status == 304


IMPORTS = """
import os, sys
from matplotlib.figure import Figure
from plotgate import serve
from tests.wire import Request, http_api

def draw() -> Figure:
    return Figure(figsize=(2, 2))

handler = serve(draw)
os.environ["PLOTGATE_SIGNING_KEYS"] = ""
assert handler(http_api(Request("/plots/some/plot")), None)["statusCode"] == 200
before = set(sys.modules)
os.environ["PLOTGATE_SIGNING_KEYS"] = sys.argv[1]
assert handler(http_api(Request("/plots/some/plot", sys.argv[2])), None)["statusCode"] == 200
print(*set(sys.modules) - before)
"""


def test_a_signature_imports_nothing(plot: Plot) -> None:
    command = [sys.executable, "-c", IMPORTS, json.dumps(KEYS), plot.signed()]
    assert subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout.split() == []
