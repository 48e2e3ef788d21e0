"""The event that the API gateway sends for a request."""

import uuid


def event(path: str, query: str) -> dict[str, object]:
    """Of payload 2.0, for a client that asks for an image; `path` and `query` as a URL has them."""
    http = {"method": "GET", "path": path, "protocol": "HTTP/1.1", "sourceIp": "127.0.0.1", "userAgent": "benchmark"}
    return {
        "version": "2.0",
        "routeKey": f"GET {path}",
        "rawPath": path,
        "rawQueryString": query,
        "headers": {"accept": "image/*", "host": "localhost"},
        "requestContext": {"domainName": "localhost", "http": http, "requestId": uuid.uuid4().hex, "stage": "$default"},
        "isBase64Encoded": False,
    }
