"""An HTML page as a Lambda handler: for functions that show plots and draw none."""

from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path

from fastapi import FastAPI, Request, Response
from fastapi.responses import HTMLResponse

from plotgate.http.events import Adapter
from plotgate.http.responses import EVERYWHERE, without_body_for_head


def serve_page(page: Callable[[], str], json: Mapping[str, Path] | None = None) -> Adapter:
    """The Lambda handler of the page that `page()` returns as HTML, and of JSON files by their paths in the URL."""
    app = FastAPI(openapi_url=None)

    async def answer(request: Request) -> Response:
        return without_body_for_head(request, HTMLResponse(page()))

    app.add_route("/", answer, methods=["GET", "HEAD"])
    for path, file in (json or {}).items():
        app.add_route(path, _json(file), methods=["GET", "HEAD"])
    return Adapter(app)


def _json(file: Path) -> Callable[[Request], Awaitable[Response]]:
    async def answer(request: Request) -> Response:
        response = Response(file.read_bytes(), media_type="application/json", headers=EVERYWHERE)
        return without_body_for_head(request, response)

    return answer
