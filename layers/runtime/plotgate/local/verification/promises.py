"""What a plot's URL promises, one by one: each check yields what is not so."""

import io
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from urllib.parse import unquote
from xml.etree import ElementTree

from PIL import Image

from plotgate.local.verification.remote import Answer, Remote
from plotgate.url.formats import FORMATS, SVG

LONGEST_ERROR = 60  # seconds that an error may be kept
LEAST_TO_COMPRESS = 1400  # bytes
BEGINNINGS = {"png": b"\x89PNG\r\n", "svg": b"<svg", "webp": b"RIFF", "pdf": b"%PDF-", "json": b"{", "csv": b""}
UNKNOWN = "plotgate_verify"  # a parameter that no plot has
SECRETS = re.compile(rb"Traceback|File \"|/var/task|/opt/python|site-packages|AWS_SECRET|aws_session_token")

Problems = Iterator[str]


@dataclass(frozen=True)
class Promise:
    """A promise: its name, what it says, and the check of a plot's path."""

    name: str
    says: str
    check: Callable[[Remote, str], Problems]


def formats(remote: Remote, path: str) -> Problems:
    for name, form in FORMATS.items():
        answer = remote.ask(f"{path}?format={name}&width=440")
        if answer.status == 422 and name == "csv" and answer.headers.get("x-plotgate-error") == "no_table":
            continue  # an honest answer
        if answer.status != 200:
            yield f"format={name} is answered with {answer.status}"
        elif answer.headers.get("content-type") != form.media_type:
            yield f"format={name} is {answer.headers.get('content-type')!r}, not {form.media_type!r}"
        elif not answer.body.startswith(BEGINNINGS[name]) or not _is_whole(name, answer.body):
            yield f"format={name} has a body that is no {name}"


def sizes(remote: Remote, path: str) -> Problems:
    own = _size(remote.ask(path))
    if own is None:
        yield "the default picture cannot be read"
        return
    for query, wanted in (
        ("width=440", (440, None)),
        ("width=440&dpr=2", (880, None)),
        ("width=360&height=300", (360, 300)),
    ):
        found = _size(remote.ask(f"{path}?{query}"))
        if found is None or found[0] != wanted[0] or wanted[1] not in (None, found[1]):
            yield f"{query} gives a picture of {_written(found)}"
    once, twice = _size(remote.ask(f"{path}?width=440")), _size(remote.ask(f"{path}?width=440&dpr=2"))
    if once and twice and abs(twice[1] - 2 * once[1]) > 1:
        yield f"dpr=2 makes {once[1]} pixels of height {twice[1]}"


def themes(remote: Remote, path: str) -> Problems:
    light, dark = remote.ask(f"{path}?width=440"), remote.ask(f"{path}?width=440&theme=dark")
    if dark.status != 200:
        yield f"theme=dark is answered with {dark.status}"
    elif dark.body == light.body:
        yield "theme=dark has the same picture as theme=light"


def words(remote: Remote, path: str) -> Problems:
    header = remote.ask(f"{path}?width=440").headers.get("x-plotgate-alt", "")
    if not header or not header.isascii():
        yield f"X-Plotgate-Alt is {header!r}, which is no percent-encoded text"
        return
    told = remote.ask(f"{path}?format=json&width=440")
    alt = json.loads(told.body).get("alt") if told.status == 200 and told.media_type == "application/json" else None
    if alt is None or not alt.startswith(unquote(header).removesuffix("…")):
        yield f"format=json has the alt text {alt!r}, X-Plotgate-Alt {unquote(header)!r}"


def errors(remote: Remote, path: str) -> Problems:
    for accept, kind in (("application/json", "application/problem+json"), ("image/png,image/*", "image/")):
        answer = remote.ask(f"{path}?{UNKNOWN}=1", {"Accept": accept})
        if answer.status != 422:
            yield f"an unknown parameter is answered with {answer.status}, not 422"
        if not answer.media_type.startswith(kind):
            yield f"a client that accepts {accept} gets an error as {answer.media_type!r}"
        yield from _leaks(answer)
        yield from _kept_briefly(answer)
    told = remote.ask(f"{path}?{UNKNOWN}=1", {"Accept": "application/json"})
    if UNKNOWN.encode() not in told.body:
        yield "the message about an unknown parameter does not name it"
    absent = remote.ask("/plots/plotgate/there_is_no_such_plot")
    if absent.status not in (403, 404):  # 403 of a private S3 origin or an API with a key
        yield f"a path without a plot is answered with {absent.status}"
    yield from _leaks(absent)


