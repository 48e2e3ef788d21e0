"""The look of pictures: one style sheet for each theme, beneath whatever the author's own code sets."""

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from plotgate.url.view import Theme

if TYPE_CHECKING:
    from matplotlib import RcParams

STYLES = Path(__file__).parent / "styles"


def style_sheet(theme: Theme) -> Path:
    """The matplotlib style sheet of `theme`."""
    return STYLES / f"{theme}.mplstyle"


@cache
def settings(theme: Theme) -> "RcParams":
    """The settings of matplotlib with those of `theme` over them, whatever a matplotlibrc says; the backend stays.

    Read once, and without matplotlib.style, which reads all of its 30 style sheets when it is imported.
    """
    from matplotlib import rc_params_from_file

    params = rc_params_from_file(style_sheet(theme))
    dict.pop(params, "backend")  # RcParams deletes nothing itself
    return params
