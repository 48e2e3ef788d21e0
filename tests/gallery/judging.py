"""What is wrong with a plot's answers, held against the same script drawn by matplotlib alone."""

import csv
import io
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PIL import Image

from tests.gallery.observing import SMALLEST_AXES, Observation
from tests.gallery.requests import REQUESTS, Request, Sides
from tests.gallery.truth import untrue

PLAIN_CONTRAST = 3.0  # what stands out so much, as WCAG 2 asks of what carries meaning,
LEAST_CONTRAST = 1.5  # must be seen at least so well; thin lines are paler in a small picture
LEAST_SHARE = 0.5  # of the width and height that axes have in matplotlib's own picture
SAME_SIDE = 0.05  # of a side: a figure that makes room for its own texts is as much larger or smaller
LEAST_TEXT = 1  # characters of an alt text
MOST_WORDS = 100

ERRORS = ("error", "refused", "no answer")
"""The causes that matplotlib alone has not: a picture is missing. All others say that one is not right."""


@dataclass(frozen=True)
class Finding:
    """Something that is wrong: in which answer, what kind, and what exactly."""

    script: str
    request: str
    cause: str
    detail: str

    @property
    def is_error(self) -> bool:
        return self.cause in ERRORS

    def __str__(self) -> str:
        return f"{self.script} · {self.request} · {self.cause}: {self.detail}"


Results = Mapping[str, Mapping[str, Any]]


def judge(script: str, plain: Mapping[str, Any], first: Results, second: Results, pictures: Path) -> Iterator[Finding]:
    """One finding for each answer and cause, in the answers of two processes; the first's bodies are in `pictures`."""
    details: dict[tuple[str, str], list[str]] = {}
    for finding in _judge(script, plain, first, second, pictures):
        details.setdefault((finding.request, finding.cause), []).append(finding.detail)
    for (request, cause), said in details.items():
        more = f" (and {len(said) - 1} more)" if len(said) > 1 else ""
        yield Finding(script, request, cause, said[0] + more)


def _judge(script: str, plain: Mapping[str, Any], first: Results, second: Results, pictures: Path) -> Iterator[Finding]:
    own = _own_sides(first, plain, pictures)
    for name, found in first.items():
        request = REQUESTS[name]
        if "error" in found:
            yield Finding(script, name, "no answer", found["error"])
            continue
        if found["status"] >= 400:
            reason = (found["logged"] or [_problem(found)])[-1]
            # A figure of which no table can be read has none, and says so: no error, but nothing to be proud of.
            refused = "no table" if name == "csv" else "refused"
            yield Finding(script, name, "error" if found["status"] >= 500 else refused, reason)
            continue
        for reason in found["logged"]:
            yield Finding(script, name, "words", f"could not be read: {reason}")
        again = second.get(name)
        if again and again.get("digest") != found["digest"]:
            yield Finding(script, name, "bytes", f"differ in a second process: {again.get('error', 'other bytes')}")
        body = (pictures / f"{name}.{suffix_of(request)}").read_bytes()
        yield from (Finding(script, name, *said) for said in _form(request, own, plain["sides"], body))
        if name == "json":
            yield from (Finding(script, name, *said) for said in false_words(json.loads(body)["alt"], plain["drew"]))
        if "seen" in found and "seen" in plain:
            here, there = Observation(**found["seen"]), Observation(**plain["seen"])
            yield from (Finding(script, name, *said) for said in seen_worse(here, there))
        if name == "dark" and "seen" in found and "seen" in first.get("default", {}):
            light = Observation(**first["default"]["seen"])
            yield from (Finding(script, name, *said) for said in paler(Observation(**found["seen"]), light))


def suffix_of(request: Request) -> str:
    return request.media_type.partition(";")[0].rpartition("/")[2].partition("+")[0]


