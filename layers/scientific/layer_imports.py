"""Imports of what is only a part of a package; `deferred.toml` says where they stand for others."""

import importlib
import importlib.util
import sys
from types import ModuleType


def import_alone(name: str) -> ModuleType:
    """The submodule `name`, loaded without running the `__init__` of the package that it is directly in.

    An empty module stands for the package meanwhile. Whoever imports the package later gets all of it, and the
    submodule in it is this one.

    Raises:
        ImportError: there is none, or it needs more of its package than other submodules.
    """
    package = name.rpartition(".")[0]
    if name not in sys.modules and package not in sys.modules:
        spec = importlib.util.find_spec(package)
        if spec is None:
            raise ModuleNotFoundError(f"No module named {package!r}", name=package)
        sys.modules[package] = importlib.util.module_from_spec(spec)
        try:
            importlib.import_module(name)
        finally:
            del sys.modules[package]
    return importlib.import_module(name)
