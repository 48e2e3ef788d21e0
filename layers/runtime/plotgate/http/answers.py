"""Answers as HTTP: a picture or an error with the headers that embedders need."""

import json
from functools import lru_cache
from http import HTTPStatus
from typing import Literal
from urllib.parse import quote

from fastapi import Request, Response

from plotgate.errors import PlotgateError, TooLargeError
from plotgate.http.access import grant_of
from plotgate.http.age_mark import with_age
from plotgate.http.caching import error_cache_control, picture_cache_headers
from plotgate.http.card import error_picture
from plotgate.http.compression import compress
from plotgate.http.error_form import DEFAULT_SIZE, error_form, error_size, lenient_view, picture_form
from plotgate.pictures.store import Found, Outcome
from plotgate.timing import server_timing
from plotgate.url.formats import PNG, SVG
from plotgate.url.request import PictureRequest
from plotgate.url.view import Theme, View

LAMBDA_LIMIT = 6_291_556  # bytes of the JSON that a function answers with
MOST_ALT = 2048  # bytes of the header with the alt text: API gateway takes 10 240 of all headers

# Any page may show, fetch or draw on a picture: who has its URL may see it, and no answer depends on cookies.
EVERYWHERE = {
    "X-Content-Type-Options": "nosniff",
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "*",
    "Cross-Origin-Resource-Policy": "cross-origin",
    "Timing-Allow-Origin": "*",
}
# An SVG that is opened by itself is a document: it runs nothing and loads nothing.
SVG_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox"


def picture_answer(request: Request, found: Found) -> Response:
    """The answer with the picture that was found.

    Raises:
        TooLargeError: Lambda could not answer with so many bytes.
    """
    form = found.request.view.form
    headers = {**EVERYWHERE, **picture_cache_headers(found, grant_of(request)), "Server-Timing": server_timing()}
    if found.etag is not None:
        headers["ETag"] = found.etag
    if found.picture is None:
        # Without the type, Mangum would say that it is JSON, and a cache would take that up for the picture it has.
        if form.is_text:
            headers["Vary"] = "Accept-Encoding"
        return Response(status_code=304, media_type=form.media_type, headers=headers)
    picture = found.picture
    if found.outcome is Outcome.STALE:
        picture = with_age(picture, found.request.view, found.age)
        headers["X-Plotgate-Stale"] = str(found.age)
    headers["Content-Disposition"] = f'inline; filename="{file_name(found.request)}"'
    headers["X-Plotgate-Alt"] = alt_header(picture.alt)
    if form.media_type == SVG:
        headers["Content-Security-Policy"] = SVG_POLICY
    response = Response(picture.body, media_type=form.media_type, headers=headers)
    if form.is_text:
        compress(request, response)
        _check_size(response)
    return response


def error_answer(request: Request, error: PlotgateError) -> Response:
    """The answer that says `error`, in a form that whoever sent `request` can show."""
    view = lenient_view(request.query_params)
    form = error_form(request, view)
    if form == "image":
        body, media_type = _error_picture(error, picture_form(request), view)
    elif form == "text":
        body, media_type = f"{error.title}\n{error.detail}\n".encode(), "text/plain; charset=utf-8"
    else:
        body, media_type = json.dumps(error.body()).encode(), "application/problem+json"
    headers = {
        **EVERYWHERE,
        "Cache-Control": error_cache_control(error, grant_of(request)),
        "Vary": "Accept, Accept-Encoding, Sec-Fetch-Dest",
        "X-Plotgate-Error": error.code,
    }
    if error.retry_after is not None:
        headers["Retry-After"] = str(error.retry_after)
    if media_type == SVG:
        headers["Content-Security-Policy"] = SVG_POLICY
    response = Response(body, int(error.status), headers=headers, media_type=media_type)
    if media_type != PNG:
        compress(request, response)
    return response


def _error_picture(error: PlotgateError, form: Literal["svg", "png"], view: View) -> tuple[bytes, str]:
    if form == "png" and error.status == HTTPStatus.FORBIDDEN:
        return _refusal(type(error), error.detail, view.theme)  # type: ignore[arg-type] # a class can be a key
    return error_picture(error, form, view.theme, error_size(view))


@lru_cache(maxsize=16)
def _refusal(kind: type[PlotgateError], detail: str, theme: Theme) -> tuple[bytes, str]:
    """The picture of a refusal in pixels: what they cost is not up to a URL that was refused."""
    return error_picture(kind(detail), "png", theme, DEFAULT_SIZE)


def alt_header(alt: str) -> str:
    """`alt` percent-encoded, and cut where the header would be longer than `MOST_ALT` bytes."""
    while len(encoded := quote(alt, safe=" !#$&'()*+,/:;=?@[]~<>|")) > MOST_ALT:
        alt = f"{alt[: len(alt) * MOST_ALT // len(encoded) - 1]}…"
    return encoded


def file_name(asked: PictureRequest) -> str:
    """The name under which a browser saves the picture: the plot's and the format's, "pairplot.png"."""
    name = asked.folder.rpartition("/")[2] or "plot"
    plain = "".join(letter if letter.isascii() and (letter.isalnum() or letter in "-_.") else "_" for letter in name)
    return f"{plain}.{asked.view.format}"


def _check_size(response: Response) -> None:
    """Refuse a text that is too long as JSON, in which compressed bytes are base64 and others are escaped."""
    body = bytes(response.body)
    compressed = "content-encoding" in response.headers
    length = 4 * -(-len(body) // 3) if compressed else len(json.dumps(body.decode(), ensure_ascii=False).encode())
    length += sum(len(name) + len(value) + 8 for name, value in response.raw_headers) + 200
    if length > LAMBDA_LIMIT:
        raise TooLargeError.of(length, LAMBDA_LIMIT)
