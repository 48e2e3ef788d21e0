"""Who may see a plot: everybody, unless its stage has signing keys."""

import time

from fastapi import Request

from plotgate.http.signing_keys import signing_keys
from plotgate.url.grant import NAMES, Grant, Pairs, check


def admitted(request: Request) -> Pairs:
    """What a request asks of a plot, if whoever sent it may see that: its query without the signature.

    On a stage without keys a signature is not looked at: pages may be signed before the stage asks for it.

    Raises:
        PlotgateError: it has no signature that is good now, or nobody knows, for the keys are not available.
    """
    query = request.query_params.multi_items()
    keys = signing_keys(request.query_params.get("key_id", ""))
    if keys is not None:
        request.state.grant = check(request.scope["path"], query, keys, time.time())
    return [pair for pair in query if pair[0] not in NAMES]


def grant_of(request: Request) -> Grant | None:
    """What the signature of a request that was admitted allows; None where the plot needs none."""
    return getattr(request.state, "grant", None)
