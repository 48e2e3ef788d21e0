"""The generators that a plot's files keep: where they began, and where they stand."""

import ast
import pickle
import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class _First:
    """A generator as it was seen first."""

    generator: Any  # kept, so that no other gets its id
    state: Any  # None of one that was made without a seed
    spawned: int


_firsts: dict[int, _First] = {}  # by the generator's id


def generators(values: list[object]) -> Iterator[Any]:
    """The generators among `values`; the global ones are seeded already."""
    from numpy.random import Generator, RandomState, mtrand

    numpy: Any = mtrand
    python: Any = random
    for value in values:
        if (
            isinstance(value, Generator | RandomState | random.Random)
            and not isinstance(value, random.SystemRandom)  # has no state; whoever asks it is noticed
            and value is not numpy._rand
            and value is not python._inst
        ):
            yield value


def standing(values: list[object]) -> bytes:
    """Where all generators stand that are known: another text, once one was asked."""
    import numpy as np

    states = [one.getstate() if isinstance(one, random.Random) else _bits(one).state for one in generators(values)]
    return pickle.dumps((random.getstate(), np.random.get_state(), states))


def begin_anew(generator: Any, seed: int, folder: Path | None) -> None:
    """Set a generator to where it stood when it was seen first, or by `seed` if it was made without one."""
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


def repeats(generator: Any) -> bool:
    """Whether `begin_anew` sets all of it: it was seen when it began, and has spawned no others since."""
    first = _firsts.get(id(generator))
    return first is not None and _spawned(generator) == first.spawned


def _spawned(generator: Any) -> int:
    if isinstance(generator, random.Random):
        return 0
    return getattr(_bits(generator).seed_seq, "n_children_spawned", 0)
