"""Texts, compressed for clients that accept it."""

import gzip

from fastapi import Request, Response

LEAST = 1400  # bytes: less fits into one packet as it is


def compress(request: Request, response: Response) -> None:
    """Compress the body of `response` if whoever sent `request` accepts gzip.

    Its entity tag has to be a weak one: the compressed bytes and the others are told apart by Vary alone. Where that
    is said already, it has to name Accept-Encoding.
    """
    response.headers.setdefault("Vary", "Accept-Encoding")
    body = bytes(response.body)
    if len(body) < LEAST or not _accepts_gzip(request.headers.get("accept-encoding", "")):
        return
    response.body = gzip.compress(body, compresslevel=6, mtime=0)
    response.headers["Content-Encoding"] = "gzip"
    response.headers["Content-Length"] = str(len(response.body))


def _accepts_gzip(accept_encoding: str) -> bool:
    """Whether an Accept-Encoding header names gzip with a weight above zero (RFC 9110, section 12.5.3)."""
    for item in accept_encoding.lower().split(","):
        coding, *parameters = (part.strip() for part in item.split(";"))
        if coding in ("gzip", "x-gzip"):
            weight = next((text.removeprefix("q=") for text in parameters if text.startswith("q=")), "1")
            return bool(weight.strip("0."))
    return False
