"""Functions of the packages, and what does their work sooner."""

import functools
import logging
import sys
from collections.abc import Callable
from dataclasses import dataclass
from inspect import getattr_static
from typing import Any

logger = logging.getLogger("plotgate")


@dataclass(frozen=True)
class Acceleration:
    """A function that does the work of another one sooner."""

    package: str
    series: str
    """Of the package's versions, the one that it is right for: "3.11" is 3.11.0, 3.11.1 and so on."""
    replaces: tuple[str, ...]
    """Where the other function is found, as "module:name" or "module:class.name"."""
    by: Callable[[Any], Any]
    """Makes what stands for the function from the function."""
    reason: str
    anticipates: str = ""
    """matplotlib's own change to the same end: once it is released, this goes."""

    def is_loaded(self) -> bool:
        """Whether all that it replaces is there by now."""
        return all(place.partition(":")[0] in sys.modules for place in self.replaces)

    def put(self) -> None:
        """Put it in its place, or say in the log that the package is another one than it is right for."""
        version = sys.modules[self.package].__version__
        if not f"{version}.".startswith(f"{self.series}."):
            logger.warning(
                "%s %s draws %s as it is: it is sped up in %s alone",
                self.package,
                version,
                ", ".join(self.replaces),
                self.series,
            )
            return
        for place in self.replaces:
            owner, name = find(place)
            original = getattr(owner, name)
            own = functools.update_wrapper(self.by(original), original)
            setattr(owner, name, staticmethod(own) if isinstance(getattr_static(owner, name), staticmethod) else own)


def find(place: str) -> tuple[Any, str]:
    """What holds the function at `place`, a module or a class of it, and the function's name there."""
    module, _, names = place.partition(":")
    *classes, name = names.split(".")
    return functools.reduce(getattr, classes, sys.modules[module]), name
