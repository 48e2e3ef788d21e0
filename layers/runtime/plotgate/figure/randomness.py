"""Chance that repeats: the same request draws the same numbers, in each process and on each machine."""

import ast
import os
import random
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import FunctionType
from typing import Any


class Chance:
    """What is known of a drawing's chance."""

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder
        self.is_seeded = True  # until something asks the operating system, as `secrets` and `uuid` do

    @property
    def repeats(self) -> bool:
        """Whether the same is drawn again.

        It is not known where a generator began that a module keeps which was imported meanwhile, and a generator that
        has spawned others will spawn others the next time.
        """
        return self.is_seeded and all(
            (first := _firsts.get(id(generator))) is not None and _spawned(generator) == first.spawned
            for generator in _kept_generators(self._folder)
        )


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
        return own_bits(count) if is_importing() else source.getrandbits(count)

    def seed_python(generator: random.Random, a: Any = None, version: int = 2) -> None:
        own_seed(generator, bits(64) if a is None else a, version)

    def urandom(count: int) -> bytes:
        chance.is_seeded = chance.is_seeded and is_importing()
        return own_urandom(count)

    try:
        random.seed(seed)
        np.random.seed(seed % 2**32)
        for generator in list(_kept_generators(folder)):
            _begin_anew(generator, seed, folder)
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


@dataclass(frozen=True)
class _First:
    """A generator as it was seen first."""

    generator: Any  # kept, so that no other gets its id
    state: Any  # None of one that was made without a seed
    spawned: int


_firsts: dict[int, _First] = {}  # by the generator's id


def _kept_generators(folder: Path | None) -> Iterator[Any]:
    """The generators that the modules in the plot's folder have made; numpy's global one is seeded already."""
    from numpy.random import Generator, RandomState, mtrand

    own: Any = mtrand
    beginning = f"{folder}{os.sep}"  # as text: there are a thousand modules
    for module in list(sys.modules.values()) if folder else []:
        if str(getattr(module, "__file__", None)).startswith(beginning):
            for value in _values(module):
                if isinstance(value, Generator | RandomState | random.Random) and value is not own._rand:
                    yield value


def _values(module: object) -> Iterator[object]:
    """What a module keeps: by its names, and within its lists, dictionaries, classes and functions' defaults."""
    for value in list(vars(module).values()):
        yield value
        match value:
            case list() | tuple() | set():
                yield from list(value)
            case dict():
                yield from list(value.values())
            case type() if value.__module__ == vars(module).get("__name__"):
                yield from list(vars(value).values())
            case FunctionType():
                yield from [*(value.__defaults__ or ()), *(value.__kwdefaults__ or {}).values()]


def _begin_anew(generator: Any, seed: int, folder: Path | None) -> None:
    if id(generator) not in _firsts:
        _firsts[id(generator)] = _First(generator, _state(generator, folder), _spawned(generator))
    state = _firsts[id(generator)].state
    if isinstance(generator, random.Random):
        generator.setstate(state)
    else:
        bits = _bits(generator)
        bits.state = type(bits)(seed).state if state is None else state


def _state(generator: Any, folder: Path | None) -> Any:
    if isinstance(generator, random.Random):
        return generator.getstate()
    bits = _bits(generator)
    entropy = getattr(bits.seed_seq, "entropy", 0)
    # 128 bits are the operating system's, or as numpy advises to write them down.
    is_seeded = not isinstance(entropy, int) or entropy.bit_length() <= 96 or _is_written(entropy, folder)
    return bits.state if is_seeded else None


def _is_written(number: int, folder: Path | None) -> bool:
    """Whether `number` stands in one of the plot's files."""
    return any(
        isinstance(node, ast.Constant) and node.value == number
        for file in (folder.rglob("*.py") if folder else ())
        for node in ast.walk(ast.parse(file.read_bytes()))
    )


def _bits(generator: Any) -> Any:
    return getattr(generator, "bit_generator", None) or generator._bit_generator


def _spawned(generator: Any) -> int:
    if isinstance(generator, random.Random):
        return 0
    return getattr(_bits(generator).seed_seq, "n_children_spawned", 0)


def is_importing() -> bool:
    """Whether a module is being imported by whoever calls."""
    frame = sys._getframe(1)
    while frame is not None and not frame.f_code.co_filename.startswith("<frozen importlib"):
        frame = frame.f_back  # type: ignore[assignment]
    return frame is not None
