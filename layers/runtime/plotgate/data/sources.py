"""Where tables may live: the one list of it."""

from collections.abc import Callable
from importlib import import_module

from plotgate.data.source import Declaration, Source

# By the scheme of the address. Each has its libraries, and is imported by the plots alone whose tables are there.
SOURCES = {
    "": "plotgate.data.file.FileSource",
    "s3": "plotgate.data.s3.S3Source",
    "postgresql": "plotgate.data.postgresql.PostgreSQLSource",
    "sqlite": "plotgate.data.sqlite.SQLiteSource",
}


def source_at(address: str, declared: Declaration) -> Source:
    """The source of the table `declared` at `address`.

    Raises:
        ValueError: there is no address, or it is not one of a source.
    """
    scheme, separator, _ = address.partition("://")
    if not address:
        raise ValueError(f"The environment variable {declared.variable} must hold an address.")
    if not separator:
        scheme = ""
    if scheme not in SOURCES:
        *others, last = filter(None, SOURCES)
        allowed = f"a path, {', '.join(others)} or {last}"
        raise ValueError(f"The address in {declared.variable} must be {allowed}, not {scheme!r}.")
    module, _, name = SOURCES[scheme].rpartition(".")
    made: Callable[[str, Declaration], Source] = getattr(import_module(module), name)
    return made(address, declared)
