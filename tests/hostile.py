"""Hostile requests, made up by a seed, and what the answer to each of them must be."""

import base64
import csv
import gzip
import io
import json
import os
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from random import Random
from typing import Any
from urllib.parse import quote
from xml.etree import ElementTree

from PIL import Image

from plotgate.serve import Handler
from plotgate.url.view import View
from tests.found import PLOTS, ROOT, handler_of, path_of
from tests.wire import PAYLOADS, Request

WORDS = [
    *("", " ", "x", "None", "null", "undefined", "NaN", "inf", "-Infinity", "true", "0", "-0", "-1", "1e400", "0x10"),
    *(
        "9" * 400,
        "1_000",
        "1,5",
        "1" * 20 + ".5",
        "2.2250738585072014e-308",
        "٣٤٥",
        "\uff11\uff12\uff13",
        "Ⅷ",
        "½",
        "१०",
    ),
    *("__proto__", "constructor", "__class__", "_x", "model_dump", "model_fields", "self", "toString", "{0.__class__}"),
    *("%s%n", "${jndi:ldap://x}", "{{7*7}}", "' or 1=1 --", "=1+1", "<script>alert(1)</script>", "]]>", "<!ENTITY x>"),
    *(
        "../../etc/passwd",
        "..\\..\\x",
        "file:///etc/passwd",
        "a\r\nSet-Cookie: x=1",
        "\x00",
        "\x1b[31m",
        "\x0b",
        "\ufffe",
    ),
    *("\u202etxt", "\u0301" * 200, "\U0010ffff" * 100, "\N{PILE OF POO}" * 50, "ß" * 100, "İ", "\uff21", "ﷺ", "\ud800"),
    *("," * 500, "a," * 300, ";" * 100, "W" * 3000, "i" * 9000, "a b " * 500, "&amp;", "+", "%", "%zz", "%25%30%30"),
]
BYTES = [  # percent-encoded: overlong and broken UTF-8, and what some decode twice
    *("%c0%af", "%e0%80%af", "%f8%88%80%80%80", "%ff%fe", "%ed%a0%80", "%f4%90%80%80", "%00", "%0d%0aX-Evil:1"),
    *("%2e%2e%2f", "%252e%252e%252f", "%u0041", "%", "%4", "%E2%82", "%26", "%3d", "%23", "%5c"),
]
TIMES = [
    *("0001-01-01", "0999-12-31", "1000-01-01", "1582-10-10", "1883-11-18", "1970-01-01", "2012-02-30", "2016-02-29"),
    *("2016-03-13T02:30:00", "2016-11-06T01:30:00", "2016-12-31T23:59:60Z", "9000-12-31", "9001-01-01", "9999-12-31"),
    *("9999-12-31T23:59:59-23:59", "0001-01-01T00:00:00+23:59", "2012-W01-1", "20120101", "2012-1-1", "12012-01-01"),
    *(
        "now",
        "today",
        "yesterday",
        "last-year",
        "next-quarter",
        "this-century",
        "-30d",
        "+7w",
        " 7w",
        "-999999y",
        "+0min",
    ),
    *("-1d-1d", "--1d", "NOW", "2012-01-01T00:00:00.0000000000001Z", "2012-01-01T24:00:00", "-٣d", "1e3d"),
]
METHODS = ["POST", "PUT", "DELETE", "OPTIONS", "TRACE", "PATCH", "CONNECT", "get", "", "GET /", "G\u0130T", "X" * 200]
ACCEPTED = [
    *(
        "*/*",
        "image/*",
        "image/png",
        "image/svg+xml;q=0.1, */*;q=0",
        "text/html,*/*;q=0.8",
        ";;q=",
        ",,,",
        "q",
        "\x00/*",
    ),
    *(
        "image/png;q=nan",
        "image/png;q=1e309",
        "image/png;q=-1",
        "image/" + "x" * 4000,
        "a/b," * 1000,
        "\u20ac",
        "image/*;" * 500,
    ),
]
HEADERS = {
    "accept": ACCEPTED,
    "accept-encoding": [
        "gzip",
        "gzip;q=0",
        "gzip;q=x",
        "*",
        "br,gzip",
        "GZIP;q=0.001",
        "gzip" * 900,
        ";",
        "identity;q=0",
    ],
    "if-none-match": ["*", '"', '""', 'W/"a"', '"a" "b"', "*,*", '"' * 5000, "W/" * 3000, '"\u00e4"', "\x00"],
    "sec-fetch-dest": ["image", "object", "embed", "empty", "IMAGE", "image, image", "document", "\r\n"],
    "host": ["", "localhost", "a:b", "[::1]", "x" * 5000, "evil.example/../", "localhost:99999", ":"],
    "x-forwarded-proto": ["http", "gopher", "", "\x00"],
    "x-forwarded-port": ["80", "x", "-1", "9" * 50],
    "x-forwarded-for": ["::1", "x", "1.2.3.4, 5.6.7.8" * 100],
    "transfer-encoding": ["chunked"],
    "content-length": ["-1", "10"],
    "range": ["bytes=0-1", "bytes=-1", "x"],
    "origin": ["null", "https://evil.example"],
    "cookie": ["a=b; " * 500, "\u00e4"],
    "": ["x"],
    "x\r\ny": ["z"],
}
NO_REQUESTS: list[dict[str, Any]] = [
    {}, {"version": "0", "source": "aws.events"}, {"Records": []}, {"version": "2.0"}, {"requestContext": None},
    {"requestContext": {}}, {"version": "2.0", "requestContext": {"http": {}}},
    {"version": "1.0", "requestContext": {}},
    {"requestContext": {"elb": None}}, {"httpMethod": "GET", "path": "/"}, {"version": 2, "requestContext": []},
]  # fmt: skip
# No answer says any of these, unless its request did: paths, modules, tracebacks.
LEAKS = re.compile(
    rf'{re.escape(str(ROOT))}|/(var|opt|usr|home|root|tmp)/|site-packages|Traceback|File "|\.py\b|line \d+, in'
    r"|plotgate\.(url|http|data|pictures|figure|serve|entry|errors)|pydantic|starlette|fastapi|mangum"
    r"|object at 0x|<class ",
    re.IGNORECASE,
)
LARGEST = 6_291_556  # bytes of an answer as JSON


