"""The process, as the next picture finds it."""

import asyncio
import decimal
import locale
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from copy import deepcopy
from pathlib import Path
from typing import Any


@contextmanager
def as_it_was() -> Iterator[None]:
    """Undo what `draw` may change of its process: the next picture must not depend on which was drawn before.

    That are the working folder, environment variables, the locale, the settings of `decimal` and of pandas, and what
    waits in the current event loop, of which each picture has one of its own.
    """
    folder, environment = Path.cwd(), dict(os.environ)
    language = locale.setlocale(locale.LC_ALL)
    options = _pandas_options()
    before = deepcopy(options)
    try:
        with decimal.localcontext(), _own_event_loop():
            yield
    finally:
        os.chdir(folder)
        for name in {*environment, *os.environ}:
            if name not in environment:
                del os.environ[name]
            elif os.environ.get(name) != environment[name]:
                os.environ[name] = environment[name]
        locale.setlocale(locale.LC_ALL, language)
        if options != before:
            options.update(before)


@contextmanager
def _own_event_loop() -> Iterator[None]:
    """A current event loop that does not run yet, as a script has one: `get_event_loop().run_until_complete(…)`."""
    own = asyncio.new_event_loop()
    asyncio.set_event_loop(own)
    try:
        yield
    finally:
        asyncio.set_event_loop(None)  # whoever handles the next event sets its own
        own.close()


def _pandas_options() -> dict[str, Any]:
    """All of them, nested; none where pandas was not imported yet."""
    config = sys.modules.get("pandas._config.config")
    return getattr(config, "_global_config", {})
