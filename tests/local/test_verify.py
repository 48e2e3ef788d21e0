"""`plotgate verify`: it is silent about an address that keeps its promises, and names each that is broken."""

import base64
import gzip
import json
import subprocess
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import urlsplit

import pytest
from matplotlib.figure import Figure
from pydantic import Field

from plotgate import serve
from plotgate.local.openapi import openapi
from plotgate.local.verification.inspection import Inspected, inspect
from plotgate.local.verification.promises import PROMISES, SITE
from plotgate.local.verification.remote import Remote, RemoteError
from tests.local.conftest import PLOTGATE, Served
from tests.pages.serving import known, pages_of
from tests.wire import Request, http_api

PATH = "/plots/shapes/dots"


def draw(count: Annotated[int, Field(ge=1, le=9, description="Dots")] = 3) -> Figure:
    """Dots in a row."""
    figure = Figure(figsize=(4, 3))
    figure.subplots().plot(range(count), range(count), "o", label="dots")
    return figure


@dataclass
class Reply:
    """An answer on its way to whoever asked."""

    status: int
    headers: dict[str, str]
    body: bytes


@dataclass
class Asked:
    method: str
    target: str
    headers: dict[str, str]
    number: int
    """How often this was asked for, from 1."""

    @property
    def query(self) -> str:
        return urlsplit(self.target).query

    @property
    def is_error(self) -> bool:
        return "plotgate_verify" in self.query


Break = Callable[[Asked, Reply], None]


