"""Presets: the queries that a stage answers, by their names, where it answers no others."""

import json
import logging
import os
from collections.abc import Mapping
from functools import lru_cache
from urllib.parse import parse_qsl

from plotgate.errors import InternalError
from plotgate.url.grant import Pairs

PRESETS = "PLOTGATE_PRESETS"  # the environment variable with the presets: a JSON object of names and queries
NAME = "preset"  # the parameter that names one

logger = logging.getLogger("plotgate")


def stage_presets() -> Mapping[str, Pairs]:
    """The presets by their names, decoded; empty where every query may be asked for.

    Raises:
        InternalError: there are to be some, and they cannot be read.
    """
    text = os.environ.get(PRESETS)
    if not text:
        return {}
    try:
        return _read(text)
    except ValueError as error:
        logger.error("%s: %s", PRESETS, error)
        raise InternalError("The presets could not be read; the log has the reason.") from None


def preset(query: Pairs, path: Mapping[str, str], presets: Mapping[str, Pairs]) -> Pairs | None:
    """The query that `query` names and is nothing but the name of; None where it is no preset.

    Args:
        query: of the URL.
        path: the parameters in its path. They are the preset's as well, or anybody could vary them.
        presets: by their names.
    """
    if len(query) != 1 or query[0][0] != NAME or query[0][1] not in presets:
        return None
    found = presets[query[0][1]]
    if any((name, value) not in found for name, value in path.items()):
        return None
    return [pair for pair in found if pair[0] not in path]


@lru_cache(maxsize=1)
def _read(text: str) -> Mapping[str, Pairs]:
    found = json.loads(text)
    if not isinstance(found, dict) or not found or not all(isinstance(query, str) for query in found.values()):
        raise ValueError("The presets must be a JSON object of names and queries.")
    return {name: parse_qsl(query, keep_blank_values=True) for name, query in found.items()}
