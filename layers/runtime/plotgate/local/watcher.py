"""Changes of files that the local gateway takes up."""

import asyncio
from collections.abc import AsyncIterator, Callable
from pathlib import Path

from watchfiles import Change, DefaultFilter, awatch

import plotgate

RUNTIME = Path(plotgate.__file__).resolve().parent


def is_runtime(file: Path) -> bool:
    """Whether functions run this file of the package; the local part runs in the gateway only."""
    return file.is_relative_to(RUNTIME) and not file.is_relative_to(RUNTIME / "local")


async def changes_of(file: Path) -> AsyncIterator[set[Path]]:
    """`file`, as often as it changes. Its folder is watched: an editor may replace the file rather than write to it."""
    async for _ in awatch(file.parent, recursive=False, watch_filter=_Only(file)):
        yield {file}


async def changes_in(folders: Callable[[], set[Path]]) -> AsyncIterator[set[Path]]:
    """The files that change in the runtime and in `folders()`, which is asked again twice a second."""
    while True:
        watched, stop = folders(), asyncio.Event()
        async for changes in awatch(RUNTIME, *watched, stop_event=stop, rust_timeout=500, yield_on_timeout=True):
            if changes:
                yield {Path(file) for _, file in changes}
            if folders() != watched:
                stop.set()


class _Only(DefaultFilter):
    def __init__(self, file: Path) -> None:
        super().__init__()
        self._file = str(file)

    def __call__(self, change: Change, path: str) -> bool:
        return path == self._file
