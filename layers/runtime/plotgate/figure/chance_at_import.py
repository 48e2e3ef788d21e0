"""Chance while a plot's file is imported: what it draws by chance at its top is the same in each process."""

import os
import random
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Any

SEED = 0
NUMPYS_BYTES = 16  # that numpy asks for when something is made without a seed


@contextmanager
def repeatable(folder: Path) -> Iterator[None]:
    """Seed what `random` and numpy draw meanwhile for the files of `folder`; `secrets` and `os.urandom` stay.

    numpy need not have been imported: it will ask `random` for bits as soon as it is. Where it was, it is seeded with
    the bits that it would get then.
    """
    python: Any = random
    numpy: Any = getattr(sys.modules.get("numpy"), "random", None)
    source = random.Random(SEED)  # noqa: S311 - not for secrets
    own, states = python._urandom, (random.getstate(), numpy and numpy.get_state())

    def urandom(count: int) -> bytes:
        is_numpys = count == NUMPYS_BYTES and _is_asked_by_numpy(sys._getframe(1), f"{folder}{os.sep}")
        return source.randbytes(count) if is_numpys else own(count)

    random.seed(SEED)
    if numpy:
        bits = numpy.SeedSequence(int.from_bytes(source.randbytes(NUMPYS_BYTES)))
        numpy.set_state(numpy.RandomState(numpy.MT19937(bits)).get_state())
    python._urandom = urandom
    try:
        yield
    finally:
        python._urandom = own
        random.setstate(states[0])
        if numpy:
            numpy.set_state(states[1])


def _is_asked_by_numpy(frame: FrameType, folder: str) -> bool:
    """Whether it is numpy that asks for bits, whose compiled code has no frame: only who called it has."""
    caller = frame.f_back
    if frame.f_code.co_name != "getrandbits" or caller is None:
        return False
    names = caller.f_globals
    # numpy seeds its global state where it is imported itself.
    is_numpy = str(names.get("__name__")).startswith(("numpy.", "importlib._bootstrap"))
    return is_numpy or str(names.get("__file__")).startswith(folder)
