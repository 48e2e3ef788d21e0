"""What a plot's modules keep from one picture to the next, as far as it can be found."""

import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import suppress
from functools import _lru_cache_wrapper, partial
from pathlib import Path
from types import BuiltinFunctionType, FunctionType, MemberDescriptorType, MethodType, ModuleType, SimpleNamespace

STEPS = 4  # from a module's name: say an instance, a list in it, a function in that, what it closes over
MOST = 10_000  # values: looking for what is kept must not take longer than drawing


def kept(folder: Path | None) -> Iterator[object]:
    """What the modules in a plot's folder keep: by their names, and within what these name, a few steps deep.

    That are the values of lists, tuples, sets and dictionaries, the attributes of the modules' own classes and of
    their instances, and what functions and methods hold.
    """
    modules = _modules(folder)
    names = {module.__name__ for module in modules}
    values = [value for module in modules for value in list(vars(module).values())]
    seen: set[int] = set()
    for _ in range(STEPS):
        within: list[object] = []
        for value in values:
            if id(value) not in seen and len(seen) < MOST:
                seen.add(id(value))
                yield value
                within += _within(value, names)
        values = within


def _modules(folder: Path | None) -> list[ModuleType]:
    beginning = f"{folder}{os.sep}"  # as text: there are a thousand modules
    modules = list(sys.modules.values()) if folder else []
    return [module for module in modules if str(getattr(module, "__file__", None)).startswith(beginning)]


def _within(value: object, names: set[str]) -> Iterable[object]:
    """What `value` holds itself; instances and classes only those of the modules of these names."""
    match value:
        case list() | tuple() | set() | frozenset():
            return list(value)
        case dict():
            return list(value.values())
        case FunctionType():
            return [
                *(value.__defaults__ or ()),
                *(value.__kwdefaults__ or {}).values(),
                *_closed_over(value),
            ]
        case staticmethod() | classmethod() | _lru_cache_wrapper():
            return [value.__wrapped__]
        case MethodType() | BuiltinFunctionType():
            return [value.__self__]
        case partial():
            return [value.func, *value.args, *value.keywords.values()]
        case type():
            return list(vars(value).values()) if value.__module__ in names else []
        case _ if type(value).__module__ in names or isinstance(value, SimpleNamespace):
            return [*getattr(value, "__dict__", {}).values(), *_slots(value)]
    return []


def _closed_over(function: FunctionType) -> Iterator[object]:
    for cell in function.__closure__ or ():
        with suppress(ValueError):  # nothing is in it yet
            yield cell.cell_contents


def _slots(value: object) -> Iterator[object]:
    for kind in type(value).__mro__:
        for member in list(vars(kind).values()) if "__slots__" in vars(kind) else []:
            if isinstance(member, MemberDescriptorType):
                with suppress(AttributeError):  # nothing is in it yet
                    yield member.__get__(value)
