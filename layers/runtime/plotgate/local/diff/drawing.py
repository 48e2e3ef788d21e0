"""Draws one plot, by the plotgate that is found on its path: that of another commit.

A script that imports nothing of this commit's, run in the plot's folder with HANDLER. It writes a line of JSON with
the first example of each of the plot's parameters, then reads an event from each line and writes the handler's answer.
"""

import json
import os
import sys
from importlib import import_module
from typing import Any


def main() -> None:
    lines = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)  # what the plot prints
    sys.path.insert(0, os.getcwd())  # noqa: PTH109 - as Lambda's, a text
    module, _, name = sys.argv[1].rpartition(".")
    handler = getattr(import_module(module), name)
    _write(lines, _examples())
    for line in sys.stdin:
        _write(lines, handler(json.loads(line), None))


def _examples() -> dict[str, str]:
    try:
        fields = import_module("app").handler.plot.parameters.model_fields
    except Exception:  # noqa: BLE001 - whatever is wrong with it, the handler's answers say so
        return {}
    return {name: str(field.examples[0]) for name, field in fields.items() if field.examples}


def _write(lines: Any, value: Any) -> None:
    lines.write(json.dumps(value) + "\n")
    lines.flush()


if __name__ == "__main__":
    main()
