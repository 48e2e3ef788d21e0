"""The page of all plots: a card for each, by data set."""

from collections.abc import Sequence

from plotgate.pages.address import Site, page_path, picture_path
from plotgate.pages.entries import Entry
from plotgate.pages.markup import Markup, render, tag, together
from plotgate.pages.page import Page
from plotgate.pages.prose import plain, prose
from plotgate.pages.signed import Signed
from plotgate.pages.signed_gallery import SignedGallery
from plotgate.pages.unfurl import site_tags
from plotgate.url.view import Size

CARD = Size(420, 280)


def gallery_page(entries: Sequence[Entry], site: Site, search: str = "", signed: SignedGallery | None = None) -> Page:
    """The page of all plots, of which those that `search` does not find are hidden.

    Of protected plots, each card has a signature of its own, which ends when that of the page does.
    """
    groups: dict[str, list[Entry]] = {}
    for entry in entries:
        groups.setdefault(entry.dataset, []).append(entry)
    shown = [entry for entry in entries if finds(search, entry)]
    body = render(
        "gallery",
        home=f"{site.stage}/",
        locked=signed.own.inputs if signed else "",
        search=search,
        count=_count(len(shown)),
        groups=together(_group(name, of, site, search, signed) for name, of in groups.items()),
        nothing="" if entries else "There is no plot yet.",
        none_found=tag("p", {"id": "none", "hidden": bool(shown) or not entries}, "No plot has all of these words."),
        jumps=together(_jump(name, of, search) for name, of in groups.items()) if len(groups) > 1 else "",
    )
    head = Markup("") if signed else site_tags(entries, site)
    return Page("plotgate: a URL for every plot", body, head, "gallery.js", is_private=signed is not None)


def finds(search: str, entry: Entry) -> bool:
    """Whether a plot has all words of a search: in its title, description, data set or parameters."""
    words = _words(entry)
    return all(word in words for word in search.lower().split())


def _words(entry: Entry) -> str:
    names = (parameter.name for parameter in entry.parameters)
    return " ".join([entry.title, plain(entry.description), entry.dataset, entry.name, *names]).lower()


def _count(number: int) -> str:
    return f"{number} plot{'' if number == 1 else 's'}"


def _anchor(dataset: str) -> str:
    return dataset.lower().replace(" ", "-")


def _jump(name: str, entries: Sequence[Entry], search: str) -> Markup:
    is_found = any(finds(search, entry) for entry in entries)
    return tag("a", {"href": f"#{_anchor(name)}", "hidden": not is_found}, name)


def _group(name: str, entries: Sequence[Entry], site: Site, search: str, signed: SignedGallery | None) -> Markup:
    sources = {entry.source for entry in entries}
    common = entries[0].source if len(sources) == 1 else ""
    found = [finds(search, entry) for entry in entries]
    cards = together(
        _card(entry, site, not common, is_found, signed.of(entry, site) if signed else None)
        for entry, is_found in zip(entries, found, strict=True)
    )
    heading = tag("h2", {"id": f"{_anchor(name)}"}, name)
    origin = tag("p", {"class": "source"}, prose(common)) if common else Markup("")
    return tag(
        "section",
        {"class": "group", "data-plots": len(entries), "aria-labelledby": _anchor(name), "hidden": not any(found)},
        tag("header", {}, heading, origin),
        tag("ul", {"class": "cards"}, cards),
    )


def _card(entry: Entry, site: Site, has_source: bool, is_found: bool, signed: Signed | None) -> Markup:
    def picture(**view: str) -> str:
        size = {"width": str(CARD.width), "height": str(CARD.height)}
        return site.stage + picture_path(entry, entry.example, size | view, signed)

    return render(
        "card",
        words=_words(entry),
        hidden=Markup("" if is_found else " hidden"),
        page=site.stage + page_path(entry, entry.example, {}, signed),
        light=picture(),
        light_sharp=picture(dpr="2"),
        dark=picture(theme="dark"),
        dark_sharp=picture(dpr="2", theme="dark"),
        width=str(CARD.width),
        height=str(CARD.height),
        title=prose(entry.title),
        meaning=prose(entry.meaning),
        source=tag("p", {"class": "source"}, prose(entry.source)) if has_source and entry.source else "",
    )