def seen_worse(here: Observation, there: Observation) -> Iterator[tuple[str, str]]:
    """Cause and detail of what can be seen in `there`, and not `here`."""
    for name, contrast in there.contrasts.items():
        now = here.contrasts.get(name, 1.0)
        if contrast >= PLAIN_CONTRAST and now < LEAST_CONTRAST:
            yield "invisible", f"{name} had a contrast of {contrast:.1f} : 1 and has {now:.1f} : 1"
    known = {frozenset(pair) for pair in map(tuple, there.overlaps)}
    for pair in map(tuple, here.overlaps):
        if frozenset(pair) not in known:
            yield "text upon text", " and ".join(f"“{name}”" for name in pair)
    for name in sorted(set(here.cut) - set(there.cut)):
        yield "cut off", f"“{name}”"
    for name, share in there.shares.items():
        now_share = here.shares.get(name, (0.0, 0.0))
        for side, before, now in zip(("width", "height"), share, now_share, strict=True):
            if before >= SMALLEST_AXES and now < LEAST_SHARE * before:
                yield "small axes", f"{name} had {before:.0%} of the {side} and has {now:.0%}"


def paler(dark: Observation, light: Observation) -> Iterator[tuple[str, str]]:
    """Cause and detail of what stands out in light, and not in dark."""
    for name, contrast in light.contrasts.items():
        now = dark.contrasts.get(name, 1.0)
        if contrast >= PLAIN_CONTRAST > now >= LEAST_CONTRAST:
            yield "paler", f"{name} has a contrast of {contrast:.1f} : 1 in light and of {now:.1f} : 1 in dark"


def _own_sides(first: Results, plain: Mapping[str, Any], pictures: Path) -> Sides:
    """The default picture's size, for a figure that measures its own texts has not matplotlib's; else matplotlib's."""
    if first.get("default", {}).get("status") == 200:
        return _sides((pictures / "default.png").read_bytes())
    return plain["sides"][0], plain["sides"][1]


def _sides(body: bytes) -> Sides:
    return Image.open(io.BytesIO(body)).size


def _form(request: Request, own: Sides, plain: list[int], body: bytes) -> Iterator[tuple[str, str]]:
    width, height = request.sides(own)
    if request == REQUESTS["default"] and any(
        abs(here - there) > SAME_SIDE * there for here, there in zip(own, plain, strict=True)
    ):
        yield "size", f"{width}x{height}, by matplotlib alone {plain[0]}x{plain[1]}"
    match suffix_of(request):
        case "png" | "webp":
            size = _sides(body)
            if size != (width * request.dpr, height * request.dpr):
                yield "size", f"{size[0]}x{size[1]} instead of {width * request.dpr}x{height * request.dpr}"
        case "svg":
            if f'width="{width}" height="{height}"'.encode() not in body[:2000]:
                yield "size", f"not {width}x{height}"
        case "pdf":
            if not body.startswith(b"%PDF-"):
                yield "size", "no PDF"
        case "csv":
            lengths = {len(row) for row in csv.reader(io.StringIO(body.decode(), newline=""))}
            if len(lengths) != 1:
                yield "words", "the CSV's rows differ in length"


def false_words(alt: str, drew: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Cause and detail of what is wrong with an alt text: its length, and what is not true of what was drawn."""
    words = len(alt.split())
    if not LEAST_TEXT <= words <= MOST_WORDS:
        yield "words", f"the alt text has {words} words"
    yield from (("untrue", said) for said in untrue(alt, drew))


def _problem(found: Mapping[str, Any]) -> str:
    try:
        problem = json.loads(found["said"])
    except json.JSONDecodeError:
        return str(found["status"])
    violations = problem.get("errors") or [{}]
    return f"{found['status']}: {problem.get('detail', '')} {json.dumps(violations[0])}"[:200]


def class_of(finding: Finding) -> str:
    """What several findings have in common: numbers, names and paths left out."""
    if finding.cause not in (*ERRORS, "words"):
        return finding.cause
    return f"{finding.cause}: {re.sub(r'[-+]?[0-9][0-9.e+-]*', 'N', finding.detail)[:110]}"