@dataclass
class Address:
    """A server of one plot and its gallery, whose answers can be broken."""

    url: str = ""
    damage: Break = field(default=lambda asked, reply: None)
    asked: dict[tuple[str, str], int] = field(default_factory=dict)


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Address]:
    folder = tmp_path_factory.mktemp("gallery")
    plot = serve(draw)
    page = pages_of(folder, known(PATH, draw))
    (folder / "openapi.json").write_text(json.dumps(openapi({PATH: plot.plot})))
    address, one_at_a_time = Address(), threading.Lock()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            headers = {name.lower(): value for name, value in self.headers.items()}
            path, _, query = self.path.partition("?")
            event = http_api(Request(path, query, self.command, headers))
            result: dict[str, Any]
            with one_at_a_time:
                if path.startswith("/plots/") and path != PATH:
                    result = {
                        "statusCode": 404,
                        "headers": {"content-type": "application/json"},
                        "body": '{"message":"Not Found"}',
                    }
                else:
                    result = (plot if path == PATH else page)(event, None)
                number = address.asked[self.command, self.path] = address.asked.get((self.command, self.path), 0) + 1
            text = result.get("body") or ""
            body = base64.b64decode(text) if result.get("isBase64Encoded") else text.encode()
            names = {
                name.lower(): value for name, value in result["headers"].items() if name.lower() != "content-length"
            }
            reply = Reply(result["statusCode"], names, body)
            address.damage(Asked(self.command, self.path, headers, number), reply)
            self.send_response(reply.status)
            for name, value in reply.headers.items():
                self.send_header(name, value)
            if reply.status != 304:
                self.send_header("content-length", str(len(reply.body)))
            self.end_headers()
            if self.command == "GET" and reply.status != 304:
                self.wfile.write(reply.body)

        do_HEAD = do_GET  # noqa: N815 - as http.server names it

        def log_message(self, format: str, *args: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    address.url = f"http://127.0.0.1:{server.server_address[1]}"
    yield address
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def address(running: Address) -> Iterator[Address]:
    yield running
    running.damage = lambda asked, reply: None
    running.asked.clear()


def inspected(url: str) -> list[Inspected]:
    with Remote(url) as remote:
        return inspect(remote)


def broken(found: list[Inspected]) -> dict[str, list[str]]:
    names: dict[str, list[str]] = {}
    for one in found:
        for broken in one.broken:
            names.setdefault(broken.promise, []).append(broken.how)
    return names


def test_address_that_keeps_its_promises_has_no_finding(address: Address) -> None:
    found = inspected(address.url)
    assert broken(found) == {}
    assert [one.path for one in found] == ["/", PATH]
    assert all(one.kept > 0 and one.bytes > 0 for one in found)


def test_verify_reads_only(address: Address) -> None:
    inspected(address.url)
    assert {method for method, _ in address.asked} == {"GET", "HEAD"}


def status_of(query: str, status: int) -> Break:
    def damage(asked: Asked, reply: Reply) -> None:
        if asked.query == query and reply.status != 304:
            reply.status = status

    return damage


def without(name: str, *, of_errors: bool = False, query: str | None = None, method: str | None = None) -> Break:
    def damage(asked: Asked, reply: Reply) -> None:
        fits = asked.is_error == of_errors and asked.target.startswith(PATH)
        if fits and query in (None, asked.query) and method in (None, asked.method):
            reply.headers.pop(name, None)

    return damage


def header(name: str, value: str, *, status: int = 200) -> Break:
    def damage(asked: Asked, reply: Reply) -> None:
        if reply.status == status and asked.target.startswith(PATH):
            reply.headers[name] = value

    return damage


def body_of(query: str, body: bytes) -> Break:
    def damage(asked: Asked, reply: Reply) -> None:
        if asked.target.startswith(PATH) and asked.query == query and reply.body:
            reply.body = body
            reply.headers.pop("content-encoding", None)

    return damage


def never_304(asked: Asked, reply: Reply) -> None:
    if reply.status == 304:
        reply.status, reply.body = 200, b"again"


def always_304(asked: Asked, reply: Reply) -> None:
    if "if-none-match" in asked.headers and asked.target.startswith(PATH):
        reply.status = 304


def leaks(asked: Asked, reply: Reply) -> None:
    if reply.status == 404:
        reply.body = b'Traceback (most recent call last):\n  File "/var/task/app.py", line 1'


def finds_all(asked: Asked, reply: Reply) -> None:
    if reply.status == 404:
        reply.status = 200


def uncompressed(asked: Asked, reply: Reply) -> None:
    if reply.headers.pop("content-encoding", None):
        reply.body = gzip.decompress(reply.body)


def compressed_anyway(asked: Asked, reply: Reply) -> None:
    if asked.query == "format=svg&width=440" and "content-encoding" not in reply.headers:
        reply.headers["content-encoding"] = "gzip"
        reply.body = gzip.compress(reply.body)


def compressed_another(asked: Asked, reply: Reply) -> None:
    if reply.headers.get("content-encoding") == "gzip":
        reply.body = gzip.compress(gzip.decompress(reply.body) + b" ")


def other_bytes(asked: Asked, reply: Reply) -> None:
    if asked.query == "width=440" and asked.number > 1:
        reply.body += b"!"


def other_tag(asked: Asked, reply: Reply) -> None:
    if asked.target.startswith(PATH) and "etag" in reply.headers and asked.query == "width=440" and asked.number > 1:
        reply.headers["etag"] = '"another"'


def tag_by_order(asked: Asked, reply: Reply) -> None:
    if asked.query.startswith("theme=dark&width"):
        reply.headers["etag"] = '"by-order"'


def one_tag_for_all(asked: Asked, reply: Reply) -> None:
    if "etag" in reply.headers:
        reply.headers["etag"] = '"one"'


def unnamed(asked: Asked, reply: Reply) -> None:
    if asked.is_error:
        reply.body = b'{"detail": "something is wrong"}'


def json_for_images(asked: Asked, reply: Reply) -> None:
    if asked.is_error:
        reply.headers["content-type"] = "application/problem+json"


def images_for_all(asked: Asked, reply: Reply) -> None:
    if asked.is_error:
        reply.headers["content-type"] = "image/png"


def no_policy_of_errors(asked: Asked, reply: Reply) -> None:
    if asked.is_error:
        reply.headers["content-type"] = "image/svg+xml"
        reply.headers.pop("content-security-policy", None)


def light_for_dark(asked: Asked, reply: Reply) -> None:
    if asked.query == "width=440":
        light_for_dark.body = reply.body  # type: ignore[attr-defined]
    elif asked.query == "width=440&theme=dark":
        reply.body = light_for_dark.body  # type: ignore[attr-defined]


def page_without_tag(asked: Asked, reply: Reply) -> None:
    if asked.target == "/":
        reply.headers.pop("etag", None)


def no_page(asked: Asked, reply: Reply) -> None:
    if asked.target == "/":
        reply.status = 500


def other_size(asked: Asked, reply: Reply) -> None:
    if asked.query == "width=440":
        other_size.body = reply.body  # type: ignore[attr-defined]
    elif asked.query == "width=440&dpr=2":
        reply.body = other_size.body  # type: ignore[attr-defined]


DAMAGES: dict[str, tuple[str, Break]] = {
    "a format fails": ("formats", status_of("format=pdf&width=440", 500)),
    "a format has another type": ("formats", header("content-type", "application/octet-stream")),
    "a PNG ends too soon": ("formats", body_of("format=png&width=440", b"\x89PNG\r\n\x1a\n")),
    "an SVG is no XML": ("formats", body_of("format=svg&width=440", b"<svg><g></svg>")),
    "dpr is ignored": ("sizes", other_size),
    "the picture cannot be read": ("sizes", body_of("", b"nothing")),
    "dark is light": ("themes", light_for_dark),
    "there is no alt text": ("words", without("x-plotgate-alt")),
    "the alt text is raw": ("words", header("x-plotgate-alt", "25 \N{DEGREE SIGN}C")),
    "the alt text is another one": ("words", header("x-plotgate-alt", "Something else.")),
    "an error is a success": ("errors", header("x-plotgate-error", "", status=422)),
    "an error names nothing": ("errors", unnamed),
    "an image gets JSON": ("errors", json_for_images),
    "all get an image": ("errors", images_for_all),
    "an error is kept for an hour": ("errors", header("cache-control", "public, max-age=3600", status=422)),
    "an error says nothing of caches": ("errors", without("cache-control", of_errors=True)),
    "an error's SVG may run": ("errors", no_policy_of_errors),
    "a missing path leaks": ("errors", leaks),
    "a missing path is found": ("errors", finds_all),
    "a picture says nothing of caches": ("caching", without("cache-control")),
    "a picture has no tag": ("caching", without("etag")),
    "what must not be kept has a tag": ("caching", header("cache-control", "no-store")),
    "nothing is ever known": ("not modified", never_304),
    "everything is known": ("not modified", always_304),
    "304 has no tag": ("not modified", header("etag", '"new"', status=304)),
    "HEAD has another tag": ("head", without("etag", method="HEAD")),
    "HEAD fails": (
        "head",
        lambda asked, reply: setattr(reply, "status", 405 if asked.method == "HEAD" else reply.status),
    ),
    "no text is compressed": ("compression", uncompressed),
    "all texts are compressed": ("compression", compressed_anyway),
    "the compressed text is another": ("compression", compressed_another),
    "Vary is gone": ("compression", without("vary")),
    "types are guessed": ("headers", without("x-content-type-options")),
    "types of errors are guessed": ("headers", without("x-content-type-options", of_errors=True)),
    "other sites are kept out": ("headers", header("cross-origin-resource-policy", "same-origin")),
    "the file has no name": ("headers", without("content-disposition")),
    "an SVG may run scripts": ("headers", header("content-security-policy", "default-src 'self'")),
    "pages may not read pictures": ("CORS", without("access-control-allow-origin")),
    "pages may not read errors": ("CORS", without("access-control-allow-origin", of_errors=True)),
    "bytes change": ("determinism", other_bytes),
    "tags change": ("determinism", other_tag),
    "the order makes another picture": ("one picture", tag_by_order),
    "all pictures have one tag": ("one picture", one_tag_for_all),
    "the gallery fails": ("gallery", no_page),
    "the gallery is sent each time": ("gallery", page_without_tag),
}


def an_error_is_a_success(asked: Asked, reply: Reply) -> None:
    if asked.is_error:
        reply.status = 200


DAMAGES["an error is a success"] = ("errors", an_error_is_a_success)


@pytest.mark.parametrize("name", DAMAGES)
def test_broken_promise_is_named(name: str, address: Address) -> None:
    promise, address.damage = DAMAGES[name]
    assert promise in broken(inspected(address.url))


def test_every_promise_is_broken_by_a_test() -> None:
    assert {promise for promise, _ in DAMAGES.values()} == {promise.name for promise in (*PROMISES, SITE)}


def run(*arguments: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run([PLOTGATE, "verify", *arguments], capture_output=True, text=True, timeout=300)


def test_command_prints_a_table_and_succeeds(address: Address) -> None:
    done = run(address.url)
    assert (done.returncode, done.stderr) == (0, "")
    header, gallery, plot = done.stdout.splitlines()
    assert header.split("  ")[0] == "path"
    assert gallery.split()[:4] == ["/", "1", "of", "1"]
    assert plot.split()[:4] == [PATH, "13", "of", "13"]


def test_command_names_what_is_broken_and_fails(address: Address) -> None:
    address.damage = without("etag")
    done = run(address.url)
    assert done.returncode == 1
    assert f"caching: {PATH}: a picture that may be kept has no ETag" in done.stdout.splitlines()
    assert "12 of 13" in done.stdout


def test_command_prints_json(address: Address) -> None:
    address.damage = finds_all
    done = run(address.url, "--json")
    told = json.loads(done.stdout)
    assert (done.returncode, told["url"], told["kept"]) == (1, address.url, False)
    assert told["inspected"][1]["broken"][0]["promise"] == "errors"
    assert told["inspected"][1]["first"] > 0


def test_address_without_plots_is_a_readable_error(functions: Served) -> None:
    url = str(functions.http.base_url).rstrip("/")
    done = run(url)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith(f"Error: {url}/openapi.json must describe plotgate's plots: ")
    assert len(done.stderr.splitlines()) == 1


def test_address_that_does_not_answer_is_a_readable_error() -> None:
    done = run("http://127.0.0.1:9")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("Error: http://127.0.0.1:9 does not answer GET /: ")


def test_address_without_a_scheme_is_an_error_of_usage() -> None:
    done = run("plots.example")
    assert done.returncode == 2
    assert "must begin with http:// or https://" in done.stderr


def test_plots_of_the_project_keep_their_promises(plots: Served) -> None:
    found = inspected(str(plots.http.base_url))
    assert broken(found) == {}


def test_unreadable_description_is_refused(address: Address, tmp_path: Path) -> None:
    address.damage = lambda asked, reply: setattr(reply, "body", b"{}") if asked.target == "/openapi.json" else None
    with pytest.raises(RemoteError, match="must describe plotgate's plots"):
        inspected(address.url)
