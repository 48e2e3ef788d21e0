"""`plotgate sign`."""

import re
from datetime import UTC, datetime, timedelta
from typing import Annotated

import typer

from plotgate.errors import KeysError
from plotgate.http.signing_keys import SECRET, signing_keys
from plotgate.local.commands.options import readable_errors
from plotgate.url.grant import KEYS, sign_url

_UNITS = {"s": "seconds", "min": "minutes", "h": "hours", "d": "days", "w": "weeks"}


def _moment(text: str) -> datetime:
    if duration := re.fullmatch(f"([0-9]{{1,6}})({'|'.join(_UNITS)})", text):
        return datetime.now(UTC) + timedelta(**{_UNITS[duration[2]]: int(duration[1])})
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        moment = datetime.min
    if moment.tzinfo is None:
        raise typer.BadParameter(f"It must be such as 90min, 1h, 7d, or 2027-01-01T00:00Z, not {text!r}.")
    return moment


def sign(
    url: Annotated[str, typer.Argument(help="Of a plot, with a host or without.", metavar="URL")],
    expires: Annotated[
        datetime,
        typer.Option(parser=_moment, metavar="TIME", help="How long it is good (90min, 1h, 7d), or until when."),
    ],
    free: Annotated[str, typer.Option(help="The parameters that may be changed, with commas between them.")] = "",
    not_before: Annotated[
        datetime | None,
        typer.Option(parser=_moment, metavar="TIME", help="In how much time it begins, or when; at once without."),
    ] = None,
    key: Annotated[str, typer.Option(help="Id of the key that signs; the last one without.", metavar="ID")] = "",
) -> None:
    """Print a URL with a signature, by a key of PLOTGATE_SIGNING_KEYS or PLOTGATE_SIGNING_SECRET."""
    with readable_errors(ValueError, KeysError):
        keys = signing_keys(key)
        if keys is None:
            raise ValueError(f"{KEYS} must hold the signing keys, or {SECRET} the ARN of a secret that does.")
        if key and key not in keys:
            raise ValueError(f"The key must be {' or '.join(keys)}, not {key!r}.")
        names = free.split(",") if free else []
        chosen = {key: keys[key]} if key else keys
        print(sign_url(url, expires=expires, free=names, not_before=not_before, keys=chosen))
