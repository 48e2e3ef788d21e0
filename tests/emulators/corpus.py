"""One corpus of requests, good, bad and odd, and what every way of running plotgate answers to them."""

from collections.abc import Mapping
from dataclasses import dataclass

from tests.wire import Answer, Request

CORRELATION = "breast_cancer_data/correlation_matrix"
PAIRPLOT = "breast_cancer_data/pairplot"
TEMPERATURE = "weather/temperature"
SVG = "image/svg+xml"
PNG = "image/png"
PROBLEM = "application/problem+json"

DOMAIN = "abcde12345.execute-api.eu-central-1.amazonaws.com"
ANYTHING = {"accept": "*/*"}
IMG = {"accept": "image/avif,image/webp,image/apng,image/svg+xml,image/*,*/*;q=0.8"}  # Chrome's, for an <img> tag

NOT_FOUND = Answer(404, "application/json", b'{"message":"Not Found"}')
"""The answer of HTTP API itself where no route matches; no function sees such a request."""


@dataclass(frozen=True)
class Exchange:
    """A request, the function that it reaches, if any, and the kind of answer that is right."""

    request: Request
    function: str | None
    status: int
    content_type: str


def correlation(
    query: str, status: int = 200, content_type: str = PNG, method: str = "GET", headers: Mapping[str, str] = ANYTHING
) -> Exchange:
    return Exchange(Request(f"/plots/{CORRELATION}", query, method, headers), CORRELATION, status, content_type)


def pairplot(features: str, status: int = 200, query: str = "") -> Exchange:
    request = Request(f"/plots/{PAIRPLOT}/features/{features}", query, headers=ANYTHING)
    return Exchange(request, PAIRPLOT, status, PNG if status == 200 else PROBLEM)


def page(path: str = "/", query: str = "", status: int = 200, method: str = "GET") -> Exchange:
    """A page, which names its own host and scheme: those of the events, and of a server on this machine."""
    headers = ANYTHING | {"host": DOMAIN, "x-forwarded-proto": "http"}
    return Exchange(Request(path, query, method, headers), "gallery", status, "text/html; charset=utf-8")


def temperature(query: str, status: int = 200) -> Exchange:
    request = Request(f"/plots/{TEMPERATURE}", query, headers=ANYTHING)
    return Exchange(request, TEMPERATURE, status, PNG if status == 200 else PROBLEM)


def no_route(path: str, method: str = "GET") -> Exchange:
    return Exchange(Request(path, "", method, ANYTHING), None, 404, "application/json")


CORPUS = {
    # Good
    "gallery": page(),
    "page of a plot": page(f"/view/{CORRELATION}", "vmax=0.5"),
    "picture": correlation(""),
    "choice and number": correlation("method=spearman&vmax=0.5"),
    "number with an exponent": correlation("vmax=5e-1"),
    "percent-encoded dot": correlation("vmax=0%2E5"),
    "empty parts of a query": correlation("&vmax=0.5&&"),
    "SVG": correlation("format=svg", 200, SVG),
    "WebP": correlation("format=webp", 200, "image/webp"),
    "PDF": correlation("format=pdf", 200, "application/pdf"),
    "size, sharpness and theme": correlation("width=640&height=480&dpr=2&theme=dark"),
    "percent-encoded blanks": pairplot("mean%20radius,mean%20texture"),
    "percent-encoded comma": pairplot("mean%20radius%2cmean%20texture"),
    "blank after the comma": pairplot("mean%20radius,%20mean%20texture"),
    "range of time": temperature("start=2014-01-01&end=2014-07-01"),
    "picture that the client has": correlation("", 304, headers=ANYTHING | {"if-none-match": "*"}),
    "HEAD": correlation("", method="HEAD"),
    "HEAD of a page": page(method="HEAD"),
    # Bad
    "unknown parameter": correlation("metod=pearson", 422, PROBLEM),
    "unknown choice": correlation("method=cosine", 422, PROBLEM),
    "unknown format": correlation("format=gif", 422, PROBLEM),
    "no number": correlation("vmax=much", 422, PROBLEM),
    "empty number": correlation("vmax=", 422, PROBLEM),
    "not a number": correlation("vmax=NaN", 422, PROBLEM),
    "infinity": correlation("vmax=inf", 422, PROBLEM),
    "number out of bounds": correlation("vmax=-1", 422, PROBLEM),
    "page of a bad parameter": page(f"/view/{CORRELATION}", "vmax=2", 422),
    "page of no plot": page("/view/nothing/here", status=404),
    "huge picture": correlation("width=100000&height=100000", 422, PROBLEM),
    "parameter given twice": correlation("vmax=0.5&vmax=0.6", 422, PROBLEM),
    "name in capitals": correlation("VMAX=0.5", 422, PROBLEM),
    "path parameter in the query": pairplot("mean%20radius,mean%20texture", 422, "features=mean%20area"),
    "no date": temperature("start=2014-02-30", 422),
    "one feature": pairplot("mean%20radius", 422),
    "unknown feature": pairplot("mean%20radius,mean%20mass", 422),
    "feature given twice": pairplot("mean%20radius,mean%20radius", 422),
    "HEAD of an error": correlation("method=cosine", 422, PROBLEM, "HEAD"),
    "error in an <img> tag": correlation("method=cosine&width=640&height=480", 422, SVG, headers=IMG),
    "error as a picture": correlation("method=cosine&errors=image&dpr=2", 422, PNG),
    "error as text": correlation("method=cosine&errors=text", 422, "text/plain; charset=utf-8", headers=IMG),
    # Odd
    "plus in a query": correlation("method=pear+son", 422, PROBLEM),
    "percent-encoded plus in a query": correlation("method=pear%2Bson", 422, PROBLEM),
    "plus in a path": pairplot("mean+radius,mean+texture", 422),
    "percent-encoded percent sign in a path": pairplot("mean%2520radius,mean%20texture", 422),
    "not ASCII in a path": pairplot("m%C3%A4n,%E5%8D%8A%E5%BE%84", 422),
    "not ASCII in a query": correlation("method=%E2%82%AC%F0%9F%98%80", 422, PROBLEM),
    "not UTF-8 in a query": correlation("method=%FF%FE", 422, PROBLEM),
    "control characters in a query": correlation("method=%00%0D%0ASet-Cookie:%20a=b", 422, PROBLEM),
    "markup in a query": correlation("method=%3Cscript%3Ealert(1)%3C/script%3E", 422, PROBLEM),
    "broken percent-encoding": correlation("method=%zz%", 422, PROBLEM),
    "long value": correlation("method=" + 4000 * "x", 422, PROBLEM),
    "long path": pairplot(2000 * "x", 422),
    "many parameters": correlation("&".join(f"p{number}=1" for number in range(200)), 422, PROBLEM),
    # No route
    "unknown route": no_route("/nothing/here"),
    "folder of plots": no_route("/plots/breast_cancer_data"),
    "plot without its path parameter": no_route(f"/plots/{PAIRPLOT}"),
    "path beyond a plot": no_route(f"/plots/{PAIRPLOT}/features/mean%20radius,mean%20texture/more"),
    "encoded slash in a path": no_route(f"/plots/{PAIRPLOT}/features/mean%2Fradius,mean%20texture"),
    "HEAD of an unknown route": no_route("/nothing/here", "HEAD"),
    "POST": no_route(f"/plots/{CORRELATION}", "POST"),
    "DELETE": no_route(f"/plots/{CORRELATION}", "DELETE"),
}
