"""The page of one plot: its picture, a form of its parameters, and what to paste to show it elsewhere."""

import json
from collections.abc import Mapping, Sequence
from difflib import get_close_matches

from fastapi import Request, Response

from plotgate.errors import Violation
from plotgate.http.access import granted
from plotgate.http.caching import UNKNOWN
from plotgate.pages.address import Site, page_path, picture_of, picture_path
from plotgate.pages.asked import FORM, Asked, read_asked, read_form
from plotgate.pages.entries import Entry
from plotgate.pages.fields import field
from plotgate.pages.markup import Markup, render, tag, together
from plotgate.pages.page import Page, answer
from plotgate.pages.prose import plain, prose
from plotgate.pages.snippets import Snippet, alt, component, snippets, templates
from plotgate.pages.unfurl import has_card, plot_tags
from plotgate.pages.view_parameters import view_parameters
from plotgate.url.formats import FORMATS


def view_answer(request: Request, site: Site, entries: Sequence[Entry], path: str) -> Response:
    """The answer to a page's address, of which `path` is what follows `/view`."""
    query = request.query_params.multi_items()
    granted(picture_of(request.scope["path"], site.stage, entries), [pair for pair in query if pair[0] != FORM])
    is_form, is_signed = (any(name == which for name, _ in query) for which in (FORM, "signature"))
    for entry in entries:
        in_path = [parameter.name for parameter in entry.parameters if parameter.is_in_path]
        values = entry.match_page(path)
        if is_form and (values is not None if is_signed else path == entry.folder):
            asked = read_form(entry, values or {} if is_signed else {}, query)
            if all(asked.texts.get(name) for name in in_path):
                return _redirect(site.stage + asked.address)
            return answer(request, site, _page(asked, entries, site))
        if path == entry.folder and in_path:
            return _redirect(site.stage + page_path(entry, entry.example, {}))
        if values is not None:
            return answer(request, site, _page(read_asked(entry, values, query), entries, site))
    return answer(request, site, _unknown(path, entries, site))


def _redirect(location: str) -> Response:
    # 303: what a form has sent is asked for at its own address.
    headers = {"Location": location, "Cache-Control": UNKNOWN}
    return Response(status_code=303, media_type="text/plain", headers=headers)


def _page(asked: Asked, entries: Sequence[Entry], site: Site) -> Page:
    entry, violations, signed = asked.entry, asked.violations, asked.signed
    texts = {**asked.texts, **asked.given}
    # Who may see this plot need not know of others.
    siblings = [other for other in entries if other.dataset == entry.dataset and other is not entry and not signed]
    own = [one for one in entry.parameters if asked.is_free(one.name) and not (signed and one.is_in_path)]
    of_view = [one for one in view_parameters() if asked.is_free(one.name)]
    parameters = together(field(parameter, texts, violations) for parameter in own)
    page = site.stage + page_path(entry, asked.texts, {}, signed)
    body = render(
        "view",
        crumbs=Markup("") if signed else _crumbs(entry, site),
        until=tag("p", {"class": "source"}, f"This page is good until {signed.until}.") if signed else "",
        title=prose(entry.title),
        description=together(tag("p", {}, prose(text)) for text in entry.paragraphs),
        source=tag("p", {"class": "source"}, "Source: ", prose(entry.source)) if entry.source else "",
        origin=site.origin,
        path=site.stage + asked.picture(asked.shown),
        theme=asked.view.theme,
        picture=_picture(asked, site),
        problem=_problem(violations, {p.name for p in (*entry.parameters, *view_parameters())}),
        problem_hidden=Markup("" if violations else " hidden"),
        drawn_hidden=Markup(" hidden" if violations else ""),  # what is about a picture that there is
        files=together(_file(form, asked, site) for form in FORMATS if asked.may_be(form)),
        form=page.partition("?")[0] if signed else f"{site.stage}/view{entry.folder}",
        form_hidden=Markup("" if own or of_view else " hidden"),
        marker=FORM,
        locked=signed.inputs if signed else "",
        parameters=tag("div", {"class": "fields"}, tag("h2", {}, "Parameters"), parameters) if own else "",
        view_parameters=_view_fields(together(field(parameter, texts, violations) for parameter in of_view)),
        defaults=page if signed else site.stage + page_path(entry, entry.example, {}),
        unfurls=": it unfurls with the picture" if has_card(asked) else "",
        snippets=together(_snippet(snippet) for snippet in snippets(asked, site)),
        siblings=_siblings(siblings, entry.dataset, site),
        data=_data(asked, site),
    )
    status = 422 if violations else 200
    script = "view.js" if asked.is_picture or asked.is_free("format") else ""
    title = f"{plain(entry.title)} · plotgate"
    return Page(title, body, plot_tags(asked, site), script, status, is_private=signed is not None)