@dataclass(frozen=True)
class Attack:
    """An event for a function."""

    function: str
    event: dict[str, Any]
    tells: str  # what it asks, for people

    def answered(self) -> dict[str, Any]:
        """The function's answer."""
        result: dict[str, Any] = handler_of(self.function)(self.event, None)
        return result


def attacks(count: int, seed: int = 10, good: float = 0.01) -> Iterator[Attack]:
    """Hostile requests to every plot, the same for each `seed`; a share `good` of them has no parameter that is bad."""
    random = Random(seed)  # noqa: S311 - not for secrets
    for _ in range(count):
        yield _attack(random, good)


def _attack(random: Random, good: float) -> Attack:
    plot = random.choice(PLOTS)
    if random.random() < 0.02:
        event = random.choice(NO_REQUESTS)
        return Attack(plot, event, f"event {json.dumps(event)}")
    request = Request(
        _path(plot, random, good),
        _query(plot, random, good),
        random.choice(METHODS) if random.random() < 0.05 else random.choice(["GET", "GET", "GET", "HEAD"]),
        _headers(random),
    )
    service = random.choice(list(PAYLOADS))
    event = PAYLOADS[service](request)
    if random.random() < 0.05:
        _take_away(event, random)
    return Attack(plot, event, f"{service} {request.method[:20]} {request.target}")


def _path(plot: str, random: Random, good: float) -> str:
    own = path_of(plot)
    chance = random.random()
    if chance < 0.9:
        return own
    return random.choice(
        [
            f"{own}/{quote(_word(random), safe='', errors='surrogatepass')}",
            f"{own}/{random.choice(BYTES)}",
            f"{own.rpartition('/')[0]}/{random.choice(BYTES)}{quote(_word(random), errors='surrogatepass')}",
            f"/{random.choice(BYTES)}" * random.choice([1, 1, 200]),
            *("", "/", "//", "/.", "/..", "x", f"{own}/", own.upper(), own.replace("/", "//"), f"/{own}", f"{own}%2F"),
            "/" * 5000,
        ]
    )


