"""Changes of files that the local gateway takes up."""

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING

from watchfiles import Change, DefaultFilter, awatch

import plotgate
from plotgate.local.terminal import Terminal

if TYPE_CHECKING:
    from plotgate.local.gateway.gateway import Gateway

RUNTIME = Path(plotgate.__file__).resolve().parent


def is_runtime(file: Path) -> bool:
    """Whether functions run this file of the package; the local part runs in the gateway only."""
    return file.is_relative_to(RUNTIME) and not file.is_relative_to(RUNTIME / "local")


async def watch(gateway: "Gateway", terminal: Terminal) -> None:
    """Tell the gateway about changes until this is cancelled."""
    try:
        await asyncio.gather(_watch_template(gateway), _watch_code(gateway))
    except (OSError, RuntimeError) as error:  # such as too many folders for inotify
        terminal.note(f"Changes are not noticed, start again to see them: {error}")


async def _watch_template(gateway: "Gateway") -> None:
    file = gateway.template.file  # its folder is watched: an editor may replace the file rather than write to it
    async for _ in awatch(file.parent, recursive=False, watch_filter=_Only(file)):
        await gateway.restart({file})


async def _watch_code(gateway: "Gateway") -> None:
    while True:
        template, stop = gateway.template, asyncio.Event()
        folders = {RUNTIME, *(function.code for function in template.functions)}
        async for changes in awatch(*folders, stop_event=stop, rust_timeout=500, yield_on_timeout=True):
            if changes:
                await gateway.restart({Path(file) for _, file in changes})
            if gateway.template is not template:
                stop.set()


class _Only(DefaultFilter):
    def __init__(self, file: Path) -> None:
        super().__init__()
        self._file = str(file)

    def __call__(self, change: Change, path: str) -> bool:
        return path == self._file
