"""What may be seen of a plot: everything, unless its stage has signing keys or presets."""

import time

from fastapi import Request

from plotgate.errors import PresetError
from plotgate.http.presets import preset, stage_presets
from plotgate.http.signing_keys import signing_keys
from plotgate.url.grant import NAMES, Grant, Pairs, check


def admitted(request: Request) -> Pairs:
    """What a request asks of a plot, if that may be seen: its query without the signature, or the preset's.

    On a stage without keys a signature is not looked at: pages may be signed before the stage asks for it.

    Raises:
        PlotgateError: it names no preset and has no signature that is good now, or nobody knows, for the keys are not
            available.
    """
    query = request.query_params.multi_items()
    path = {name: value for name, value in request.path_params.items() if name != "folder"}
    presets = stage_presets()
    if (found := preset(query, path, presets)) is not None:
        return found
    request.state.grant = granted(request.scope["path"], query)
    if request.state.grant is None and presets:
        raise PresetError("The URL must name one of the presets, and have no other parameter.")
    return [pair for pair in query if pair[0] not in NAMES]


def granted(path: str, query: Pairs) -> Grant | None:
    """What the signature of a URL allows; None on a stage without keys, where everybody may see everything.

    Raises:
        PlotgateError: it has no signature that is good now, or the keys are not available.
    """
    keys = signing_keys(dict(query).get("key_id", ""))
    return None if keys is None else check(path, query, keys, time.time())


def grant_of(request: Request) -> Grant | None:
    """What the signature of a request that was admitted allows; None where the plot needs none."""
    return getattr(request.state, "grant", None)
