"""The process, as the next picture finds it."""

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

    That are the working folder, environment variables, the locale, and the settings of `decimal` and of pandas.
    """
    folder, environment = Path.cwd(), dict(os.environ)
    language = locale.setlocale(locale.LC_ALL)
    options = _pandas_options()
    before = deepcopy(options)
    try:
        with decimal.localcontext():
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


def _pandas_options() -> dict[str, Any]:
    """All of them, nested; none where pandas was not imported yet."""
    config = sys.modules.get("pandas._config.config")
    return getattr(config, "_global_config", {})
