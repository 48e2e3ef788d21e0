"""Chance that repeats: the same request draws the same numbers, in each process and on each machine."""

import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import ModuleType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from numpy.random import Generator


@contextmanager
def seeded(seed: int, module: ModuleType | None) -> Iterator[None]:
    """Seed all that `random` and numpy draw meanwhile: their global states, and generators made without a seed.

    Generators that `module` made when it was imported begin anew, where they stood when they were seen first. What asks
    the operating system itself (`secrets`, `os.urandom`, `uuid`) stays random.

    Args:
        seed: of 64 bits.
        module: the plot's file.
    """
    import numpy as np
    from numpy.random import bit_generator

    entropy: Any = bit_generator  # whatever is made without a seed asks this module for bits
    before = random.getstate(), np.random.get_state(), entropy.randbits
    source = random.Random(seed)  # noqa: S311 - not for secrets
    random.seed(seed)
    np.random.seed(seed % 2**32)
    entropy.randbits = source.getrandbits
    for generator, start_anew in _generators(module):
        start_anew(generator)
    try:
        yield
    finally:
        random.setstate(before[0])
        np.random.set_state(before[1])
        entropy.randbits = before[2]


_first_states: dict[int, tuple[Any, Any]] = {}  # by the generator's id: itself, and its state when it was seen first


def _generators(module: ModuleType | None) -> Iterator[tuple[Any, Callable[[Any], None]]]:
    from numpy.random import Generator, RandomState

    for value in list(vars(module).values()) if module else ():
        if isinstance(value, Generator):
            yield value, _restart_generator
        elif isinstance(value, RandomState):
            yield value, lambda state: state.set_state(_first(state, state.get_state))


def _restart_generator(generator: "Generator") -> None:
    bits = generator.bit_generator
    bits.state = _first(generator, lambda: bits.state)


def _first(generator: Any, state: Callable[[], Any]) -> Any:
    return _first_states.setdefault(id(generator), (generator, state()))[1]