def _query(plot: str, random: Random, good: float) -> str:
    if random.random() < good:
        return random.choice(
            ["", "&&", "theme=dark", "format=svg", "format=json", "format=csv", "width=300", "errors=text"]
        )
    if random.random() < 0.03:
        return random.choice(["?" * 50, "=" * 100, "&" * 10_000, "a=" * 3000, "x" * 10_000, "a;b;c=1", "%", "format"])
    found = handler_of(plot)
    assert isinstance(found, Handler)
    names = [*found.plot.url_parameters.model_fields, *View.model_fields]
    parts = [_pair(random, names) for _ in range(random.choice([0, 1, 1, 2, 3, 200 if random.random() < 0.05 else 1]))]
    # What is surely refused: all else may be drawn, which takes a thousand times as long.
    parts.insert(
        random.randint(0, len(parts)), random.choice(["width=x", "dpr=0", "theme=pink", "x=1", "format=", "errors=no"])
    )
    return "&".join(parts)


def _pair(random: Random, names: list[str]) -> str:
    name = random.choice(names) if random.random() < 0.8 else _word(random)
    encoded = quote(name, safe="", errors="surrogatepass")
    if random.random() < 0.1:
        return f"{encoded}={random.choice(BYTES)}"
    value = random.choice(TIMES) if name in ("start", "end") and random.random() < 0.8 else _word(random)
    return f"{encoded}={quote(value, safe=random.choice(['', ' +', '/:,']), errors='surrogatepass')}"


def _word(random: Random) -> str:
    word = random.choice(WORDS)
    return word if random.random() < 0.8 else word + random.choice(WORDS)[:50]


def _headers(random: Random) -> dict[str, str]:
    chosen = random.sample(list(HEADERS), random.choice([0, 1, 2, 3]))
    return {name: random.choice(HEADERS[name]) for name in chosen}


def _take_away(event: dict[str, Any], random: Random) -> None:
    """Take a member of an event away, or make something else of it."""
    within = random.choice([event, event.get("requestContext", event)])
    within = within.get("http", within) if random.random() < 0.5 else within
    name = random.choice(list(within))
    if random.random() < 0.5:
        del within[name]
    else:
        within[name] = random.choice([None, "", 0, "\ud800"])


def faults(attack: Attack, result: dict[str, Any]) -> list[str]:
    """What is wrong with the answer to a hostile request; nothing, if all is well."""
    found = []
    headers = {name.lower(): str(value) for name, value in (result.get("headers") or {}).items()}
    headers |= {name.lower(): str(values[-1]) for name, values in (result.get("multiValueHeaders") or {}).items()}
    if not 200 <= result["statusCode"] < 500:
        found.append(f"status {result['statusCode']}")
    found += [f"header {n!r}" for n, v in headers.items() if not (f"{n}{v}".isascii() and f"{n}{v}".isprintable())]
    if len(json.dumps(result)) > LARGEST:
        found.append("too large")
    body = base64.b64decode(result["body"]) if result.get("isBase64Encoded") else result.get("body", "").encode()
    if body and headers.get("content-encoding") == "gzip":
        body = gzip.decompress(body)
    if body and (error := _unreadable(headers["content-type"].partition(";")[0], body)):
        found.append(error)
    if result["statusCode"] != 400 and headers.get("x-content-type-options") != "nosniff":
        found.append("no nosniff")
    sent = json.dumps(attack.event)
    said = f"{headers} {body.decode(errors='replace') if not body.startswith((b'\x89PNG', b'RIFF', b'%PDF')) else ''}"
    found += [f"leak {leak[0]!r}" for leak in LEAKS.finditer(said) if leak[0] not in sent][:1]
    found += [f"leak of {name}" for name, value in SECRETS.items() if value in said and value not in sent]
    return found


SECRETS = {name: value for name, value in os.environ.items() if len(value) > 8}


def _unreadable(media_type: str, body: bytes) -> str | None:
    """What is wrong with a body of this type, if anything is."""
    try:
        READERS[media_type](body)
    except Exception as error:  # noqa: BLE001 - whatever a reader raises
        return f"{media_type}: {error!r}"
    return None


def _csv(body: bytes) -> None:
    assert len({len(row) for row in csv.reader(io.StringIO(body.decode(), newline=""))}) == 1


def _pdf(body: bytes) -> None:
    assert body.startswith(b"%PDF-")
    assert body.rstrip().endswith(b"%%EOF")


READERS: dict[str, Callable[[bytes], object]] = {
    "application/json": json.loads,
    "application/problem+json": json.loads,
    "application/pdf": _pdf,
    "image/png": lambda body: Image.open(io.BytesIO(body)).verify(),
    "image/webp": lambda body: Image.open(io.BytesIO(body)).verify(),
    "image/svg+xml": ElementTree.fromstring,
    "text/csv": _csv,
    "text/html": bytes.decode,
    "text/plain": bytes.decode,
}
