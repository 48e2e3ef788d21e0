"""The gallery's function: which page answers at which path."""

from pathlib import Path

from fastapi import Request, Response

from plotgate.errors import NotFoundError
from plotgate.http.endpoint import application
from plotgate.http.events import Adapter
from plotgate.http.pages import JSON, page_answer
from plotgate.pages.address import Site, site_of
from plotgate.pages.entries import read_entries
from plotgate.pages.gallery import gallery_page
from plotgate.pages.oembed import oembed_answer
from plotgate.pages.page import answer
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
        return page_answer(request, (folder / "openapi.json").read_bytes(), JSON)
    entries = read_entries(folder / "catalog.json")
    if path == "/":
        return answer(request, site, gallery_page(entries, site, request.query_params.get("q", "").strip()))
    if path == "/oembed":
        return oembed_answer(request, site, entries)
    if path.startswith("/view/"):
        return view_answer(request, site, entries, path.removeprefix("/view"))
    raise NotFoundError("No page has this path.")
