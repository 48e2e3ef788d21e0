"""The look of pictures: settings of matplotlib for each theme, beneath whatever the author's own code sets."""

from functools import cache
from typing import TYPE_CHECKING, Any

from plotgate.colours import THEMES
from plotgate.url.view import Theme

if TYPE_CHECKING:
    from matplotlib import RcParams

# Seaborn's sizes, quiet axes, in both themes.
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
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.linewidth": 1.25,
    "axes.axisbelow": True,
    "grid.linewidth": 1,
    "lines.linewidth": 1.5,
    "lines.solid_capstyle": "round",
    "lines.markersize": 6,
    "patch.linewidth": 1,
    "patch.force_edgecolor": True,
    "xtick.major.size": 6,
    "ytick.major.size": 6,
    "xtick.major.width": 1.25,
    "ytick.major.width": 1.25,
    "xtick.minor.size": 4,
    "ytick.minor.size": 4,
    "legend.framealpha": 0.85,
    "image.cmap": "viridis",
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
        "axes.titlecolor": colours.ink,
        "xtick.labelcolor": colours.soft_ink,
        "ytick.labelcolor": colours.soft_ink,
        "axes.edgecolor": colours.line,
        "xtick.color": colours.line,
        "ytick.color": colours.line,
        "grid.color": colours.grid,
        "patch.edgecolor": colours.paper,
        "scatter.edgecolors": colours.paper,
        "boxplot.flierprops.markeredgecolor": colours.line,
        "hatch.color": colours.ink,
        "lines.color": colours.series[0],
        "patch.facecolor": colours.series[0],
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
    for name in ("backend", "backend_fallback"):
        dict.pop(params, name, None)  # RcParams deletes nothing itself
    return params
