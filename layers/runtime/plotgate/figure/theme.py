"""The look of pictures: settings of matplotlib for each theme, beneath whatever the author's own code sets."""

import sys
from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING, Any, Literal

from plotgate.colours import THEMES
from plotgate.url.view import Theme

if TYPE_CHECKING:
    from matplotlib import RcParams

BACKEND: tuple[Literal["backend", "backend_fallback"], ...] = ("backend", "backend_fallback")

# What a page needs, and no mark of data. Colours that can follow from others, as those of titles and of the labels of
# ticks can, do: a style that sets the others has set all.
SIZES: dict[str, Any] = {
    "savefig.facecolor": "auto",
    "font.family": ["sans-serif"],
    "font.sans-serif": ["DejaVu Sans", "Verdana", "sans-serif"],
    "text.hinting": "no_hinting",  # letters as wide at each dpr, and in SVG
    "font.size": 12,
    "axes.labelsize": 12,
    "axes.titlesize": 14,
    "axes.titleweight": "bold",
    "axes.titlepad": 10,
    "xtick.labelsize": 11,
    "ytick.labelsize": 11,
    "legend.fontsize": 11,
    "legend.title_fontsize": 12,
    "figure.titlesize": 16,
    "figure.titleweight": "bold",
    "axes.linewidth": 1.25,
    "axes.axisbelow": True,
    "grid.linewidth": 1,
    "xtick.major.size": 6,
    "ytick.major.size": 6,
    "xtick.major.width": 1.25,
    "ytick.major.width": 1.25,
    "xtick.minor.size": 4,
    "ytick.minor.size": 4,
    "legend.framealpha": 0.85,
    "date.converter": "concise",
    "figure.constrained_layout.use": True,  # nothing is cut off, also where an author has not thought of it
}


def theme_settings(theme: Theme) -> dict[str, Any]:
    """What `theme` sets, by matplotlib's names."""
    from cycler import cycler

    colours = THEMES[theme]
    return SIZES | {
        "figure.facecolor": colours.paper,
        "axes.facecolor": colours.paper,
        "text.color": colours.ink,
        "axes.labelcolor": colours.ink,
        "axes.edgecolor": colours.line,
        "xtick.color": colours.soft_ink,
        "ytick.color": colours.soft_ink,
        "grid.color": colours.grid,
        **{f"axes3d.{axis}axis.panecolor": f"{colours.grid}80" for axis in "xyz"},
        "hatch.color": colours.ink,
        "legend.edgecolor": colours.frame,
        "axes.prop_cycle": cycler("color", colours.series),
    }


@cache
def settings(theme: Theme) -> "RcParams":
    """The settings of matplotlib with those of `theme` over them, whatever a matplotlibrc says; the backend stays."""
    from matplotlib import rcParamsDefault

    params = rcParamsDefault.copy()
    settings: Any = theme_settings(theme)  # the stubs list every name there is
    params.update(settings)
    for name in BACKEND:
        dict.pop(params, name, None)  # RcParams deletes nothing itself
    return params


def module_style(draw: Callable[..., object]) -> dict[str, Any]:
    """What the file of `draw` has set of matplotlib by now, while it is imported: the style of its pictures.

    matplotlib's settings become what they were, so that the next plot of the process begins anew; in a notebook they
    stay. What was set to matplotlib's own default shows no difference: there the theme's stays, unless `draw` sets it.
    """
    matplotlib: Any = sys.modules.get("matplotlib")
    if matplotlib is None:
        return {}
    present, original = matplotlib.rcParams, matplotlib.rcParamsOrig
    # As a dictionary has them: RcParams warns of old names, and looks for a screen when it is asked for the backend.
    style = {
        name: value
        for name, value in dict.items(present)
        if name not in BACKEND and value != dict.__getitem__(original, name)
    }
    if draw.__module__ != "__main__":
        present.update({name: original[name] for name in style})
    return style
