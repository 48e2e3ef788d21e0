"""What a client has already (RFC 9110, section 13.1.2)."""

import re
from collections.abc import Iterable

_TAG = re.compile(r'(?:W/)?("[\x21\x23-\x7e\x80-\xff]*")')


def held_tags(if_none_match: Iterable[str]) -> frozenset[str]:
    """The entity tags that the values of an If-None-Match header name, without `W/`; `*` alone is `*`."""
    named = ",".join(if_none_match)
    return frozenset({"*"} if named.strip() == "*" else _TAG.findall(named))
