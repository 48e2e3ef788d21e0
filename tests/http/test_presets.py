"""A stage with presets answers these, and nothing else but what is signed."""

import json
from datetime import timedelta
from urllib.parse import quote

import pytest
from matplotlib.figure import Figure

from plotgate import serve, sign_url
from tests.wire import PAYLOADS, Answer, Request, answer

KEYS = {"a": "key-of-more-than-thirty-two-letters"}
PRESETS = {"weekly": "bins=7&theme=dark", "plain": "", "odd": "bins=x", "wide, größer": "width=300&format=svg"}

drawn: list[int] = []


def draw(bins: int = 10) -> Figure:
    drawn.append(bins)
    return Figure(figsize=(2, 2))


HANDLER = serve(draw)


def ask(query: str = "", payload: str = "HTTP API", **headers: str) -> Answer:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return answer(HANDLER(PAYLOADS[payload](Request("/plots/x", query, "GET", {"accept": "*/*", **named})), None))


@pytest.fixture(autouse=True)
def presets(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn.clear()
    monkeypatch.setenv("PLOTGATE_PRESETS", json.dumps(PRESETS))


def as_public(query: str, monkeypatch: pytest.MonkeyPatch) -> Answer:
    with monkeypatch.context() as without:
        without.setenv("PLOTGATE_PRESETS", "")
        return ask(query)


@pytest.mark.parametrize("payload", PAYLOADS)
def test_a_preset_is_the_picture_of_its_query(payload: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, query in PRESETS.items():
        named, public = ask(f"preset={quote(name)}", payload), as_public(query, monkeypatch)
        assert named == public
        for header in ("etag", "cache-control", "content-disposition"):
            assert named.headers.get(header) == public.headers.get(header)
    assert ask("preset=weekly", payload, if_none_match=ask("preset=weekly").headers["etag"]).status == 304


@pytest.mark.parametrize(
    "query",
    [
        *("", "bins=7&theme=dark", "preset=other", "preset=", "preset=weekly&bins=8", "preset=weekly&preset=weekly"),
        *("preset=weekly&width=300", "format=json", "Preset=weekly", "preset=weekly&signature=x&key_id=a"),
    ],
)
def test_all_else_is_refused_before_anything_is_drawn(query: str) -> None:
    refused = ask(query, sec_fetch_dest="image")
    assert (refused.status, refused.content_type) == (403, "image/svg+xml")
    assert (refused.headers["x-plotgate-error"], refused.headers["cache-control"]) == (
        "preset_missing",
        "public, max-age=60",
    )
    assert b"This plot shows presets only" in refused.body
    assert ask(query).body == ask("preset=another").body
    assert ask(query, if_none_match="*").status == 403
    assert not drawn


def test_what_is_signed_is_shown_beside_the_presets(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PLOTGATE_SIGNING_KEYS", json.dumps(KEYS))
    signed = sign_url("/plots/x?bins=8", expires=timedelta(hours=1)).partition("?")[2]
    assert ask(signed).headers["cache-control"].startswith("private")
    assert ask("preset=weekly").headers["cache-control"].startswith("public")
    assert ask("bins=8").headers["x-plotgate-error"] == "signature_missing"
    assert ask("preset=other").headers["x-plotgate-error"] == "signature_missing"


@pytest.mark.parametrize(
    ("preset", "status"), [("good", 200), ("other", 403), ("pathless", 403), ("twice", 200), ("doubled", 403)]
)
def test_what_a_path_holds_is_the_presets_too(preset: str, status: int, monkeypatch: pytest.MonkeyPatch) -> None:
    def named(names: str, bins: int = 10) -> Figure:
        return Figure(figsize=(2, 2))

    queries = {
        "good": "names=a%2Cb+c&bins=3",
        "other": "names=a&bins=3",
        "pathless": "bins=3",
        "twice": "names=a&names=a%2Cb+c",
        "doubled": "names=A%2Cb+c",
    }
    monkeypatch.setenv("PLOTGATE_PRESETS", json.dumps(queries))
    request = Request("/plots/x/names/a,b%20c", f"preset={preset}")
    assert answer(serve(named)(PAYLOADS["HTTP API"](request), None)).status == status


@pytest.mark.parametrize("text", ["x", "[]", "{}", '{"a": 1}', "null"])
def test_presets_that_cannot_be_read_show_nothing(
    text: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setenv("PLOTGATE_PRESETS", text)
    failed = ask("preset=a")
    assert (failed.status, failed.headers["x-plotgate-error"]) == (500, "internal_error")
    assert "PLOTGATE_PRESETS: " in caplog.text
    assert (text == "x") is ("The presets must be a JSON object of names and queries." not in caplog.text)
    assert not drawn


def test_a_preset_may_say_that_a_parameter_is_empty(monkeypatch: pytest.MonkeyPatch) -> None:
    def titled(title: str = "none") -> Figure:
        figure = Figure(figsize=(2, 2))
        figure.suptitle(title)
        return figure

    handler = serve(titled)
    monkeypatch.setenv("PLOTGATE_PRESETS", json.dumps({"empty": "title=&format=json"}))
    event = PAYLOADS["HTTP API"](Request("/plots/x", "preset=empty"))
    assert json.loads(answer(handler(event, None)).body)["url"] == "/plots/x?title=&format=json"


def test_a_stage_without_presets_knows_no_such_parameter(monkeypatch: pytest.MonkeyPatch) -> None:
    assert as_public("preset=weekly", monkeypatch).headers["x-plotgate-error"] == "invalid_parameter"
