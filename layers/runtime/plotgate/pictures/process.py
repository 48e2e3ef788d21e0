"""The process, as the next picture finds it."""

import asyncio
import calendar
import decimal
import locale
import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from copy import deepcopy
from pathlib import Path
from typing import Any


@contextmanager
def as_it_was() -> Iterator[None]:
    """Undo what `draw` may change of its process: the next picture must not depend on which was drawn before.

    That are the working folder, environment variables, the zone that `TZ` names, the locale, the first day of the
    week, the settings of `decimal`, pandas, scikit-learn and seaborn's objects, and what waits in the current event
    loop, of which each picture has one of its own.
    """
    folder, environment = Path.cwd(), dict(os.environ)
    language, first_day = locale.setlocale(locale.LC_ALL), calendar.firstweekday()
    settings = [(kept, _plain(kept)) for kept in _library_settings()]
    time.tzset()  # where a plot's file has set TZ, and did not say so to the C library
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
        time.tzset()
        locale.setlocale(locale.LC_ALL, language)
        calendar.setfirstweekday(first_day)
        for kept, before in settings:
            if _plain(kept) != before:
                dict.clear(kept)
                dict.update(kept, before)


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


def _library_settings() -> Iterator[dict[str, Any]]:
    """The settings that libraries keep for the whole process, of those that were imported already."""
    if pandas := sys.modules.get("pandas._config.config"):
        yield pandas._global_config
    if sklearn := sys.modules.get("sklearn._config"):
        yield sklearn._get_threadlocal_config()
    if objects := sys.modules.get("seaborn._core.plot"):
        yield objects.Plot.config.theme


def _plain(settings: dict[str, Any]) -> dict[str, Any]:
    """A copy that shares nothing; of matplotlib's kind without its checks, which take long."""
    return deepcopy(dict(dict.items(settings)))
