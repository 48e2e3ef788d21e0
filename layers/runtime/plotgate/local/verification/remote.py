"""The address that is asked."""

import json
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self
from urllib.parse import quote

import httpx

PATIENCE = 40.0  # seconds: a function has 30, and starts before
AGENT = "plotgate-verify"


class RemoteError(Exception):
    """The address cannot be asked; the message says why."""


@dataclass(frozen=True)
class Answer:
    """What came back: `body` is decompressed, `wire_bytes` is its length on the way."""

    status: int
    headers: httpx.Headers
    body: bytes
    wire_bytes: int
    milliseconds: float

    @property
    def media_type(self) -> str:
        """Content-Type without parameters."""
        return str(self.headers.get("content-type", "")).partition(";")[0].strip().lower()


@dataclass(frozen=True)
class Plot:
    """A plot of the address: its path with examples in the place of what the path takes."""

    path: str
    title: str


class Remote:
    """Asks an address; the same question is asked once unless it is to be asked `again`."""

    def __init__(self, url: str) -> None:
        self.url = url.rstrip("/")
        self._client = httpx.Client(timeout=PATIENCE, follow_redirects=False, trust_env=False)
        self._known: dict[tuple[Any, ...], Answer] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc_info: object) -> None:
        self._client.close()

    def ask(
        self, target: str, headers: Mapping[str, str] | None = None, *, method: str = "GET", again: bool = False
    ) -> Answer:
        """The answer to `method` at `target`, a path with its query.

        Raises:
            RemoteError: there is none.
        """
        named = {"Accept": "*/*", "Accept-Encoding": "identity", "User-Agent": AGENT} | dict(headers or {})
        key = (method, target, *sorted(named.items()))
        if again or key not in self._known:
            started = time.perf_counter()
            try:
                with self._client.stream(method, self.url + target, headers=named) as response:
                    body = response.read()
            except (httpx.HTTPError, httpx.InvalidURL) as error:
                raise RemoteError(
                    f"{self.url} does not answer {method} {target}: {error or type(error).__name__}."
                ) from None
            elapsed = (time.perf_counter() - started) * 1000
            wire = response.num_bytes_downloaded
            self._known[key] = Answer(response.status_code, response.headers, body, wire, elapsed)
        return self._known[key]

    def plots(self) -> list[Plot]:
        """The plots that the address has, by its `/openapi.json`.

        Raises:
            RemoteError: it has no such description.
        """
        answer = self.ask("/openapi.json")
        try:
            if answer.status != 200:
                raise ValueError(f"status {answer.status}")
            return [_plot(path, of["get"]) for path, of in json.loads(answer.body)["paths"].items()]
        except (ValueError, KeyError, TypeError, AttributeError, IndexError) as error:
            raise RemoteError(f"{self.url}/openapi.json must describe plotgate's plots: {error!r}.") from None


def _plot(path: str, operation: Mapping[str, Any]) -> Plot:
    for parameter in operation["parameters"]:
        if parameter["in"] == "path":
            example = parameter["schema"]["examples"][0]
            text = ",".join(map(str, example)) if isinstance(example, list) else str(example)
            path = path.replace(f"{{{parameter['name']}}}", quote(text, safe=","))
    return Plot(path, operation["summary"])
