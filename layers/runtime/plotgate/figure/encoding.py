"""From a figure that is laid out to bytes: the same bytes each time."""

import io
import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from html import escape
from importlib import import_module
from typing import Any

from matplotlib import rc_context
from matplotlib.figure import Figure

from plotgate.figure.png import encoded
from plotgate.figure.raster import pixels, saved
from plotgate.figure.reading.panels import Reading
from plotgate.figure.reading.table import as_csv
from plotgate.url.formats import Format
from plotgate.url.view import Size

NOT_XML = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # XML 1.0, section 2.2


@dataclass(frozen=True)
class Provenance:
    """What a file says of itself: neither a date nor a host, for the same request must give the same bytes."""

    title: str
    description: str  # the alt text
    source: str  # the canonical URL, without a host
    software: str
    data_version: str  # empty where the data is part of the code

    def items(self) -> dict[str, str]:
        """By the keywords of the PNG specification, section 11.3.3, and one of ours."""
        texts = {
            "Title": self.title,
            "Description": self.description,
            "Source": self.source,
            "Software": self.software,
            "Data version": self.data_version,
        }
        return {key: text for key, text in texts.items() if text}


@dataclass(frozen=True)
class Drawing:
    """A figure on its way to bytes, laid out if its format shows it."""

    figure: Figure
    size: Size
    form: Format
    about: Provenance
    read: Reading  # what the figure shows
    describe: Callable[[], dict[str, Any]]  # what `format=json` answers


def encode(drawing: Drawing) -> bytes:
    """The bytes of `drawing`, as its format's maker makes them."""
    module, _, maker = drawing.form.maker.partition(":")
    # Of request and data, not of the code: the ids of an SVG, of which a page may hold more than one, are the same on
    # each machine.
    salt = sha256(f"{drawing.about.source} {drawing.about.data_version}".encode()).hexdigest()
    settings = rc_context(
        {
            "savefig.bbox": "standard",  # the canvas as it was laid out, whatever the author's own settings
            "svg.hashsalt": salt,  # ids are random without it
            "svg.fonttype": "none",  # text stays text
            "pdf.fonttype": 42,  # TrueType: text that can be searched and edited, and that journals accept
        }
    )
    with settings:
        body: bytes = getattr(import_module(module), maker)(drawing)
        return body


def png(drawing: Drawing) -> bytes:
    """The figure as PNG, with what it says of itself as texts."""
    return encoded(pixels(drawing.figure, drawing.size.dpr), drawing.about.items())


def raster(drawing: Drawing) -> bytes:
    """The figure in a format of pixels that Pillow writes, with what it says of itself as XMP."""
    return saved(pixels(drawing.figure, drawing.size.dpr), drawing.form.pillow, _as_xml(_xmp(drawing.about)))


def svg(drawing: Drawing) -> bytes:
    """The figure as SVG: text as text, named and described."""
    about, size, buffer = drawing.about, drawing.size, io.BytesIO()
    metadata = {
        "Title": about.title,
        "Description": about.description,
        "Source": about.source,
        "Creator": about.software,
        "Identifier": about.data_version or None,
        "Date": None,
    }
    # The resolution is that of what is a raster inside the SVG, such as imshow's.
    drawing.figure.savefig(buffer, format="svg", dpi=drawing.figure.dpi * size.dpr, metadata=metadata)
    return _as_xml(_accessible(buffer.getvalue().decode(), size, about))


def pdf(drawing: Drawing) -> bytes:
    """The figure as PDF, on a page of the layout's inches."""
    about, buffer = drawing.about, io.BytesIO()
    metadata = {
        "Title": about.title,
        "Subject": about.description,
        "Keywords": f"{about.source} {about.data_version}".strip(),
        "Creator": about.software,
        "Producer": None,
        "CreationDate": None,
    }
    drawing.figure.savefig(buffer, format="pdf", dpi=drawing.figure.dpi * drawing.size.dpr, metadata=metadata)
    return buffer.getvalue()


def description(drawing: Drawing) -> bytes:
    """What there is to say about the picture, as JSON."""
    return (json.dumps(drawing.describe(), ensure_ascii=False, allow_nan=False, indent=2) + "\n").encode()


def table(drawing: Drawing) -> bytes:
    """The numbers that the figure shows, as CSV."""
    return as_csv(drawing.read).encode()


def _as_xml(text: str) -> bytes:
    # A label may come from data: what XML cannot hold would make a file that nobody can read.
    return NOT_XML.sub("\N{REPLACEMENT CHARACTER}", text).encode()


def _xmp(provenance: Provenance) -> str:
    # XMP specification, part 1: Dublin Core in RDF; the alternatives by language are what readers expect.
    def by_language(name: str, text: str) -> str:
        item = f'<rdf:li xml:lang="x-default">{escape(text, quote=False)}</rdf:li>'
        return f"<dc:{name}><rdf:Alt>{item}</rdf:Alt></dc:{name}>"

    return (
        '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        '<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"'
        ' xmlns:xmp="http://ns.adobe.com/xap/1.0/">'
        f"{by_language('title', provenance.title)}{by_language('description', provenance.description)}"
        f"<dc:source>{escape(provenance.source, quote=False)}</dc:source>"
        f"<dc:identifier>{escape(provenance.data_version, quote=False)}</dc:identifier>"
        f"<xmp:CreatorTool>{escape(provenance.software, quote=False)}</xmp:CreatorTool>"
        "</rdf:Description></rdf:RDF></x:xmpmeta>"
    )


def _accessible(svg: str, size: Size, provenance: Provenance) -> str:
    """The SVG with its size in CSS pixels, named and described for those who cannot see it (WAI-ARIA graphics)."""
    view_box = re.search(r'viewBox="[^"]*"', svg)
    start = svg.index("<metadata>")
    assert view_box is not None  # noqa: S101
    name = sha256(provenance.source.encode()).hexdigest()[:8]
    root = (
        f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" version="1.1"'
        f' width="{size.width}" height="{size.height}" {view_box[0]} role="img"'
        f' aria-labelledby="title-{name}" aria-describedby="description-{name}">\n'
        f' <title id="title-{name}">{escape(provenance.title, quote=False)}</title>\n'
        f' <desc id="description-{name}">{escape(provenance.description, quote=False)}</desc>\n'
    )
    return root + " " + svg[start:]
