"""Answers to URLs without a server: of the functions' own handlers, in processes like those of `plotgate serve`."""

import asyncio
import json
from datetime import timedelta
from types import TracebackType
from typing import Self

from plotgate.errors import KeysError
from plotgate.http.signing_keys import signing_keys
from plotgate.local.gateway.payload import InvalidAnswerError, Response, response_for
from plotgate.local.request import route_and_event
from plotgate.local.template import Template
from plotgate.local.workers.capacity import Capacity
from plotgate.local.workers.pool import Pool
from plotgate.local.workers.process import InvocationError
from plotgate.url.grant import sign_url

MOMENT = timedelta(minutes=5)  # for which a URL that is asked for here is signed
IDLE = 600.0  # seconds that a process may wait for the next URL


class AnswerError(Exception):
    """A URL was refused, or its plot failed; the message is for a person."""


class Functions:
    """The functions of a template, a process each; leaving the context ends them.

    with Functions(template) as functions:
        png = functions.ask("/plots/weather/temperature").body
    """

    def __init__(self, template: Template) -> None:
        self._template = template
        self._pools: dict[str, Pool] = {}
        self._runner = asyncio.Runner()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        with self._runner:
            self._runner.run(self._close())

    def ask(self, url: str) -> Response:
        """The answer to a GET of `url`.

        Raises:
            NoRouteError: the template has no route for it.
            AnswerError: it is an error.
        """
        route, event = route_and_event(self._template, _signed(url))
        pool = self._pools.setdefault(route.function.name, Pool(route.function, Capacity(1), IDLE))
        try:
            answer = self._runner.run(pool.invoke(event, route.timeout))
            response = response_for(answer.value)
        except (InvocationError, InvalidAnswerError) as error:
            raise AnswerError(f"{route.function.name}: {error}.") from None
        except TimeoutError:
            raise AnswerError(f"{route.function.name}: the API waits {route.timeout:g} s at most.") from None
        if response.status >= 400:
            raise AnswerError(_reason(response))
        return response

    async def _close(self) -> None:
        await asyncio.gather(*(pool.close() for pool in self._pools.values()))


def _signed(url: str) -> str:
    """`url`, signed where the functions ask for that: they find their keys where this command does."""
    try:
        keys = signing_keys("")
        return url if keys is None or "signature=" in url else sign_url(url, expires=MOMENT, keys=keys)
    except (KeysError, ValueError) as error:
        raise AnswerError(str(error)) from None


def _reason(response: Response) -> str:
    """What an error says, as problem JSON or, where the URL asks for a picture of it, by its code."""
    headers = dict(response.headers)
    if "json" in headers["content-type"]:
        problem = json.loads(response.body)
        return str(problem.get("detail", problem))
    return f"{response.status} {headers.get('x-plotgate-error', '')}".strip()
