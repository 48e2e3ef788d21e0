"""Chance that repeats: the same request draws the same numbers, in each process and on each machine."""

import os
import random
import sys
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import _lru_cache_wrapper
from pathlib import Path
from threading import get_ident
from types import FrameType
from typing import Any

from plotgate.figure.generators import begin_anew, generators, repeats, standing
from plotgate.figure.kept import kept

# What asks the operating system, or a clock that nobody can read again. Not every system has each.
_OF_THE_SYSTEM: tuple[tuple[Any, str], ...] = (
    (os, "urandom"),
    (os, "getrandom"),
    (random, "_urandom"),
    (uuid, "_generate_time_safe"),
)

# They name their runs by `uuid`; what they compute does not depend on the name.
_NAMING = ("joblib.parallel", "sklearn.callback._callback_context")


class Chance:
    """What is known of a drawing's chance, from when everything is seeded."""

    def __init__(self, folder: Path | None, values: list[object]) -> None:
        self._folder = folder
        self.is_seeded = True  # until something asks the operating system, as `secrets` and `uuid` do
        self.was_made = False  # whether a generator was made without a seed
        self._begin = standing(values)
        self._computed = _computed(values)

    @property
    def repeats(self) -> bool:
        """Whether the same is drawn again.

        It is not known where a generator began that a module keeps which was imported meanwhile, and a generator that
        has spawned others will spawn others the next time. Of chance that a `functools.cache` keeps, the next picture
        shows that of this one.
        """
        values = list(kept(self._folder))
        if _computed(values) != self._computed and (self.was_made or standing(values) != self._begin):
            return False
        return self.is_seeded and all(repeats(generator) for generator in generators(values))


@contextmanager
def seeded(seed: int, folder: Path | None) -> Iterator[Chance]:
    """Seed all that `random` and numpy draw meanwhile: their global states, and generators made without a seed.

    Generators that the plot's files keep begin anew: where they stood when they were seen first, or with `seed` if
    they were made without one.

    Args:
        seed: of 64 bits.
        folder: of the plot's files.
    """
    import numpy as np

    states = random.getstate(), np.random.get_state()
    try:
        random.seed(seed)
        np.random.seed(seed % 2**32)
        values = list(kept(folder))
        own = list(generators(values))
        for generator in own:
            begin_anew(generator, seed, folder)
        chance = Chance(folder, values)
        # One of Python's does not tell whether it was made with a seed.
        chance.is_seeded = not any(isinstance(generator, random.Random) for generator in own)
        with _sources_replaced(chance, random.Random(seed)):  # noqa: S311 - not for secrets
            yield chance
    finally:
        random.setstate(states[0])
        np.random.set_state(states[1])


@contextmanager
def _sources_replaced(chance: Chance, source: random.Random) -> Iterator[None]:
    """Let whatever is made without a seed ask `source`, and `chance` know who asks the system."""
    from numpy.random import bit_generator

    entropy: Any = bit_generator  # whatever is made without a seed asks this module for bits
    python: Any = random
    own_bits, own_seed, drawing = entropy.randbits, random.Random.seed, get_ident()

    def bits(count: int) -> int:
        # A module that is imported now draws for good; the next request would not find its share of the numbers gone.
        if is_importing():
            return own_bits(count)  # type: ignore[no-any-return]
        chance.was_made = True
        # Nobody knows in which order threads ask.
        chance.is_seeded = chance.is_seeded and get_ident() == drawing
        return source.getrandbits(count)

    def seed_python(generator: random.Random, a: Any = None, version: int = 2) -> None:
        own_seed(generator, bits(64) if a is None else a, version)

    def noticed(ask: Callable[..., Any]) -> Callable[..., Any]:
        def asked(*args: Any, **kwargs: Any) -> Any:
            chance.is_seeded = chance.is_seeded and (is_importing() or _is_naming(sys._getframe(1)))
            return ask(*args, **kwargs)

        return asked

    replaced: list[tuple[Any, str, Any]] = [
        (entropy, "randbits", bits),
        (python.Random, "seed", seed_python),
        (python, "seed", lambda a=None, version=2: seed_python(python._inst, a, version)),
    ]
    replaced += [(owner, name, noticed(own)) for owner, name in _OF_THE_SYSTEM if (own := getattr(owner, name, None))]
    before = [(owner, name, getattr(owner, name)) for owner, name, _ in replaced]
    try:
        for owner, name, value in replaced:
            setattr(owner, name, value)
        yield
    finally:
        for owner, name, value in before:
            setattr(owner, name, value)


def _is_naming(caller: FrameType) -> bool:
    """Whether whoever calls is `uuid`, for a name that no picture shows."""
    asker = caller.f_back
    return caller.f_globals.get("__name__") == "uuid" and asker is not None and asker.f_globals["__name__"] in _NAMING


def _computed(values: list[object]) -> int:
    """How often the caches among `values` had to compute what they were asked for."""
    return sum(value.cache_info().misses for value in values if isinstance(value, _lru_cache_wrapper))


def is_importing() -> bool:
    """Whether a module is being imported by whoever calls."""
    frame = sys._getframe(1)
    while frame is not None and not frame.f_code.co_filename.startswith("<frozen importlib"):
        frame = frame.f_back  # type: ignore[assignment]
    return frame is not None
