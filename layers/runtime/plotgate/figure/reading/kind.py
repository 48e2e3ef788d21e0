"""What a kind of artist is: what recognises and reads it, and its words."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from plotgate.figure.reading.artists import Artists
from plotgate.figure.reading.series import Series

if TYPE_CHECKING:
    from plotgate.figure.reading.panels import Panel


class Kind:
    """A kind of artist. Each is one file in kinds/, and one line in `KINDS`."""

    name: str
    """How its rows are called in a table."""

    chart: str
    """How a chart of it is called, such as "Line chart"."""

    rank = 0
    """Which kind names a chart that has several: the highest; among equals the weightier."""

    projections: tuple[str, ...] = ("rectilinear",)
    """The axes that it is read from."""

    def read(self, artists: Artists) -> Iterator[Series]:
        """Take from `artists` what is of this kind, and give its data."""
        raise NotImplementedError

    def called(self, series: list[Series]) -> str:
        """How a chart of these series is called."""
        return self.chart

    def weight(self, series: list[Series]) -> int:
        """How much of a chart these series are: their marks, which count among kinds of one rank."""
        return sum(map(len, series))

    def say(self, series: list[Series]) -> Iterator[str]:
        """What stands out in the series of one panel: whole sentences, the most telling first."""
        yield from ()

    def compare(self, panels: "list[tuple[Panel, list[Series]]]") -> str:
        """What stands out among several panels, each with its series of this kind; or nothing."""
        return ""
