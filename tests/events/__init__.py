"""Events as AWS sends them, odd ones too: each JSON file here is one, whole, and is called by its name.

That of a plot is made from its URL: `function_event` in tests/wire.py, `plotgate event` in a terminal.
"""

import json
from pathlib import Path
from typing import Any

EVENTS = Path(__file__).parent


def load_event(name: str) -> dict[str, Any]:
    """The event of a name such as `alb` or `odd_path`."""
    event: dict[str, Any] = json.loads((EVENTS / f"{name}.json").read_text())
    return event
