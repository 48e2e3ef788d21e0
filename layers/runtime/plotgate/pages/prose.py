"""A docstring's texts as HTML: what stands between backticks is code."""

import re

from plotgate.pages.markup import Markup, html

_CODE = re.compile(r"`+([^`\n]+)`+")


def prose(text: str) -> Markup:
    """`text` as HTML."""
    parts = _CODE.split(text)
    return Markup("".join(f"<code>{html(part)}</code>" if i % 2 else html(part) for i, part in enumerate(parts)))


def plain(text: str) -> str:
    """`text` without its backticks, for where there is no code to show."""
    return _CODE.sub(r"\1", text)
