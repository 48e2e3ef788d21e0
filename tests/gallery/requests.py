"""What each plot is asked for."""

from dataclasses import dataclass

Sides = tuple[int, int]


@dataclass(frozen=True)
class Request:
    """A query, and what its answer must be."""

    query: str
    media_type: str = "image/png"
    width: int | None = None  # CSS pixels; None is the figure's own
    dpr: int = 1

    @property
    def is_watched(self) -> bool:
        """Whether what can be seen in the picture is judged."""
        return self.media_type == "image/png" and self.dpr == 1

    def sides(self, own: Sides) -> Sides:
        """Width and height of the picture in CSS pixels, for a figure of the size `own`."""
        return own if self.width is None else (self.width, round(self.width * own[1] / own[0]))


REQUESTS = {
    "default": Request(""),
    "dark": Request("theme=dark"),
    "440": Request("width=440", width=440),
    "880": Request("width=880", width=880),
    "1320": Request("width=1320", width=1320),
    "dpr2": Request("dpr=2", dpr=2),
    "svg": Request("format=svg", "image/svg+xml"),
    "webp": Request("format=webp", "image/webp"),
    "pdf": Request("format=pdf", "application/pdf"),
    "json": Request("format=json", "application/json"),
    "csv": Request("format=csv", "text/csv; charset=utf-8"),
}

PLAIN = "matplotlib"  # the same script, drawn by matplotlib alone
