"""Chance that repeats: the same request draws the same numbers, in each process and on each machine."""

import os
import random
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any


class Chance:
    """What is known of a drawing's chance."""

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder
        self.is_seeded = True  # until something asks the operating system, as `secrets` and `uuid` do

    @property
    def repeats(self) -> bool:
        """Whether the same is drawn again.

        Where a generator began that a module keeps which was imported meanwhile, nobody knows.
        """
        return self.is_seeded and all(id(generator) in _first_states for generator in _kept_generators(self._folder))


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
    from numpy.random import bit_generator

    chance, source = Chance(folder), random.Random(seed)  # noqa: S311 - not for secrets
    entropy: Any = bit_generator  # whatever is made without a seed asks this module for bits
    python: Any = random
    own_bits, own_urandom, python_urandom = entropy.randbits, os.urandom, python._urandom
    own_seed, python_seed = random.Random.seed, random.seed
    states = random.getstate(), np.random.get_state()

    def bits(count: int) -> int:
        # A module that is imported now draws for good; the next request would not find its share of the numbers gone.
        return own_bits(count) if _is_importing() else source.getrandbits(count)

    def seed_python(generator: random.Random, a: Any = None, version: int = 2) -> None:
        own_seed(generator, bits(64) if a is None else a, version)

    def urandom(count: int) -> bytes:
        chance.is_seeded = chance.is_seeded and _is_importing()
        return own_urandom(count)

    try:
        random.seed(seed)
        np.random.seed(seed % 2**32)
        for generator in list(_kept_generators(folder)):
            _begin_anew(generator, seed)
            # One of Python's does not tell whether it was made with a seed.
            chance.is_seeded = chance.is_seeded and not isinstance(generator, random.Random)
        entropy.randbits, os.urandom, python._urandom = bits, urandom, urandom
        python.Random.seed, python.seed = seed_python, lambda a=None, version=2: seed_python(python._inst, a, version)
        yield chance
    finally:
        entropy.randbits, os.urandom, python._urandom = own_bits, own_urandom, python_urandom
        python.Random.seed, python.seed = own_seed, python_seed
        random.setstate(states[0])
        np.random.set_state(states[1])


_first_states: dict[int, tuple[Any, Any]] = {}  # by the generator's id: itself, and its state when it was seen first


def _kept_generators(folder: Path | None) -> Iterator[Any]:
    """The generators that the modules in the plot's folder have made; numpy's global one is seeded already."""
    from numpy.random import Generator, RandomState, mtrand

    own: Any = mtrand
    beginning = f"{folder}{os.sep}"  # as text: there are a thousand modules
    for module in list(sys.modules.values()) if folder else []:
        if str(getattr(module, "__file__", None)).startswith(beginning):
            for value in list(vars(module).values()):
                if isinstance(value, Generator | RandomState | random.Random) and value is not own._rand:
                    yield value


def _begin_anew(generator: Any, seed: int) -> None:
    if isinstance(generator, random.Random):
        _, first = _first_states.setdefault(id(generator), (generator, generator.getstate()))
        generator.setstate(first)
        return
    bits = getattr(generator, "bit_generator", None) or generator._bit_generator
    if id(generator) not in _first_states:
        entropy = getattr(bits.seed_seq, "entropy", 0)
        unseeded = isinstance(entropy, int) and entropy.bit_length() > 96  # 128 bits of the operating system's
        _first_states[id(generator)] = generator, type(bits)(seed).state if unseeded else bits.state
    bits.state = _first_states[id(generator)][1]


def _is_importing() -> bool:
    frame = sys._getframe(2)
    while frame is not None and not frame.f_code.co_filename.startswith("<frozen importlib"):
        frame = frame.f_back  # type: ignore[assignment]
    return frame is not None