def caching(remote: Remote, path: str) -> Problems:
    answer = remote.ask(path)
    said = _directives(answer)
    if "no-store" in said:
        if "etag" in answer.headers:
            yield "a picture that must not be kept has an ETag"
        return
    if not answer.headers.get("etag"):
        yield "a picture that may be kept has no ETag"
    if not {"public", "private"} & said.keys() or not said.get("max-age", "").isdigit():
        yield f"Cache-Control is {answer.headers.get('cache-control')!r}, without for whom and how long"


def not_modified(remote: Remote, path: str) -> Problems:
    tag = remote.ask(path).headers.get("etag")
    if tag is None:
        return
    for held in (tag, f'"other", {tag}', f"W/{tag.removeprefix('W/')}"):
        answer = remote.ask(path, {"If-None-Match": held})
        if answer.status != 304:
            yield f"If-None-Match: {held} is answered with {answer.status}, not 304"
        elif answer.body:
            yield f"304 has a body of {len(answer.body)} bytes"
        elif answer.headers.get("etag") != tag:
            yield f"304 has the ETag {answer.headers.get('etag')}, not {tag}"
    if remote.ask(path, {"If-None-Match": '"other"'}).status != 200:
        yield "another ETag is not answered with the picture"


def head(remote: Remote, path: str) -> Problems:
    got, answer = remote.ask(path), remote.ask(path, method="HEAD")
    if answer.status != got.status:
        yield f"HEAD is answered with {answer.status}, GET with {got.status}"
    for name in ("content-type", "etag", "x-plotgate-alt"):
        if answer.headers.get(name) != got.headers.get(name):
            yield f"{name} of HEAD is {answer.headers.get(name)!r}, of GET {got.headers.get(name)!r}"
    if answer.body:
        yield "HEAD has a body"


def compression(remote: Remote, path: str) -> Problems:
    target = f"{path}?format=svg&width=440"
    plain, packed = remote.ask(target), remote.ask(target, {"Accept-Encoding": "gzip"})
    if "accept-encoding" not in plain.headers.get("vary", "").lower():
        yield f"Vary of an SVG is {plain.headers.get('vary')!r}, without Accept-Encoding"
    if packed.body != plain.body:
        yield "the compressed SVG is another one"
    if len(plain.body) > LEAST_TO_COMPRESS and packed.headers.get("content-encoding") != "gzip":
        yield f"an SVG of {len(plain.body)} bytes is not compressed for a client that accepts gzip"
    if "content-encoding" in plain.headers:
        yield "an SVG is compressed for a client that does not accept it"


def headers(remote: Remote, path: str) -> Problems:
    for answer in (remote.ask(path), remote.ask(f"{path}?{UNKNOWN}=1", {"Accept": "application/json"})):
        for name, value in (("x-content-type-options", "nosniff"), ("cross-origin-resource-policy", "cross-origin")):
            if answer.headers.get(name) != value:
                yield f"{name} of status {answer.status} is {answer.headers.get(name)!r}, not {value!r}"
    if not _is_inline(remote.ask(path)):
        yield f"Content-Disposition is {remote.ask(path).headers.get('content-disposition')!r}, not inline with a name"
    policy = remote.ask(f"{path}?format=svg&width=440").headers.get("content-security-policy", "")
    missing = [part for part in ("default-src 'none'", "style-src 'unsafe-inline'", "sandbox") if part not in policy]
    if missing:
        yield f"Content-Security-Policy of an SVG lacks {', '.join(missing)}"


def cors(remote: Remote, path: str) -> Problems:
    origin = "https://plotgate.example"
    for target in (path, f"{path}?{UNKNOWN}=1"):
        answer = remote.ask(target, {"Origin": origin})
        if answer.headers.get("access-control-allow-origin") not in ("*", origin):
            yield f"status {answer.status} allows {answer.headers.get('access-control-allow-origin')!r}, not any page"


