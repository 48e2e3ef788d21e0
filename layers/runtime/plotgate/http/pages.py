"""Pages and files as a Lambda handler: for functions that show plots and draw none."""

from base64 import urlsafe_b64encode
from collections.abc import Callable, Mapping
from hashlib import sha256
from pathlib import Path

from fastapi import Request, Response

from plotgate.http.answers import EVERYWHERE
from plotgate.http.caching import LIVE_MAX_AGE, page_cache_control
from plotgate.http.compression import compress
from plotgate.http.conditional import held_tags
from plotgate.http.endpoint import Answer, application
from plotgate.http.events import Adapter

HTML = "text/html; charset=utf-8"


def serve_page(page: Callable[[], str], json: Mapping[str, Path] | None = None) -> Adapter:
    """The Lambda handler of the page that `page()` returns as HTML, and of JSON files by their paths in the URL."""
    routes = {"/": _answer(lambda: page().encode(), HTML)}
    routes |= {path: _answer(file.read_bytes, "application/json") for path, file in (json or {}).items()}
    return Adapter(application(routes))


def _answer(content: Callable[[], bytes], media_type: str) -> Answer:
    def answer(request: Request) -> Response:
        body = content()
        tag = f'W/"{urlsafe_b64encode(sha256(body).digest()[:16]).decode().rstrip("=")}"'
        headers = {**EVERYWHERE, "Cache-Control": page_cache_control(LIVE_MAX_AGE), "ETag": tag}
        if held_tags(request.headers.getlist("if-none-match")) & {tag.removeprefix("W/"), "*"}:
            return Response(status_code=304, media_type=media_type, headers=headers | {"Vary": "Accept-Encoding"})
        response = Response(body, media_type=media_type, headers=headers)
        compress(request, response)
        return response

    return answer
