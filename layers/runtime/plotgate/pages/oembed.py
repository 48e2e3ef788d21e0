"""oEmbed: what to show for the address of a page (https://oembed.com, section 2)."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from fastapi import Request, Response

from plotgate.errors import NotFoundError, ParameterError, PlotgateError, Violation
from plotgate.http.access import granted
from plotgate.http.answers import EVERYWHERE
from plotgate.http.caching import LIVE_MAX_AGE, UNKNOWN
from plotgate.http.pages import JSON, page_answer
from plotgate.pages.address import Site, picture_of
from plotgate.pages.asked import Asked, read_asked
from plotgate.pages.entries import Entry
from plotgate.pages.page import PRIVATE
from plotgate.pages.prose import plain
from plotgate.pages.snippets import alt
from plotgate.pages.unfurl import has_card
from plotgate.url.view import LONGEST_SIDE, SHORTEST_SIDE

NO_XML = {
    "type": "about:blank",
    "title": "The format is not implemented",
    "status": 501,
    "detail": "The parameter `format` must be json.",
    "code": "not_implemented",
}


def oembed_answer(request: Request, site: Site, entries: Sequence[Entry]) -> Response:
    """The answer to `/oembed?url=…`: a photo of the picture that a page of ours shows.

    404 where it is of another host or of no plot, 422 where it asks for what cannot be: always as JSON.
    """
    given = request.query_params
    if given.get("format", "json") != "json":
        return _refusal(NO_XML)
    try:
        asked = _asked(given.get("url", ""), site, entries)
        photo = _photo(asked, site, given)
    except PlotgateError as error:
        return _refusal(error.body())
    body = json.dumps(photo, ensure_ascii=False).encode()
    return page_answer(request, body, JSON, headers=PRIVATE if asked.signed else None)


def _refusal(problem: Mapping[str, Any]) -> Response:
    headers = {**EVERYWHERE, "Cache-Control": UNKNOWN}
    body = json.dumps(problem).encode()
    return Response(body, problem["status"], media_type="application/problem+json", headers=headers)


def _asked(url: str, site: Site, entries: Sequence[Entry]) -> Asked:
    if not url:
        raise ParameterError([Violation("url", "must be the address of a plot's page")])
    try:
        parts = urlsplit(url)
    except ValueError:
        parts = urlsplit("")
    prefix = f"{site.stage}/view/"
    path = unquote(parts.path)
    if site.is_ours(parts.scheme, parts.netloc) and path.startswith(prefix):
        query = parse_qsl(parts.query, keep_blank_values=True)
        granted(picture_of(path, prefix.removesuffix("/view/"), entries), query)
        for entry in entries:
            if (values := entry.match_page(path.removeprefix(f"{site.stage}/view"))) is not None:
                asked = read_asked(entry, values, query)
                if asked.violations:
                    raise ParameterError(list(asked.violations))
                if has_card(asked):
                    return asked
    raise NotFoundError("The parameter `url` must be the address of a page of a plot, at this host.")


def _photo(asked: Asked, site: Site, given: Mapping[str, str]) -> dict[str, object]:
    size = asked.size
    limits = {name: _limit(name, given[name]) for name in ("maxwidth", "maxheight") if name in given}
    # A photo's width and height are those of its pixels, so a picture that must be smaller is laid out anew.
    across, down = limits.get("maxwidth", LONGEST_SIDE), limits.get("maxheight", LONGEST_SIDE)
    scale = min(1.0, across / size.width, down / size.height)
    fitted = replace(size, width=int(size.width * scale), height=int(size.height * scale), dpr=1)
    if min(fitted.width, fitted.height) < SHORTEST_SIDE:
        rule = f"must leave {SHORTEST_SIDE} pixels for the picture's shorter side"
        raise ParameterError([Violation("maxwidth" if across <= down else "maxheight", rule)])
    shown = {name: text for name, text in asked.shown.items() if name not in ("format", "dpr")}
    shown |= {"width": str(fitted.width), "height": str(fitted.height)}
    return {
        "version": "1.0",
        "type": "photo",
        "title": plain(asked.entry.title),
        "url": site.absolute(asked.picture(shown)),
        "width": fitted.width,
        "height": fitted.height,
        "alt": alt(asked),
        "provider_name": "plotgate",
        "provider_url": site.absolute("/"),
        "cache_age": LIVE_MAX_AGE,
    }


def _limit(name: str, text: str) -> int:
    if not text.isascii() or not text.isdecimal() or int(text[:6]) == 0:
        raise ParameterError([Violation(name, "must be a whole number of pixels", text)])
    return int(text[:6])
