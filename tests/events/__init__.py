"""Events as AWS sends them: each JSON file here is one, whole, and is called by its path without the suffix."""

import json
from pathlib import Path
from typing import Any

EVENTS = Path(__file__).parent


def load_event(name: str) -> dict[str, Any]:
    """The event of a name such as `alb` or `breast_cancer_data/pairplot`."""
    event: dict[str, Any] = json.loads(event_file(name).read_text())
    return event


def event_file(name: str) -> Path:
    return EVENTS / f"{name}.json"