def determinism(remote: Remote, path: str) -> Problems:
    for query in ("width=440", "format=svg&width=440"):
        first, second = remote.ask(f"{path}?{query}"), remote.ask(f"{path}?{query}", again=True)
        if first.headers.get("etag") is None:
            continue
        if first.headers.get("etag") != second.headers.get("etag"):
            yield f"{query} has another ETag when it is asked for again"
        elif first.body != second.body:
            yield f"{query} has other bytes under the same ETag"


def one_picture(remote: Remote, path: str) -> Problems:
    tags = [
        remote.ask(f"{path}?{query}").headers.get("etag")
        for query in ("width=440&theme=dark", "theme=dark&width=440", "theme=dark&width=440&dpr=1.0")
    ]
    if len(set(tags)) > 1:
        yield "the order or the spelling of the query makes another ETag"
    if tags[0] is not None and tags[0] == remote.ask(f"{path}?width=440").headers.get("etag"):
        yield "two pictures have one ETag"


def gallery(remote: Remote, path: str) -> Problems:
    for target, kind in (("/", "text/html"), ("/openapi.json", "application/json")):
        answer = remote.ask(target)
        tag = answer.headers.get("etag")
        if answer.status != 200 or answer.media_type != kind:
            yield f"{target} is answered with {answer.status} and {answer.media_type!r}"
        elif tag is None or remote.ask(target, {"If-None-Match": tag}).status != 304:
            yield f"{target} has no ETag that spares its body"


PROMISES = (
    Promise("formats", "Each format is answered with its own type and body", formats),
    Promise("sizes", "A picture has exactly the size that is asked for", sizes),
    Promise("themes", "The dark theme is another picture", themes),
    Promise("words", "The alt text is in a header, and the same everywhere", words),
    Promise("errors", "Errors have their status, name what is wrong, and leak nothing", errors),
    Promise("caching", "A picture says for how long it may be kept", caching),
    Promise("not modified", "Who has the picture is told so without a body", not_modified),
    Promise("head", "HEAD is GET without a body", head),
    Promise("compression", "Texts are compressed for who accepts it", compression),
    Promise("headers", "Browsers guess no type, and an SVG runs nothing", headers),
    Promise("CORS", "Any page may read a picture, and an error", cors),
    Promise("determinism", "The same URL has the same bytes", determinism),
    Promise("one picture", "A picture has one ETag, however its URL is spelled", one_picture),
)
SITE = Promise("gallery", "The gallery and the OpenAPI document answer, and spare what is known", gallery)


def _is_inline(answer: Answer) -> bool:
    return re.fullmatch(r'inline; filename="[\w.-]+"', answer.headers.get("content-disposition", "")) is not None


def _is_whole(name: str, body: bytes) -> bool:
    """Whether a body can be read to its end."""
    try:
        if name in ("png", "webp"):
            Image.open(io.BytesIO(body)).load()
        elif name == "svg":
            ElementTree.fromstring(body)  # noqa: S314 - of the operator's own address; expat bounds entities
        elif name == "json":
            json.loads(body)
        elif name == "csv":
            body.decode()
        else:
            return body.rstrip().endswith(b"%%EOF")
    except (OSError, SyntaxError, ValueError):
        return False
    return True


def _size(answer: Answer) -> tuple[int, int] | None:
    try:
        return Image.open(io.BytesIO(answer.body)).size
    except OSError:
        return None


def _written(size: tuple[int, int] | None) -> str:
    return f"{size[0]} x {size[1]} pixels" if size else "no size"


def _directives(answer: Answer) -> dict[str, str]:
    parts = [part.strip().lower().partition("=") for part in answer.headers.get("cache-control", "").split(",")]
    return {name: value for name, _, value in parts if name}


def _kept_briefly(answer: Answer) -> Problems:
    said = _directives(answer)
    longest = max((int(said[name]) for name in ("max-age", "s-maxage") if said.get(name, "").isdigit()), default=0)
    if longest > LONGEST_ERROR or not said:
        how = answer.headers.get("cache-control")
        yield f"an error has Cache-Control {how!r}, and may be kept for at most {LONGEST_ERROR} s"
    if answer.media_type == SVG and "default-src 'none'" not in answer.headers.get("content-security-policy", ""):
        yield "an error's SVG has no Content-Security-Policy"


def _leaks(answer: Answer) -> Problems:
    if found := SECRETS.search(answer.body):
        yield f"an error of status {answer.status} says {found[0].decode()!r}"
