"""Signed URLs: who has one sees what it names, and may change the parameters that its signer left free.

Needs no more than the standard library of Python 3.11, for the back ends that sign. docs/signing.md has the algorithm,
test vectors, and signers in other languages.
"""

import hmac
import json
import os
import re
from base64 import urlsafe_b64encode
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qsl, quote, unquote, urlsplit, urlunsplit

from plotgate.errors import ExpiredError, NotYetValidError, SignatureError, UnsignedError

KEYS = "PLOTGATE_SIGNING_KEYS"  # the environment variable with the keys: a JSON object of ids and keys
NAMES = ("expires", "free", "key_id", "not_before", "signature")  # what a signed URL has besides the plot's parameters
SHORTEST_KEY = 32  # letters
SKEW = 60  # seconds that the clocks of signer and function may differ

_ID = re.compile(r"[A-Za-z0-9_-]{1,40}")
_SECONDS = re.compile(r"[0-9]{1,11}")  # since 1970, up to the year 5138

Pairs = Sequence[tuple[str, str]]  # a query's names and values, decoded


@dataclass(frozen=True)
class Grant:
    """What a signed URL allows."""

    expires: int  # seconds since 1970
    free: frozenset[str]  # names of the parameters that may be changed


def sign_url(
    url: str,
    *,
    expires: datetime | timedelta,
    free: Iterable[str] = (),
    not_before: datetime | timedelta | None = None,
    keys: Mapping[str, str] | None = None,
) -> str:
    """`url` with a signature: it shows the plot with the parameters that it names, until it expires.

    A parameter that is not free can be neither changed nor added; what `url` does not name has its default.

        sign_url("https://plots.example/plots/weather/temperature?start=2015-01-01",
                 expires=timedelta(hours=1), free=["theme", "width", "dpr"])

    Args:
        url: of a plot, with a host or without; the host is not signed.
        expires: when it ends, or how long from now it lasts; in whole seconds.
        free: names of the parameters that whoever has the URL may change or add.
        not_before: when it begins, or in how much time; at once without.
        keys: by their ids, as texts of at least 32 letters of ASCII; the last one signs. By default those of the
            environment variable `PLOTGATE_SIGNING_KEYS`, a JSON object.

    Raises:
        ValueError: a key, a time, a name or `url` is not good for that; the message says which, and has no key.
    """
    keys = read_keys(os.environ.get(KEYS, "")) if keys is None else checked_keys(keys)
    key_id, key = [*keys.items()][-1]
    scheme, host, path, query, fragment = urlsplit(url)
    pairs = parse_qsl(query, keep_blank_values=True)
    names = [name for name, _ in pairs]
    for name in names:
        if name in NAMES:
            raise ValueError(f"The URL must have no `{name}` yet: it is signed with one.")
        if names.count(name) > 1:
            raise ValueError(f"The URL must have `{name}` once, not {names.count(name)} times.")
    end = _seconds("expires", expires)
    added = [("expires", str(end))]
    if free := [*free]:
        added.append(("free", ",".join(_free_name(name) for name in free)))
    added.append(("key_id", key_id))
    if not_before is not None:
        start = _seconds("not_before", not_before)
        if start >= end:
            raise ValueError(f"`not_before` must be earlier than `expires`, {end}, not {start}.")
        added.append(("not_before", str(start)))
    added.append(("signature", _signature(key, signed_text(unquote(path) or "/", [*pairs, *added]))))
    query = "&".join([*([query] if query else []), *(f"{name}={quote(value, safe=',')}" for name, value in added)])
    return urlunsplit((scheme, host, path, query, fragment))