def _crumbs(entry: Entry, site: Site) -> Markup:
    group = f"{site.stage}/#{entry.dataset.lower().replace(' ', '-')}"
    places = [(f"{site.stage}/", "All plots"), (group, entry.dataset)]
    links = [tag("li", {}, tag("a", {"href": address}, name)) for address, name in places]
    return tag("nav", {"class": "crumbs", "aria-label": "Breadcrumb"}, tag("ol", {}, *links))


def _view_fields(fields: Markup) -> Markup:
    return tag("div", {"class": "fields"}, tag("h2", {}, "Picture"), fields) if fields else fields


def _picture(asked: Asked, site: Site) -> Markup:
    """The picture; none of what is in error, for it would be of something else."""
    if asked.violations or not (asked.is_picture or asked.is_free("format")):
        return Markup("")
    shown = dict(asked.shown) if asked.is_picture else {k: v for k, v in asked.shown.items() if k != "format"}
    own: dict[str, str | int | bool | None] = {"id": "picture", "alt": alt(asked), "width": asked.view.width}
    if asked.view.width and asked.view.height:
        own["height"] = asked.view.height
    elif asked.entry.size and asked.is_default:
        own |= {"width": asked.entry.size.width, "height": asked.entry.size.height}
    return tag("img", {**own, "src": site.stage + asked.picture(shown)})


def _problem(violations: Sequence[Violation], fields: set[str]) -> Markup:
    """What is wrong: of what has a field only that it is, for the rest stands there."""
    said = [tag("p", {}, prose(str(one))) for one in violations if one.parameter not in fields]
    named = list(dict.fromkeys(one.parameter for one in violations if one.parameter in fields))
    links = [tag("a", {"href": f"#hint-{name}"}, tag("code", {}, name)) for name in named]
    if links:
        listed = Markup(", ".join(links))
        said.append(tag("p", {}, "There is no picture of these parameters: see ", listed, "."))
    return together(said)


def _file(form: str, asked: Asked, site: Site) -> Markup:
    view = {name: text for name, text in asked.shown.items() if name != "format" and FORMATS[form].is_drawn}
    path = asked.picture(view | ({"format": form} if form != "png" else {}))
    return tag("a", {"href": site.stage + path, "data-format": form}, form.upper())


def _snippet(snippet: Snippet) -> Markup:
    name = f"snippet-{snippet.name.lower().replace(' ', '-')}"
    return render("snippet", id=name, name=snippet.name, of=snippet.of, about=snippet.about, text=snippet.text)


def _siblings(siblings: Sequence[Entry], dataset: str, site: Site) -> Markup:
    if not siblings:
        return Markup("")
    pages = [(site.stage + page_path(entry, entry.example, {}), entry) for entry in siblings]
    links = [tag("li", {}, tag("a", {"href": page}, prose(entry.title))) for page, entry in pages]
    heading = tag("h2", {"id": "more"}, f"More of {dataset}")
    return tag("nav", {"class": "more", "aria-labelledby": "more"}, heading, tag("ul", {}, *links))


def _data(asked: Asked, site: Site) -> Markup:
    """What the script needs to know of the plot, as JSON that no text can leave."""
    entry, signed = asked.entry, asked.signed
    locked = {name: text for name, text in asked.shown.items() if not asked.is_free(name)}
    templated = [{"name": o.name, "of": o.of, "about": o.about, "text": o.text} for o in templates(asked)]
    known: Mapping[str, object] = {
        "origin": site.origin if site.origin != site.asked else "",
        "stage": site.stage,
        "path": picture_path(entry, asked.texts, {}, signed).partition("?")[0] if signed else entry.path,
        "signed": {"query": signed.text, "free": sorted(signed.free), "view": locked} if signed else None,
        "title": plain(entry.title),
        "meaning": plain(entry.meaning),
        "name": entry.name,
        "component": component(entry),
        "live": entry.has_tables,
        "formats": {name: form.media_type.startswith("image/") for name, form in FORMATS.items()},
        "drawn": [name for name, form in FORMATS.items() if form.is_drawn],
        "snippets": templated,
    }
    text = json.dumps(known, ensure_ascii=False).replace("<", "\\u003c")
    return Markup(f'<script type="application/json" id="data">{text}</script>')


def _unknown(path: str, entries: Sequence[Entry], site: Site) -> Page:
    folders = {entry.folder: entry for entry in entries}
    close = [folders[folder] for folder in get_close_matches(path, list(folders), n=3, cutoff=0.5)]
    links = [tag("li", {}, tag("a", {"href": site.stage + page_path(e, e.example, {})}, prose(e.title))) for e in close]
    perhaps = tag("p", {}, "Perhaps you meant") + tag("ul", {}, *links) if links else ""
    body = render("unknown", home=f"{site.stage}/", perhaps=Markup(perhaps))
    return Page("There is no such plot · plotgate", body, status=404)
