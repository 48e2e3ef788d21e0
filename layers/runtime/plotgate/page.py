"""An HTML page as a Lambda handler: for functions that show plots and draw none."""

from collections.abc import Callable

from fastapi import FastAPI, Request, Response
from fastapi.responses import HTMLResponse

from plotgate.adapter import Adapter
from plotgate.responses import without_body_for_head


def serve_page(page: Callable[[], str]) -> Adapter:
    """The Lambda handler of the page that `page()` returns as HTML."""
    app = FastAPI(openapi_url=None)

    async def answer(request: Request) -> Response:
        return without_body_for_head(request, HTMLResponse(page()))

    app.add_api_route("/", answer, methods=["GET", "HEAD"])
    return Adapter(app)
