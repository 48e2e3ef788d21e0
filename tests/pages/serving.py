"""Pages of plots that a test makes up."""

import json
from collections.abc import Callable, Mapping
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import quote

from plotgate.http.events import Adapter
from plotgate.local.catalog import example_path
from plotgate.local.entry import entry
from plotgate.local.openapi import openapi
from plotgate.pages.entries import Entry
from plotgate.pages.routes import serve_pages
from plotgate.url.plot import Plot
from tests.wire import Answer, Request, answer, http_api

DOMAIN = "abcde12345.execute-api.eu-central-1.amazonaws.com"  # of the events


def known(path: str, draw: Callable[..., Any], **said: Any) -> dict[str, Any]:
    """What the catalog tells of a plot, but for what is `said` otherwise."""
    plot = Plot(draw)
    return entry(path, plot, quote(example_path(path, plot), safe="/,"), Path("/nowhere")) | said


def entry_of(draw: Callable[..., Any], path: str = "/plots/some/plot", **said: Any) -> Entry:
    return Entry.of(known(path, draw, **said))


def pages_of(folder: Path, *plots: Mapping[str, Any]) -> Adapter:
    """The handler of the pages of these plots."""
    (folder / "catalog.json").write_text(json.dumps(plots))
    (folder / "openapi.json").write_text(json.dumps(openapi({})))
    return serve_pages(folder)


def ask(
    handler: Any, target: str, method: str = "GET", event: Mapping[str, Any] | None = None, **headers: str
) -> Answer:
    """The answer to a path and query; `event` has what is otherwise in its event's requestContext."""
    path, _, query = target.partition("?")
    named = {"host": DOMAIN, **{name.replace("_", "-"): value for name, value in headers.items()}}
    made = http_api(Request(path, query, method, named))
    return answer(handler(made | {"requestContext": made["requestContext"] | dict(event or {})}, None))


class Page(HTMLParser):
    """The elements of a page with their attributes and texts, in their order."""

    EMPTY = ("img", "input", "link", "meta", "source")

    def __init__(self, body: bytes) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str], list[str]]] = []
        self._open: list[tuple[str, list[str]]] = []
        self.feed(body.decode())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        texts: list[str] = []
        self.elements.append((tag, {name: value or "" for name, value in attrs}, texts))
        if tag not in self.EMPTY:
            self._open.append((tag, texts))

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        for _, texts in self._open:
            texts.append(data)

    def all(self, tag: str, **attributes: str) -> list[dict[str, str]]:
        """The attributes of the elements of a kind that have these."""
        return [own for kind, own, _ in self._found(tag, attributes) if kind]

    def text(self, tag: str, **attributes: str) -> str:
        """The text of the first element of a kind that has these attributes."""
        return "".join(self._found(tag, attributes)[0][2]).strip()

    def metas(self) -> dict[str, str]:
        """The contents of the `<meta>`s by their names and properties."""
        return {m.get("property", m.get("name", "")): m.get("content", "") for m in self.all("meta")}

    def _found(self, tag: str, attributes: dict[str, str]) -> list[tuple[str, dict[str, str], list[str]]]:
        wanted = {name.rstrip("_").replace("_", "-"): value for name, value in attributes.items()}
        return [one for one in self.elements if one[0] == tag and wanted.items() <= one[1].items()]
