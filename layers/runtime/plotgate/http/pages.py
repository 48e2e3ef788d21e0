"""Pages and files as answers: for functions that show plots and draw none."""

from base64 import b64encode, urlsafe_b64encode
from collections.abc import Mapping
from hashlib import sha256

from fastapi import Request, Response

from plotgate.http.answers import EVERYWHERE
from plotgate.http.caching import LIVE_MAX_AGE, page_cache_control
from plotgate.http.compression import compress
from plotgate.http.conditional import held_tags

HTML = "text/html; charset=utf-8"
JSON = "application/json"


def page_answer(
    request: Request, body: bytes, media_type: str = HTML, status: int = 200, headers: Mapping[str, str] | None = None
) -> Response:
    """An answer with a text that anybody may see; a client that has it already is told so."""
    tag = f'W/"{urlsafe_b64encode(sha256(body).digest()[:16]).decode().rstrip("=")}"'
    every = {**EVERYWHERE, "Cache-Control": page_cache_control(LIVE_MAX_AGE), "ETag": tag, **(headers or {})}
    held = held_tags(request.headers.getlist("if-none-match"))
    if status == 200 and held & {tag.removeprefix("W/"), "*"}:
        return Response(status_code=304, headers=every | {"Vary": "Accept-Encoding"})
    response = Response(body, status, media_type=media_type, headers=every)
    compress(request, response)
    return response


def inline_hash(text: str) -> str:
    """The source with which a Content-Security-Policy admits an inline style or script, and no other."""
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"