def check(path: str, query: Pairs, keys: Mapping[str, str], now: float) -> Grant:
    """What the signature of a URL allows, with its path and query decoded once.

    Args:
        path: of the URL.
        query: all of it.
        keys: by their ids.
        now: seconds since 1970.

    Raises:
        UnsignedError: it has no signature.
        SignatureError: the signature is another's: a locked parameter was changed, or the key is none of `keys`.
        NotYetValidError: it begins later.
        ExpiredError: it has ended.
    """
    own = [pair for pair in query if pair[0] in NAMES]
    said = dict(own)
    if "signature" not in said:
        raise UnsignedError("The URL must have a signature.")
    key = keys.get(said.get("key_id", ""))
    if key is None:
        raise SignatureError("The signature of the URL is wrong.", is_lasting=False)  # a new key may be on its way
    if len(said) < len(own) or not is_signed(path, query, said["signature"], key):
        raise SignatureError("The signature of the URL is wrong.")
    start, end = said.get("not_before", "0"), said.get("expires", "")
    if not (_SECONDS.fullmatch(start) and _SECONDS.fullmatch(end)):
        raise SignatureError("The signature of the URL is wrong.")
    if now < int(start) - SKEW:
        raise NotYetValidError("The signature of the URL is not valid yet.")
    if now >= int(end) + SKEW:
        raise ExpiredError("The signature of the URL has expired.")
    return Grant(int(end), free_names(query))


def is_signed(path: str, query: Pairs, signature: str, key: str) -> bool:
    """Whether `signature` is that of `key`; it takes as long wherever the two begin to differ."""
    return hmac.compare_digest(_signature(key, signed_text(path, query)).encode(), signature.encode(errors="replace"))


def signed_text(path: str, query: Pairs) -> str:
    """The text that is signed: the URL without host, free parameters and signature, in its one spelling and order.

    The comma-separated names in `free` are free; what a signature itself consists of never is.
    """
    changing = free_names(query) | {"signature"}
    locked = [f"{quote(name, safe='')}={quote(value, safe='')}" for name, value in query if name not in changing]
    return f"{quote(path)}?{'&'.join(sorted(locked))}"


def read_keys(text: str) -> Mapping[str, str]:
    """The keys that a JSON object of ids and keys holds.

    Raises:
        ValueError: it is none, or a key or an id is not good; the message has neither.
    """
    try:
        found = json.loads(text)
    except ValueError:
        found = None  # the error quotes the text
    if not isinstance(found, dict):
        raise ValueError("The signing keys must be a JSON object of ids and keys.")
    return checked_keys(found)


def checked_keys(keys: Mapping[str, str]) -> Mapping[str, str]:
    """`keys`, if each is long enough and has an id that a URL can hold as it is.

    Raises:
        ValueError: one is not, or there is none; the message has no key.
    """
    if not keys:
        raise ValueError("There must be a signing key.")
    for number, (name, key) in enumerate(keys.items(), start=1):
        if not _ID.fullmatch(name):
            raise ValueError(f"The id of signing key {number} must be 1 to 40 letters of A-Z, a-z, 0-9, `_` and `-`.")
        if not isinstance(key, str) or not key.isascii() or len(key) < SHORTEST_KEY:
            raise ValueError(f"The signing key `{name}` must be a text of at least {SHORTEST_KEY} letters of ASCII.")
    return keys


def _signature(key: str, text: str) -> str:
    """HMAC-SHA256 as base64url without padding: 43 letters."""
    return urlsafe_b64encode(hmac.digest(key.encode(), text.encode(), "sha256")).rstrip(b"=").decode()


def free_names(query: Pairs) -> frozenset[str]:
    """The parameters that a query says to be free; what a signature itself consists of never is."""
    return frozenset(name for said, names in query if said == "free" for name in names.split(",")).difference(
        (*NAMES, "")
    )


def _free_name(name: str) -> str:
    if name in NAMES or not name.isidentifier():
        raise ValueError(f"`free` must name parameters of the plot or of its view, not {name!r}.")
    return name


def _seconds(name: str, moment: datetime | timedelta) -> int:
    if isinstance(moment, timedelta):
        moment = datetime.now(UTC) + moment
    if moment.tzinfo is None:
        raise ValueError(f"`{name}` must have a time zone, not be {moment}.")
    seconds = int(moment.timestamp())
    if seconds < 0:
        raise ValueError(f"`{name}` must be a time after 1970, not {moment}.")
    return seconds
