"""What an embedder pastes: the texts of templates/snippets.toml with the values of a picture."""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from html import escape

from plotgate.errors import ParameterError
from plotgate.pages.address import Site
from plotgate.pages.asked import Asked
from plotgate.pages.entries import Entry
from plotgate.pages.markup import source
from plotgate.pages.prose import plain
from plotgate.url.view import Size, check_pixels

SHARP = (2, 3)  # device pixels for each CSS pixel that a `srcset` offers, the second where it was asked for
_VALUE = re.compile(r"\{(\w+)\|(\w+)\}")


@dataclass(frozen=True)
class Snippet:
    """A text to paste, with what it is good for."""

    name: str
    about: str
    of: str  # "picture", "document" or "both"
    text: str
    about_locked: str = ""


def templates(asked: Asked) -> list[Snippet]:
    """The snippets that suit what may be changed of a picture, with their values left open."""
    suiting = [template for template in _templates() if asked.is_free("theme") or "dark_srcset" not in template.text]
    if asked.is_free("dpr") and asked.has_known_size:
        return suiting
    return [replace(template, about=template.about_locked or template.about) for template in suiting]


@cache
def _templates() -> list[Snippet]:
    import tomllib  # here, for the page of all plots needs no snippet

    known = tomllib.loads(source("snippets.toml"))["snippet"]
    return [Snippet(**{**one, "text": one["text"].strip("\n")}) for one in known]


def snippets(asked: Asked, site: Site) -> list[Snippet]:
    """The snippets of a picture."""
    known = values(asked, site)
    kind = "picture" if asked.is_picture else "document"
    return [
        replace(template, text=filled(template.text, known))
        for template in templates(asked)
        if template.of in (kind, "both")
    ]


def values(asked: Asked, site: Site) -> dict[str, str]:
    """The values of a picture that snippets show. Its size is asked for, so that what they say of it is true."""
    size, entry = asked.size, asked.entry
    sides = {"width": str(size.width), "height": str(size.height)} if asked.is_picture else {}

    def url(**view: str) -> str:
        chosen = {name: text for name, text in ({**asked.shown, **sides} | view).items() if text}
        return site.absolute(asked.picture(chosen))

    def srcset(theme: str) -> str:
        ratios = [ratio for ratio in SHARP if ratio == SHARP[0] or asked.view.dpr >= ratio]
        has_others = asked.is_free("dpr") and asked.view.format != "svg"
        sharp = [r for r in ratios if has_others and _can_be(Size(size.width, size.height, r))]
        return ", ".join(f"{url(dpr=str(ratio), theme=theme)} {ratio}x" for ratio in sharp)

    theme = asked.shown.get("theme", "")
    dark = url(dpr="", theme="dark")
    return {
        "src": url(dpr=""),
        "srcset": srcset(theme),
        "light": url(dpr="", theme=""),
        "light_srcset": srcset(""),
        "dark_srcset": ", ".join(part for part in (dark, srcset("dark")) if part),
        # Of a protected plot that has its size by itself, it is not known.
        "width": str(size.width) if asked.has_known_size else "",
        "height": str(size.height) if asked.has_known_size else "",
        "alt": alt(asked),
        "title": plain(entry.title),
        "file": f"{entry.name}.{asked.view.format}",
        "component": component(entry),
    }


def component(entry: Entry) -> str:
    """The name of a plot as that of a component in JavaScript: "CorrelationMatrix"."""
    name = "".join(word.capitalize() for word in re.findall(r"[A-Za-z0-9]+", entry.name))
    return name if name[:1].isalpha() else f"Plot{name}"


def alt(asked: Asked) -> str:
    """What is true of the picture whatever its data is: its title and meaning, and the parameters that were chosen."""
    entry = asked.entry
    chosen = ", ".join(f"{name} {text}" for name, text in chosen_texts(asked).items())
    said = f"{plain(entry.title).rstrip('.')}{f', with {chosen}' if chosen else ''}."
    return f"{said} {plain(entry.meaning)}".strip()


def chosen_texts(asked: Asked) -> dict[str, str]:
    """The values of the plot's own parameters that are not as they are by default."""
    known = {p.name: p.default for p in asked.entry.parameters}
    return {name: text for name, text in asked.texts.items() if name in known and text != known[name]}


def filled(template: str, known: Mapping[str, str]) -> str:
    """A snippet's text with its values; a line all of whose values are empty is left out."""
    lines = []
    for line in template.split("\n"):
        names = [name for name, _ in _VALUE.findall(line)]
        if not names or any(known[name] for name in names):
            lines.append(_VALUE.sub(lambda match: _WRITTEN[match[2]](known[match[1]]), line))
    return "\n".join(lines)


def _can_be(size: Size) -> bool:
    try:
        check_pixels(size)
    except ParameterError:
        return False
    return True


def _markdown(text: str) -> str:
    return re.sub(r"([\\`*_\[\]<>&!])", r"\\\1", " ".join(text.split()))


def _shell(text: str) -> str:
    return "'" + text.replace("'", "'\\''") + "'"


_WRITTEN: dict[str, Callable[[str], str]] = {
    "html": lambda text: escape(text, quote=False).replace('"', "&quot;"),  # for attributes with double quotes
    "json": lambda text: json.dumps(text, ensure_ascii=False),
    "markdown": _markdown,
    "shell": _shell,
    "plain": str,
}
