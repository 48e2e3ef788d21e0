"""Which route of an HTTP API answers a request.

The rules: https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-routes.html. The path is
decoded first, so `%2F` divides segments like `/` does: `/a%2Fb` arrives as `/a/b`
(https://github.com/fastify/aws-lambda-fastify/issues/169 shows such an event).
"""

import re
from collections.abc import Iterable

from plotgate.local.template import Route

_VARIABLE = re.compile(r"\{([^{}+]+)(\+?)\}")


class Router:
    """The routes of an API, most specific first."""

    def __init__(self, routes: Iterable[Route]) -> None:
        self._routes = [(route, _pattern(route.path)) for route in sorted(routes, key=_specificity)]

    def match(self, method: str, path: str) -> tuple[Route, dict[str, str]] | None:
        """The route for a decoded path, with the values of its path parameters; None when there is none."""
        for route, pattern in self._routes:
            if route.method in (method, "ANY") and (found := pattern.fullmatch(path)):
                return route, {name: found[f"v{i}"] for i, (name, _) in enumerate(_VARIABLE.findall(route.path))}
        return None


def _pattern(path: str) -> re.Pattern[str]:
    if path == "$default":
        return re.compile(".*", re.DOTALL)
    parts = []
    end = 0
    for i, variable in enumerate(_VARIABLE.finditer(path)):
        parts += [re.escape(path[end : variable.start()]), f"(?P<v{i}>{'.+' if variable[2] else '[^/]+'})"]
        end = variable.end()
    return re.compile("".join([*parts, re.escape(path[end:])]), re.DOTALL)


def _specificity(route: Route) -> tuple[bool, list[int], bool]:
    """Sorts fixed segments before variables before greedy ones before $default, and a method before ANY."""
    kinds = [(variable[2] == "+") + 1 if (variable := _VARIABLE.search(s)) else 0 for s in route.path.split("/")]
    return route.path == "$default", kinds, route.method == "ANY"
