"""What every plot's URL can ask for besides the plot's own parameters."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import BaseModel, Field

from plotgate.colours import THEMES
from plotgate.errors import ParameterError, Violation
from plotgate.url.formats import FORMATS, Format

SHORTEST_SIDE = 120  # CSS pixels
LONGEST_SIDE = 4000  # CSS pixels
MOST_PIXELS = 16_000_000  # device pixels: an 11 x 9 inch figure at dpr 4, and 64 MB of memory

if TYPE_CHECKING:
    FormatName = str
    Theme = str
else:
    FormatName = Literal[tuple(FORMATS)]
    Theme = Literal[tuple(THEMES)]
ErrorForm = Literal["auto", "image", "json", "text"]
Side = Annotated[int, Field(ge=SHORTEST_SIDE, le=LONGEST_SIDE)]


class View(BaseModel):
    """How a plot is shown. The field's names are reserved: no plot may use them for its own parameters."""

    format: Annotated[FormatName, Field(description="Form of the answer")] = "png"
    width: Annotated[Side | None, Field(description="Width in CSS pixels; the default is the figure's own")] = None
    height: Annotated[Side | None, Field(description="Height in CSS pixels; the default is the figure's own")] = None
    dpr: Annotated[float, Field(ge=1, le=4, description="Device pixel ratio: sharper, never another layout")] = 1
    theme: Annotated[Theme, Field(description="Colours for a light or a dark page")] = "light"
    errors: Annotated[ErrorForm, Field(description="How an error is shown; `auto` shows an `<img>` a picture")] = "auto"

    @property
    def form(self) -> Format:
        """The row of the format that is asked for."""
        return FORMATS[self.format]


@dataclass(frozen=True)
class Size:
    """A picture's size: `width` and `height` in CSS pixels, `dpr` device pixels for each."""

    width: int
    height: int
    dpr: float = 1

    @property
    def device_pixels(self) -> tuple[int, int]:
        """Width and height of the picture's raster."""
        return int(self.width * self.dpr + 1e-6), int(self.height * self.dpr + 1e-6)  # as matplotlib truncates


def check_pixels(size: Size) -> None:
    """Refuse a picture that is too large.

    Raises:
        ParameterError: it has more than `MOST_PIXELS`.
    """
    across, down = size.device_pixels
    if across * down > MOST_PIXELS:
        rule = f"must keep width x height x dpr^2 within {MOST_PIXELS} pixels"
        raise ParameterError([Violation("dpr" if size.dpr > 1 else "width", rule, f"{across}x{down}")])
