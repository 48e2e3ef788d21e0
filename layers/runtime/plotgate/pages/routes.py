"""The gallery's function: which page answers at which path."""

from pathlib import Path

from fastapi import Request, Response

from plotgate.errors import (
    ExpiredError,
    KeysError,
    NotFoundError,
    NotYetValidError,
    SignatureError,
    UnsignedError,
)
from plotgate.http.access import granted
from plotgate.http.endpoint import application
from plotgate.http.events import Adapter
from plotgate.http.pages import JSON, page_answer
from plotgate.pages.address import Site, site_of
from plotgate.pages.entries import read_entries
from plotgate.pages.gallery import gallery_page
from plotgate.pages.oembed import oembed_answer
from plotgate.pages.page import PRIVATE, answer, refusal_page
from plotgate.pages.signed_gallery import SEARCH, signed_gallery
from plotgate.pages.view import view_answer


def serve_pages(folder: Path) -> Adapter:
    """The Lambda handler of the pages: of all plots at `/`, of each at `/view/…`; `folder` holds the catalog.

    It imports no plot: all that it knows stands in `catalog.json` and `openapi.json`.
    """

    def found(request: Request) -> Response:
        site = site_of(request)
        return _answer(request, site, site.path_of(request), folder)

    return Adapter(application({"/{path:path}": found}))


def _answer(request: Request, site: Site, path: str, folder: Path) -> Response:
    if path == "/openapi.json":
        grant = granted(request.scope["path"], request.query_params.multi_items())
        return page_answer(request, (folder / "openapi.json").read_bytes(), JSON, headers=PRIVATE if grant else None)
    entries = read_entries(folder / "catalog.json")
    if path == "/oembed":
        return oembed_answer(request, site, entries)
    try:
        if path == "/":
            search = request.query_params.get(SEARCH, "").strip()
            return answer(request, site, gallery_page(entries, site, search, signed_gallery(request)))
        if path.startswith("/view/"):
            return view_answer(request, site, entries, path.removeprefix("/view"))
    except (UnsignedError, SignatureError, NotYetValidError, ExpiredError, KeysError) as error:
        return answer(request, site, refusal_page(error))
    raise NotFoundError("No page has this path.")
