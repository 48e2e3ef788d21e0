"""Answers as HTTP: a picture or an error with the headers that embedders need."""

import json
from urllib.parse import quote

from fastapi import Request, Response

from plotgate.errors import PlotgateError, TooLargeError
from plotgate.http.card import error_picture
from plotgate.http.error_form import error_form, error_size, lenient_view
from plotgate.http.events import TEXT_TYPES
from plotgate.pictures.render import Picture
from plotgate.timing import server_timing
from plotgate.url.request import PictureRequest
from plotgate.url.view import MEDIA_TYPES

LAMBDA_LIMIT = 6_291_556  # bytes of the JSON that a function answers with

STALE_IF_ERROR = 86_400  # seconds for which a CDN may go on to show a picture while the function fails
STALE_MAX_AGE = 10  # seconds after which to ask again whether the data is back

# Any page may show, fetch or draw on a picture: it is public unless the stage asks for a signature, and no answer
# depends on cookies.
EVERYWHERE = {
    "X-Content-Type-Options": "nosniff",
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "*",
    "Cross-Origin-Resource-Policy": "cross-origin",
    "Timing-Allow-Origin": "*",
}
# An SVG that is opened by itself is a document: it runs nothing and loads nothing.
SVG_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox"


def picture_response(asked: PictureRequest, picture: Picture) -> Response:
    """The answer with `picture`.

    Raises:
        TooLargeError: Lambda could not answer with so many bytes.
    """
    headers = {
        **EVERYWHERE,
        "Content-Disposition": f'inline; filename="{file_name(asked)}"',
        "X-Plotgate-Alt": quote(picture.alt, safe=" !#$&'()*+,/:;=?@[]~<>|"),
        "Server-Timing": server_timing(),
    }
    if picture.media_type == MEDIA_TYPES["svg"]:
        headers["Content-Security-Policy"] = SVG_POLICY
    response = Response(picture.body, media_type=picture.media_type, headers=headers)
    _check_size(response)
    return response


def error_response(request: Request, error: PlotgateError) -> Response:
    """The answer that says `error`, in a form that whoever sent `request` can show."""
    view = lenient_view(request)
    form = error_form(request, view)
    if form == "image":
        body, media_type = error_picture(error, view.format, view.theme, error_size(view))
    elif form == "text":
        body, media_type = f"{error.title}\n{error.detail}\n".encode(), "text/plain; charset=utf-8"
    else:
        body, media_type = json.dumps(error.body()).encode(), "application/problem+json"
    headers = {
        **EVERYWHERE,
        "Cache-Control": "no-store",
        "Vary": "Accept, Sec-Fetch-Dest",
        "X-Plotgate-Error": error.code,
    }
    if error.retry_after is not None:
        headers["Retry-After"] = str(error.retry_after)
    if media_type == MEDIA_TYPES["svg"]:
        headers["Content-Security-Policy"] = SVG_POLICY
    return Response(body, int(error.status), headers=headers, media_type=media_type)


def not_modified_response(asked: PictureRequest, tag: str) -> Response:
    """The answer to who has the picture already."""
    # Without the type, Mangum would say that it is JSON, and a cache would take that up for the picture it has.
    media_type = MEDIA_TYPES[asked.view.format]
    headers = {**EVERYWHERE, "Server-Timing": server_timing()}
    return cached(Response(status_code=304, media_type=media_type, headers=headers), asked, tag)


def cached(response: Response, asked: PictureRequest, tag: str | None) -> Response:
    """`response` with how long it may be shown, and its entity tag if it has one."""
    age = asked.plot.max_age
    response.headers["Cache-Control"] = (
        f"public, max-age={age}, s-maxage={age}, stale-while-revalidate={10 * age}, stale-if-error={STALE_IF_ERROR}"
    )
    if tag is not None:
        response.headers["ETag"] = tag
    return response


def stale(response: Response, age: int) -> Response:
    """`response` marked as one whose data has not been seen for `age` seconds."""
    response.headers["Cache-Control"] = f"public, max-age={STALE_MAX_AGE}"
    response.headers["X-Plotgate-Stale"] = str(age)
    return response


def without_body_for_head(request: Request, response: Response) -> Response:
    # A server drops the body of an answer to HEAD by itself; API gateway hands on what the function returned.
    if request.method == "HEAD":
        response.body = b""  # Content-Length stays that of GET
    return response


def file_name(asked: PictureRequest) -> str:
    """The name under which a browser saves the picture: the plot's and the format's, "pairplot.png"."""
    name = asked.folder.rpartition("/")[2] or "plot"
    plain = "".join(letter if letter.isascii() and (letter.isalnum() or letter in "-_.") else "_" for letter in name)
    return f"{plain}.{asked.view.format}"


def _check_size(response: Response) -> None:
    is_text = any(response.media_type.startswith(kind) for kind in TEXT_TYPES) if response.media_type else False
    body = bytes(response.body)
    length = len(json.dumps(body.decode(), ensure_ascii=False).encode()) if is_text else 4 * -(-len(body) // 3)
    length += sum(len(name) + len(value) + 8 for name, value in response.raw_headers) + 200
    if length > LAMBDA_LIMIT:
        raise TooLargeError(
            f"The picture has {length} bytes as Lambda would send it, more than its limit of {LAMBDA_LIMIT}: "
            "ask for fewer pixels, or for another format."
        )
