"""Where this gallery is, and the addresses of its pictures and pages."""

import os
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlencode

from fastapi import Request

from plotgate.pages.entries import Entry
from plotgate.pages.signed import Signed
from plotgate.url.view import View

DOMAIN = "PLOTGATE_DOMAIN"  # the environment variable with the name under which a CDN shows the pages
# A name, an IPv4 or an IPv6 address, and a port: nothing that could be anything else in a URL.
_HOST = re.compile(r"([A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*|\[[0-9A-Fa-f:.]+\])(:[0-9]{1,5})?")


@dataclass(frozen=True)
class Site:
    """Where we are."""

    origin: str  # of the URLs that others are given, "https://plots.example"; empty where nobody knows it
    stage: str = ""  # what all paths begin with, "/prod"; empty in the stage `$default`
    asked: str = ""  # where the request has reached us, which may be the API behind a CDN

    def absolute(self, path: str) -> str:
        """The URL of a path of ours."""
        return f"{self.origin}{self.stage}{path}"

    def is_ours(self, scheme: str, host: str) -> bool:
        """Whether an address of this scheme and host is one of ours; http and https are the same page."""
        hosts = {origin.partition("://")[2].lower() for origin in (self.origin, self.asked)} - {""}
        return scheme in ("http", "https") and host.lower() in hosts

    def path_of(self, request: Request) -> str:
        """The decoded path that a request asks for, without the stage."""
        return _path(request).removeprefix(self.stage) or "/"


def site_of(request: Request) -> Site:
    """Where we are: as `PLOTGATE_DOMAIN` says it, else by the API gateway's own word where it gives one, and else by a
    Host header that can be a host.

    API gateway knows its domains, and no client can make it name another. A port is in the Host header alone.
    """
    event: dict[str, Any] = request.scope.get("aws.event") or {}
    context = event.get("requestContext") or {}
    host = request.headers.get("host", "")
    found = _HOST.fullmatch(host)
    domain = context.get("domainName") or ""
    # SAM's emulator says "localhost" wherever it is.
    if domain not in ("", "localhost") and (not found or found[1].lower() != domain.lower()):
        host, found = domain, _HOST.fullmatch(domain)
    scheme = request.scope["scheme"] if request.scope["scheme"] in ("http", "https") else "https"
    stage = context.get("stage") or "$default"
    prefix = f"/{quote(stage)}"
    is_in_path = stage != "$default" and f"{_path(request)}/".startswith(f"{prefix}/")
    asked = f"{scheme}://{host}" if found else ""
    public = os.environ.get(DOMAIN, "")
    return Site(f"https://{public}" if public else asked, prefix if is_in_path else "", asked)


def _path(request: Request) -> str:
    # Not that of `request.url`, which is made of the Host header too: a slash in that would begin the path.
    path: str = request.scope["path"]
    return path


def picture_path(entry: Entry, texts: Mapping[str, str], view: Mapping[str, str], signed: Signed | None = None) -> str:
    """The path and query of a picture: `texts` are those of the plot's own parameters, `view` of every plot's.

    Of a protected plot, what its signature locks stays as it is.
    """
    return _filled(entry, entry.path, texts, view, signed)


def picture_of(page: str, stage: str, entries: Sequence[Entry]) -> str:
    """The path of the picture that a page shows, both decoded: a signature is of that."""
    path = page.removeprefix(stage).removeprefix("/view")
    is_elsewhere = any(not one.path.startswith("/plots/") and one.match_page(path) is not None for one in entries)
    return stage + ("" if is_elsewhere else "/plots") + path


def page_path(entry: Entry, texts: Mapping[str, str], view: Mapping[str, str], signed: Signed | None = None) -> str:
    """The path and query of the page that shows such a picture."""
    return _filled(entry, f"/view{entry.path.removeprefix('/plots')}", texts, view, signed)


def _filled(entry: Entry, path: str, texts: Mapping[str, str], view: Mapping[str, str], signed: Signed | None) -> str:
    own = {}
    for parameter in entry.parameters:
        text = texts.get(parameter.name)
        if parameter.is_in_path:
            path = path.replace(f"{{{parameter.name}}}", quote(text or "", safe=","))
        elif text is not None and text != parameter.default:
            own[parameter.name] = text
    of_view = {name: view[name] for name in View.model_fields if name in view}  # in the order of canonical URLs
    pairs = [*(own | of_view).items()]
    asked = urlencode(signed.query(pairs) if signed else pairs, quote_via=quote, safe=",")
    return quote(path, safe="/,%") + (f"?{asked}" if asked else "")
