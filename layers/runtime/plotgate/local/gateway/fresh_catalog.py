"""The catalog of the plots, as fresh as their files."""

import asyncio
import sys
from pathlib import Path

from plotgate.local.template import Function, Template
from plotgate.local.terminal import Terminal


def is_of_catalog(file: Path, gallery: Function) -> bool:
    """Whether the gallery's page finds the catalog in this file, which it reads anew each time."""
    return file.parent == gallery.code and file.name in ("catalog.json", "openapi.json")


class FreshCatalog:
    """Writes the catalog when it is asked for, the first time and after a change.

    In a process of its own: it imports all plots, and has to import them anew.
    """

    def __init__(self, terminal: Terminal) -> None:
        self._terminal = terminal
        self._is_stale = True
        self._turn = asyncio.Lock()

    def expire(self) -> None:
        """Something changed of which the catalog tells."""
        self._is_stale = True

    async def write(self, template: Template) -> None:
        """Write the files beside the gallery's code, unless they are fresh."""
        async with self._turn:
            if not self._is_stale:
                return
            self._is_stale = False
            process = await asyncio.create_subprocess_exec(
                *(sys.executable, "-m", "plotgate.local.cli", "catalog", "--template", template.file),
                stdin=asyncio.subprocess.DEVNULL,
                stdout=asyncio.subprocess.DEVNULL,
                stderr=asyncio.subprocess.PIPE,
            )
            try:
                _, errors = await process.communicate()
            finally:
                if process.returncode is None:  # the gateway stops
                    process.kill()
            if process.returncode:
                for line in errors.decode(errors="replace").splitlines():
                    self._terminal.note(line)
