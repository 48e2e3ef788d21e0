"""The columns of numbers and of texts in what a call was given."""

from collections.abc import Iterator, Mapping
from contextlib import suppress
from typing import Any

import numpy as np
from matplotlib.artist import Artist
from numpy.typing import NDArray

LONGEST_LIST = 60  # numbers of which each may be told, such as the heights of bars
MOST_NAMES = 2000


def floats(*given: Any) -> list[NDArray[Any]]:
    return [column for one in given for column in columns_of(one) if column.dtype.kind == "f"]


def columns_of(given: Any) -> Iterator[NDArray[Any]]:
    """The columns in what was given: of numbers as floats, of all else as texts."""
    if isinstance(given, Mapping):
        for one in given.values():
            yield from columns_of(one)
        return
    if isinstance(given, Artist):
        for name in ("get_xydata", "get_offsets", "get_array", "get_segments"):
            with suppress(TypeError, ValueError):  # of units
                yield from columns_of(getattr(given, name, lambda: None)())
        yield from columns_of(getattr(given, "levels", None))
        return
    if given is None or callable(given):
        return
    try:
        array = np.ma.filled(given.astype(float), np.nan) if np.ma.isMaskedArray(given) else np.asarray(given)
    except (ValueError, TypeError):  # lists of several lengths, or what is no column at all
        for one in given if isinstance(given, list | tuple) else ():
            yield from columns_of(one)
        return
    if array.dtype.kind in "fiub":
        numbers = array.astype(float)
        yield numbers.ravel()
        if numbers.ndim == 2:
            for rows in (numbers, numbers.T):
                yield from rows if len(rows) <= LONGEST_LIST else ()
    elif array.dtype.kind in "UMm" or (array.ndim and all(isinstance(one, str) for one in array.flat)):
        yield array.ravel().astype(str)
    elif array.dtype.kind == "O" and array.ndim:
        for one in array.ravel()[:MOST_NAMES]:
            yield from columns_of(one)


def looked_up(data: Any, given: Any) -> Any:
    if data is not None and isinstance(given, str):
        try:
            return data[given]
        except (KeyError, IndexError, TypeError, ValueError):
            return given
    return given
