"""What every source of data can do, and how it fails."""

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Protocol

from plotgate.data.columns import Columns
from plotgate.data.selection import Selection
from plotgate.errors import DataTooLargeError

if TYPE_CHECKING:
    import pandas as pd

TIMEOUT = 5  # seconds that one question to a source may take; a gateway waits 30 for the whole request
MOST_ROWS = 1_000_000  # with six columns 600 MB while they are read, of the 1769 MB that a function has
MOST_BYTES = 64 * 2**20  # of a file: as a CSV of six columns 330 MB while it is read, as JSON 650 MB
BRACKETS_A_ROW = 2  # that open in a JSON file: each may be an object or a list, of 3 bytes there and of 72 in memory


class UnavailableError(Exception):
    """A source does not answer at all: whatever it was asked, the next question would wait as long."""


@dataclass(frozen=True)
class Declaration:
    """What a plot's file says of a table, for the source to read it."""

    name: str
    columns: Columns
    time: str | None
    zone: str
    query: str | None
    version: str | timedelta

    @property
    def variable(self) -> str:
        """The environment variable that holds the address."""
        return f"DATA_{self.name.upper()}"

    def check_rows(self, count: int) -> None:
        """Refuse more rows than fit.

        Raises:
            DataTooLargeError: there are more than `MOST_ROWS`.
        """
        if count > MOST_ROWS:
            raise DataTooLargeError(
                f"The data `{self.name}` must be at most {MOST_ROWS} rows: "
                "narrow the range, or aggregate the rows where they are."
            )

    def check_bytes(self, count: int) -> None:
        """Refuse a file that does not fit.

        Raises:
            DataTooLargeError: it has more than `MOST_BYTES`.
        """
        if count > MOST_BYTES:
            raise DataTooLargeError(
                f"The file of the data `{self.name}` must be at most {MOST_BYTES // 2**20} MB: "
                "aggregate its rows, or keep them in a database."
            )

    def check_brackets(self, json: bytes) -> None:
        """Refuse a JSON file whose objects and lists do not fit, before they are made.

        Raises:
            DataTooLargeError: more of `{` and `[` are in it than `BRACKETS_A_ROW` of `MOST_ROWS`.
        """
        most = BRACKETS_A_ROW * MOST_ROWS
        if json.count(b"{") + json.count(b"[") > most:
            raise DataTooLargeError(
                f"The JSON of the data `{self.name}` must have at most {most} brackets {{ and [: "
                "aggregate its rows, or keep them in a database."
            )


@dataclass(frozen=True)
class Rows:
    """Rows, typed and in order, and their version where the source tells it with them."""

    frame: "pd.DataFrame"
    version: str | None = None


class Source(Protocol):
    """Rows, and a version that changes when they do."""

    address: str
    """Where the table is, without a secret."""

    exact: bool
    """Whether rows of one version are the same rows in the same order, to the last bit."""

    def version(self) -> str:
        """What changes when the rows do; asked of the source, and cheap beside reading them."""

    def rows(self, selection: Selection, known: str | None) -> Rows:
        """The selected rows; those of the version `known`, where the source still has them."""
