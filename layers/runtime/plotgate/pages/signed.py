"""Pages of protected plots: whoever may see a picture sees its page, which shows no more than its signature allows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Self
from urllib.parse import quote, urlencode

from plotgate.pages.markup import Markup, tag, together
from plotgate.url.grant import NAMES, Pairs, free_names


@dataclass(frozen=True)
class Signed:
    """The signature in a page's address: it is that of the picture, whose path has `/plots` in place of `/view`."""

    locked: tuple[tuple[str, str], ...]  # of the query: locked parameters, and what the signature consists of
    free: frozenset[str]  # names of the parameters that may be changed

    @classmethod
    def of(cls, query: Pairs) -> Self | None:
        """The signature in a query, be it good or not; None where there is none."""
        if not any(name == "signature" for name, _ in query):
            return None
        free = free_names(query)
        return cls(tuple((name, text) for name, text in query if name not in free), free)

    def query(self, asked: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
        """The query of a URL with this signature, and with what of `asked` is free."""
        return [*self.locked, *((name, text) for name, text in asked if name in self.free)]

    @property
    def text(self) -> str:
        """What is locked, as a URL has it."""
        return urlencode(self.locked, quote_via=quote, safe=",")

    @property
    def inputs(self) -> Markup:
        """What is locked, as a form sends it."""
        return together(tag("input", {"type": "hidden", "name": n, "value": text}) for n, text in self.locked)

    @property
    def until(self) -> str:
        """When it ends, for a person to read; empty where it does not say so."""
        expires = dict(self.locked).get("expires", "")
        if not expires.isdecimal() or len(expires) > 11:
            return ""
        return f"{datetime.fromtimestamp(int(expires), UTC):%Y-%m-%d %H:%M} UTC"


def without_signature(query: Pairs) -> list[tuple[str, str]]:
    """A query without what a signature consists of."""
    return [pair for pair in query if pair[0] not in NAMES]
