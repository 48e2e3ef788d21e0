"""What a page says of itself to those who show a preview of a link: Open Graph, Twitter's card, oEmbed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import quote

from plotgate.pages.address import Site, page_path, picture_path
from plotgate.pages.asked import Asked
from plotgate.pages.entries import Entry
from plotgate.pages.markup import Markup, tag, together
from plotgate.pages.prose import plain
from plotgate.pages.signed import Signed
from plotgate.pages.snippets import alt, chosen_texts
from plotgate.url.view import Size

# 1200 x 630 pixels, as previews have them; in CSS pixels fewer, so that letters can be read in a card of 500.
CARD = Size(800, 420, 1.5)
ACCENT = "#2c55c4"  # beside a preview, as in the pages' style


@dataclass(frozen=True)
class Preview:
    """What a preview shows."""

    title: str
    description: str
    url: str
    image: str  # empty where none may be shown in a size of ours
    alt: str


def plot_tags(asked: Asked, site: Site) -> Markup:
    """The tags of a plot's page; none where what its address asks for is in error, or where we do not know our host."""
    if asked.violations or not site.origin:
        return Markup("")
    entry = asked.entry
    page = site.absolute(page_path(entry, asked.texts, asked.shown, asked.signed))
    chosen = "; ".join(f"{name}: {text}" for name, text in chosen_texts(asked).items())
    preview = Preview(
        plain(entry.title),
        " ".join(part for part in (plain(entry.meaning), chosen and f"({chosen})") if part),
        page,
        card(asked.entry, asked.texts, asked.shown.get("theme", ""), site, asked.signed) if has_card(asked) else "",
        alt(asked),
    )
    if not has_card(asked):
        return _tags(preview)
    oembed = f"{site.absolute('/oembed')}?url={quote(page, safe='')}"
    link = {"rel": "alternate", "type": "application/json+oembed", "href": oembed, "title": preview.title}
    return together([_tags(preview), tag("link", link)])


def has_card(asked: Asked) -> bool:
    """Whether its picture may be asked for in a size of ours, as PNG."""
    return all(asked.is_free(name) for name in ("width", "height", "dpr")) and asked.may_be("png")


def site_tags(entries: Sequence[Entry], site: Site) -> Markup:
    """The tags of the page of all plots: its picture is the first plot's."""
    if not entries or not site.origin:
        return Markup("")
    first = entries[0]
    count = f"{len(entries)} plots, each with a URL of its own: " if len(entries) > 1 else ""
    description = f"{count}{', '.join(plain(entry.title) for entry in entries[:4])}{', …' * (len(entries) > 4)}"
    image = card(first, first.example, "", site)
    return _tags(Preview("plotgate: a URL for every plot", description, site.absolute("/"), image, plain(first.title)))


def card(entry: Entry, texts: Mapping[str, str], theme: str, site: Site, signed: Signed | None = None) -> str:
    """The URL of the picture of a preview: of these parameters, as PNG, for not all show another format."""
    view = {"width": str(CARD.width), "height": str(CARD.height), "dpr": f"{CARD.dpr:g}", "theme": theme}
    return site.absolute(picture_path(entry, texts, {name: text for name, text in view.items() if text}, signed))


def _tags(preview: Preview) -> Markup:
    width, height = CARD.device_pixels
    picture = {
        "og:image": preview.image,
        "og:image:type": "image/png",
        "og:image:width": str(width),
        "og:image:height": str(height),
        "og:image:alt": preview.alt,
    }
    properties = {
        "og:type": "website",
        "og:site_name": "plotgate",
        "og:title": preview.title,
        "og:description": preview.description,
        "og:url": preview.url,
    }
    properties |= picture if preview.image else {}
    named = {
        "theme-color": ACCENT,
        "description": preview.description,
        "twitter:card": "summary_large_image",
        "twitter:title": preview.title,
        "twitter:description": preview.description,
        "twitter:image": preview.image,
        "twitter:image:alt": preview.alt,
    }
    return together(_metas("property", properties) + _metas("name", named) + [_canonical(preview.url)])


def _metas(by: str, values: dict[str, str]) -> list[Markup]:
    return [tag("meta", {by: name, "content": content}) for name, content in values.items() if content]


def _canonical(url: str) -> Markup:
    return tag("link", {"rel": "canonical", "href": url})
