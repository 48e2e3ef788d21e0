"""An HTML page as a Lambda handler: for functions that show plots and draw none."""

from collections.abc import Callable

from fastapi import FastAPI
from fastapi.responses import HTMLResponse

from plotgate.adapter import Adapter


def serve_page(page: Callable[[], str]) -> Adapter:
    """The Lambda handler of the page that `page()` returns as HTML."""
    app = FastAPI(openapi_url=None)

    async def answer() -> str:
        return page()

    app.add_api_route("/", answer, methods=["GET", "HEAD"], response_class=HTMLResponse)
    return Adapter(app)
