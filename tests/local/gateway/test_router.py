import pytest

from plotgate.local.gateway.router import Router
from plotgate.local.template import Function, Route
from tests.local.conftest import ROOT

FUNCTION = Function("Echo", ROOT, "app.handler", 128, 3)


@pytest.mark.parametrize(
    ("method", "path", "key", "parameters"),
    [
        ("GET", "/pets/dog/1", "GET /pets/dog/1", {}),
        ("GET", "/pets/dog/2", "GET /pets/dog/{id}", {"id": "2"}),
        ("GET", "/pets/cat/1/x", "GET /pets/{proxy+}", {"proxy": "cat/1/x"}),
        ("POST", "/test/5", "ANY /{proxy+}", {"proxy": "test/5"}),
        ("POST", "/", "$default", {}),
    ],
)
def test_the_most_specific_route_answers(method: str, path: str, key: str, parameters: dict[str, str]) -> None:
    # The example of https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-routes.html
    keys = [("ANY", "$default"), ("ANY", "/{proxy+}"), ("GET", "/pets/{proxy+}"), ("GET", "/pets/dog/{id}")]
    router = Router([Route(m, p, FUNCTION) for m, p in [*keys, ("GET", "/pets/dog/1")]])

    found = router.match(method, path)

    assert found
    assert (found[0].key, found[1]) == (key, parameters)


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("POST", "/plots/a"),
        ("GET", "/Plots/a"),
        ("GET", "/plots/a/"),
        ("GET", "/plots/"),
        ("GET", "//plots/a"),
        ("GET", "/plots/a/b"),
        ("GET", ""),
    ],
)
def test_what_no_route_matches_is_not_found(method: str, path: str) -> None:
    assert Router([Route("GET", "/plots/{na-me}", FUNCTION)]).match(method, path) is None


def test_a_variable_s_name_may_have_any_characters() -> None:
    found = Router([Route("GET", "/{a-b}.{c.d}/x.y", FUNCTION)]).match("GET", "/1.2/x.y")

    assert found
    assert found[1] == {"a-b": "1", "c.d": "2"}
