"""Entity tags: a picture's name, known before it is drawn (RFC 9110, sections 8.8.3 and 13.1.2)."""

import re
from base64 import urlsafe_b64encode
from hashlib import sha256

from plotgate.pictures.code import code_version
from plotgate.url.request import PictureRequest

_TAG = re.compile(r'(?:W/)?("[\x21\x23-\x7e\x80-\xff]*")')


def entity_tag(asked: PictureRequest) -> str:
    """The ETag of what `asked` asks for: of the code, the data and the canonical URL.

    Strong, unless the data's version says only how old rows may be.

    Raises:
        DataError: the version of the data is not to be had.
    """
    plot = asked.plot
    named = "\n".join((code_version(plot.folder), plot.data_version(), asked.canonical_url))
    tag = f'"{urlsafe_b64encode(sha256(named.encode()).digest()[:16]).decode().rstrip("=")}"'
    return tag if all(table.current_version().exact for table in plot.tables) else f"W/{tag}"


def is_named(tag: str, if_none_match: list[str]) -> bool:
    """Whether the values of an If-None-Match header name `tag`, compared weakly as the RFC says."""
    named = ",".join(if_none_match)
    return named.strip() == "*" or tag.removeprefix("W/") in _TAG.findall(named)
