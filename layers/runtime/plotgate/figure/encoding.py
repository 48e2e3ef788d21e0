"""From a figure that is laid out to bytes: the same bytes each time."""

import io
import re
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from html import escape

from matplotlib import rc_context
from matplotlib.figure import Figure
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from plotgate.url.view import Size


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


def encode(figure: Figure, form: str, size: Size, provenance: Provenance) -> bytes:
    """The bytes of `figure` as "png", "svg", "webp" or "pdf"."""
    settings = rc_context(
        {
            "savefig.bbox": "standard",  # the canvas as it was laid out, whatever the author's own settings
            "svg.hashsalt": "plotgate",  # ids are random without it
            "svg.fonttype": "none",  # text stays text
            "pdf.fonttype": 42,  # TrueType: text that can be searched and edited, and that journals accept
        }
    )
    with settings:
        return ENCODERS[form](figure, size, provenance)


def raster(figure: Figure, size: Size) -> Image.Image:
    """The figure as an image of `size.device_pixels`; RGB unless its background is transparent."""
    buffer = io.BytesIO()
    figure.savefig(buffer, format="rgba", dpi=figure.dpi * size.dpr)
    image = Image.frombytes("RGBA", size.device_pixels, buffer.getbuffer())
    return image.convert("RGB") if image.getchannel("A").getextrema() == (255, 255) else image


def _png(figure: Figure, size: Size, provenance: Provenance) -> bytes:
    info = PngInfo()
    for key, value in provenance.items().items():
        info.add_itxt(key, value)
    buffer = io.BytesIO()
    raster(figure, size).save(buffer, "PNG", pnginfo=info)
    return buffer.getvalue()


def _webp(figure: Figure, size: Size, provenance: Provenance) -> bytes:
    buffer = io.BytesIO()
    raster(figure, size).save(buffer, "WEBP", lossless=True, method=2, quality=50, xmp=_xmp(provenance).encode())
    return buffer.getvalue()


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


def _svg(figure: Figure, size: Size, provenance: Provenance) -> bytes:
    metadata = {
        "Title": provenance.title,
        "Description": provenance.description,
        "Source": provenance.source,
        "Creator": provenance.software,
        "Identifier": provenance.data_version or None,
        "Date": None,
    }
    buffer = io.BytesIO()
    # The resolution is that of what is a raster inside the SVG, such as imshow's.
    figure.savefig(buffer, format="svg", dpi=figure.dpi * size.dpr, metadata=metadata)
    return _accessible(buffer.getvalue().decode(), size, provenance).encode()


def _accessible(svg: str, size: Size, provenance: Provenance) -> str:
    """The SVG with its size in CSS pixels, named and described for those who cannot see it (WAI-ARIA graphics)."""
    view_box = re.search(r'viewBox="[^"]*"', svg)
    start = svg.index("<metadata>")
    assert view_box is not None  # noqa: S101
    name = sha256(provenance.source.encode()).hexdigest()[:8]  # a page may hold more than one inline
    root = (
        f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" version="1.1"'
        f' width="{size.width}" height="{size.height}" {view_box[0]} role="img"'
        f' aria-labelledby="title-{name}" aria-describedby="description-{name}">\n'
        f' <title id="title-{name}">{escape(provenance.title, quote=False)}</title>\n'
        f' <desc id="description-{name}">{escape(provenance.description, quote=False)}</desc>\n'
    )
    return root + " " + svg[start:]


def _pdf(figure: Figure, size: Size, provenance: Provenance) -> bytes:
    metadata = {
        "Title": provenance.title,
        "Subject": provenance.description,
        "Keywords": f"{provenance.source} {provenance.data_version}".strip(),
        "Creator": provenance.software,
        "Producer": None,
        "CreationDate": None,
    }
    buffer = io.BytesIO()
    figure.savefig(buffer, format="pdf", dpi=figure.dpi * size.dpr, metadata=metadata)
    return buffer.getvalue()


ENCODERS: dict[str, Callable[[Figure, Size, Provenance], bytes]] = {
    "png": _png,
    "svg": _svg,
    "webp": _webp,
    "pdf": _pdf,
}
