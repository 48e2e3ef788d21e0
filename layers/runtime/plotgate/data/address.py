"""What may be said of where a table is."""

import re
from urllib.parse import unquote


def without_address(text: str, address: str) -> str:
    """`text` with nothing of `address` but its kind and its host; of a file, its path may be said.

    Drivers quote what they are given, and a mistyped address may have a password in any place of it.
    """
    _, separator, rest = address.partition("://")
    if not separator:
        return text
    before, _, after = rest.rpartition("@")
    authority = re.split(r"[/?#]", after, maxsplit=1)[0]
    host = re.split(r"[:,]", authority, maxsplit=1)[0]
    said = re.split(r"[/?#:&=]", before) + re.split(r"[/?#:&=@]", after.removeprefix(host))
    secret = {part for one in said for part in (one, unquote(one)) if part not in ("", host, "password")}
    for part in sorted(secret, key=len, reverse=True):
        text = re.sub(rf"(?<!\w){re.escape(part)}(?!\w)", "…", text)
    return text
