"""What every source of data can do, and how it fails."""

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Protocol

from plotgate.errors import DataError as DataError

if TYPE_CHECKING:
    import pandas as pd

TIMEOUT = 5  # seconds that one call of a source may take; a gateway waits 30 for the whole request


@dataclass(frozen=True)
class Selection:
    """The rows to read: `start` ≤ time < `end`, and columns that equal a value."""

    start: date | None = None
    end: date | None = None
    equal: dict[str, object] = field(default_factory=dict)


class Source(Protocol):
    """Rows, and a version that changes when they do."""

    exact: bool
    """Whether rows of one version are the same rows, to the last bit."""

    def version(self) -> str:
        """What changes when the rows do; cheap beside reading them."""

    def rows(self, selection: Selection) -> "pd.DataFrame":
        """The selected rows, typed, ordered by time."""
