"""The differences as one HTML file that needs no other, and as Markdown for a pull request."""

import hashlib
import io
from base64 import b64encode
from collections.abc import Sequence
from difflib import SequenceMatcher
from html import escape
from pathlib import Path
from string import Template

from PIL import Image

from plotgate.local.diff.comparison import Change
from plotgate.local.diff.pictures import Picture

HERE = Path(__file__).parent
SMALLEST_SHARE = 0.0001  # of the pixels that a report says as a percentage


def summary(changes: Sequence[Change]) -> str:
    """How many plots are new, removed and changed."""
    counts = {kind: sum(change.kind == kind for change in changes) for kind in ("changed", "new", "removed")}
    said = ", ".join(f"{count} {kind}" for kind, count in counts.items() if count)
    return f"Plots: {said}." if said else "No plot's picture has changed."


def line(change: Change) -> str:
    """What there is to say about a plot in one line."""
    return f"{change.kind} {change.plot}{f': {_what(change)}' if change.kind == 'changed' else ''}"


def html(changes: Sequence[Change], base: str) -> str:
    """The report as a page; `base` is the commit that is compared with, as it was named."""
    style = (HERE / "report.css").read_text()
    return Template((HERE / "report.html").read_text()).substitute(
        hash=b64encode(hashlib.sha256(style.encode()).digest()).decode(),
        style=style,
        title=f"Pictures compared with {escape(base)}",
        summary=escape(summary(changes)),
        changes="\n".join(map(_section, changes)),
    )


def markdown(changes: Sequence[Change], base: str) -> str:
    """The report as Markdown: words alone, for a pull request has no place for a picture that is nowhere."""
    parts = [f"**Pictures compared with {_plain(base)}.** {summary(changes)}"]
    if changes:
        rows = [f"| {_plain(change.plot)} | {change.kind} | {_plain(_what(change))} |" for change in changes]
        parts.append("\n".join(["| plot | | what differs |", "|---|---|---|", *rows]))
    parts += [text for change in changes if (text := _alt_as_markdown(change))]
    return "\n\n".join(parts) + "\n"


def _what(change: Change) -> str:
    if change.kind != "changed":
        return ""
    if any(picture.error for picture in change.after.values()):
        return "it cannot be drawn"
    if any(picture.error for picture in change.before.values()):
        return "it could not be drawn"
    shares = {theme: change.share(theme) for theme in change.before}
    said = [f"{_percent(share)} of the pixels in {theme}" for theme, share in shares.items() if share]
    if any(change.before[theme].alt != change.after[theme].alt for theme in change.before):
        said.append("the alt text")
    return ", ".join(said)


def _percent(share: float) -> str:
    return f"{share:.2%}" if share >= SMALLEST_SHARE else f"less than {SMALLEST_SHARE:.2%}"


def _section(change: Change) -> str:
    themes = change.after or change.before
    parts = [f"<h2>{escape(change.plot)}<small>{escape(change.kind)}</small></h2>"]
    for theme in themes:
        figures = [("before", change.before.get(theme)), ("after", change.after.get(theme))]
        shown = "".join(_figure(caption, picture) for caption, picture in figures if picture)
        if change.kind == "changed" and change.share(theme) and all(picture and picture.png for _, picture in figures):
            caption = f"difference: {_percent(change.share(theme))} of the pixels"
            shown += _figure(caption, Picture(change.difference(theme), f"What differs in {change.plot}"))
        parts += [f"<h3>{escape(theme.title())}</h3>", f'<div class="row">{shown}</div>']
    parts.append(_alt(change))
    return f"<section>{''.join(parts)}</section>"


def _figure(caption: str, picture: Picture) -> str:
    if not picture.png:
        return f"<figure><p>{escape(picture.error)}</p><figcaption>{escape(caption)}</figcaption></figure>"
    with Image.open(io.BytesIO(picture.png)) as image:
        width, height = image.size
    source = f"data:image/png;base64,{b64encode(picture.png).decode()}"
    img = f'<img src="{source}" width="{width}" height="{height}" alt="{escape(picture.alt)}">'
    return f"<figure>{img}<figcaption>{escape(caption)}, {width} x {height}</figcaption></figure>"


def _alts(change: Change) -> tuple[str, str]:
    """The alt texts before and after; it is the same in each theme."""
    before, after = (next(iter(pictures.values()), Picture()).alt for pictures in (change.before, change.after))
    return before, after


def _alt(change: Change) -> str:
    before, after = _alts(change)
    if not before or not after or before == after:
        return f"<dl><dt>Alt text</dt><dd>{escape(after or before)}</dd></dl>"
    old, new = before.split(), after.split()
    told: tuple[list[str], list[str]] = ([], [])
    for kind, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        for words, tag, found in ((old[a:b], "del", told[0]), (new[c:d], "ins", told[1])):
            text = escape(" ".join(words))
            if words:
                found.append(text if kind == "equal" else f"<{tag}>{text}</{tag}>")
    return f"<dl><dt>Alt text before</dt><dd>{' '.join(told[0])}</dd><dt>after</dt><dd>{' '.join(told[1])}</dd></dl>"


def _alt_as_markdown(change: Change) -> str:
    before, after = _alts(change)
    if not before or not after or before == after:
        return ""
    lines = [f"- before: {_plain(before)}", f"- after: {_plain(after)}"]
    return "\n".join([f"<details><summary>Alt text of {escape(change.plot)}</summary>", "", *lines, "", "</details>"])


def _plain(text: str) -> str:
    """A text as Markdown shows it, whatever is in it."""
    one_line = " ".join(text.split())
    return "".join(f"&#{ord(letter)};" if letter in r"\`*_{}[]()<>#+!|~&@" else letter for letter in one_line)
