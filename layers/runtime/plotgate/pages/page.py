"""What the pages have in common: their frame, and what they let a browser do."""

from dataclasses import dataclass
from functools import cache

from fastapi import Request, Response

from plotgate.errors import PlotgateError
from plotgate.http.pages import inline_hash, page_answer
from plotgate.pages.address import Site
from plotgate.pages.markup import Markup, render, source, tag

# Asked for again each time, when its signature may have ended; and no other site learns that.
PRIVATE = {"Cache-Control": "private, no-cache", "Referrer-Policy": "no-referrer"}


@dataclass(frozen=True)
class Page:
    """A page of ours."""

    title: str
    body: Markup
    head: str = ""  # for those who read the page without showing it
    script: str = ""  # the name of a file of the templates
    status: int = 200
    is_private: bool = False  # for whoever has its address, and kept nowhere else


def answer(request: Request, site: Site, page: Page) -> Response:
    """The answer with a page: all in one file, for another request might wait for another cold start."""
    script = _script(page.script) if page.script else Markup("")
    html = render(
        "page",
        title=page.title,
        head=page.head,
        style=Markup(source_once("style.css")),
        body=page.body,
        script=Markup(f"<script>{script}</script>") if script else script,
        home=f"{site.stage}/",
        openapi=f"{site.stage}/openapi.json",
    )
    headers = {"Content-Security-Policy": _policy(script)}
    if page.is_private:
        headers |= PRIVATE
    return page_answer(request, html.encode(), status=page.status, headers=headers)


def refusal_page(error: PlotgateError) -> Page:
    """The page that says why another one is not shown."""
    body = tag("header", {"class": "hero"}, tag("h1", {}, error.title), tag("p", {}, error.detail))
    return Page(f"{error.title} · plotgate", body, status=int(error.status), is_private=True)


@cache
def source_once(name: str) -> str:
    """A file of the templates, read once."""
    return source(name)


@cache
def _script(name: str) -> Markup:
    return Markup(source(name))


@cache
def _policy(script: str) -> str:
    """The strictest policy with which a page works: nothing is loaded from elsewhere, and no text runs but our own."""
    allowed = {
        "default-src": "'none'",
        "img-src": "'self' data: blob:",
        "style-src": inline_hash(source_once("style.css")),
        "script-src": inline_hash(script) if script else "'none'",
        "connect-src": "'self'",
        "form-action": "'self'",
        "base-uri": "'none'",
        "frame-ancestors": "'none'",
    }
    return "; ".join(f"{name} {value}" for name, value in allowed.items())
