"""Which rows a picture shows."""

import sys
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from types import FrameType
from typing import Any, Protocol


@dataclass(frozen=True)
class TableVersion:
    """Which rows a picture shows."""

    name: str  # of the table
    address: str  # as its variable says, without a secret; of the file beside the plot its name
    version: str  # of the rows
    exact: bool  # whether rows of this version are the same rows in the same order, to the last bit


class Versioned(Protocol):
    """A table, as far as a reading knows it."""

    was_read: bool  # whether a plot may hold rows of it already
    is_kept: bool  # whether a cache of the plot's does

    def current_version(self) -> TableVersion: ...


class Reading:
    """What was read while one picture was drawn."""

    def __init__(self, tables: Collection[Versioned]) -> None:
        self.tables = tables
        self._read: dict[Versioned, set[TableVersion | None]] = {}
        self._failed: set[Versioned] = set()

    def known(self, table: Versioned) -> str | None:
        """The version of the rows that were read already: a picture shows those of one."""
        versions = list(self._read.get(table, ()))
        return versions[0].version if versions and versions[0] is not None else None

    def add(self, table: Versioned, version: TableVersion | None) -> None:
        """Note that rows were read, of this version where the source told it with them."""
        self._read.setdefault(table, set()).add(version)

    def fail(self, table: Versioned) -> None:
        """Note that rows could not be read: if `draw` goes on without them, its picture is of no version."""
        self._failed.add(table)

    @property
    def is_whole(self) -> bool:
        """Whether all that was asked for was read; else the picture shows no version of the rows.

        Rows of a table that was read before, and not now, are perhaps shown all the same: `draw` may have kept them.
        Those that a cache of the plot's has read may be shown beside newer ones of the same table.
        """
        return not self._failed and not any(
            table.is_kept or (table.was_read and table not in self._read) for table in self.tables
        )

    def confirmed(self, before: Sequence[TableVersion]) -> tuple[TableVersion, ...]:
        """The versions of the rows that were read; equal to those `before` where they are what was to be drawn.

        Of a file and of an S3 object that is the version of the very rows. A database is asked once more: where it
        answers the same, the rows between were of that version. What was not read is as it was before.

        Args:
            before: the versions of the tables of this reading, in their order.

        Raises:
            DataError: a database does not answer.
        """
        return tuple(self._confirmed(table, version) for table, version in zip(self.tables, before, strict=True))

    def _confirmed(self, table: Versioned, before: TableVersion) -> TableVersion:
        versions = self._read.get(table)
        if not versions:
            return before
        told = [version for version in versions if version is not None]
        if len(told) < len(versions):
            return table.current_version()
        # Threads may have read two versions: no picture shows both.
        return next((version for version in told if version != before), before)


# Not of a context: the threads of a `draw` read, too, and an execution environment draws one picture at a time.
_reading: Reading | None = None


def current_reading() -> Reading | None:
    """That of the picture that is being drawn, if one is."""
    return _reading


def is_asked_by_a_cache() -> bool:
    """Whether a function whose results are kept, as by `functools.cache`, asks for rows, or one that is called by it.

    It is looked for among the author's functions: those between plotgate, which reads, and plotgate, which draws.
    """
    frame: FrameType | None = sys._getframe(1)
    while frame is not None and _is_ours(frame):
        frame = frame.f_back
    while frame is not None and not _is_ours(frame):
        owner: Any = None
        for name in frame.f_code.co_qualname.split("."):
            owner = frame.f_globals.get(name) if owner is None else getattr(owner, name, None)
        # functools' and cachetools' have the one, joblib's the other.
        if hasattr(owner, "cache_info") or hasattr(owner, "check_call_in_cache") or isinstance(owner, cached_property):
            return True
        frame = frame.f_back
    return False


def _is_ours(frame: FrameType) -> bool:
    return str(frame.f_globals.get("__name__")).startswith("plotgate.")


@contextmanager
def reading(tables: Collection[Versioned]) -> Iterator[Reading]:
    """Note what is read of `tables`, and refuse to read others: nobody would notice when their rows change."""
    global _reading
    outer, _reading = _reading, Reading(tables)
    try:
        yield _reading
    finally:
        _reading = outer
