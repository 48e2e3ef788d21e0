"""HTML of templates in which every text is escaped: what is not `Markup` cannot become a tag."""

from collections.abc import Iterable, Mapping
from functools import cache
from html import escape
from pathlib import Path
from string import Template

type Attributes = Mapping[str, str | int | float | bool | None]

_EMPTY = {"img", "input", "link", "meta", "source", "wbr"}  # elements that hold nothing
TEMPLATES = Path(__file__).with_name("templates")


class Markup(str):
    """A text that is HTML already. What is made of it with `+` or `join` is a text again."""

    __slots__ = ()


def render(name: str, /, **values: str) -> Markup:
    """The template `name` with the values in the place of its `$names`, escaped unless they are `Markup`.

    The same escaping serves text and attributes, so a template has quotes around each attribute's value.
    """
    return Markup(_template(name).substitute({key: html(value) for key, value in values.items()}))


def html(text: str) -> Markup:
    """`text` as HTML."""
    return text if isinstance(text, Markup) else Markup(escape(text))


def together(parts: Iterable[str]) -> Markup:
    """The parts as HTML, one after the other."""
    return Markup("\n".join(html(part) for part in parts))


def tag(name: str, attributes: Attributes | None = None, *content: str) -> Markup:
    """An element; of its attributes, `True` is a name alone, `False` and `None` are left out."""
    said = [(key, value) for key, value in (attributes or {}).items() if value is not None and value is not False]
    words = "".join(f" {key}" if value is True else f' {key}="{html(str(value))}"' for key, value in said)
    inner = "".join(map(html, content))
    return Markup(f"<{name}{words}>" if name in _EMPTY else f"<{name}{words}>{inner}</{name}>")


def source(name: str) -> str:
    """A file of the templates as it is."""
    return (TEMPLATES / name).read_text()


@cache
def _template(name: str) -> Template:
    return Template(source(f"{name}.html").rstrip("\n"))
