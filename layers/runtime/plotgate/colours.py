"""The colours of the two themes: of plots and of error cards."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True)
class Colours:
    """A theme's colours, as `#rrggbb`."""

    paper: str  # what a picture is drawn on
    ink: str  # titles, labels, texts
    soft_ink: str  # the labels of ticks
    line: str  # axes and ticks
    grid: str
    frame: str  # of a legend
    series: tuple[str, ...]  # in their order
    error_paper: str
    error: str
    error_ink: str
    error_soft_ink: str
    error_faint_ink: str


THEMES: Mapping[str, Colours] = MappingProxyType(
    {
        "light": Colours(
            paper="#ffffff",
            ink="#1f2430",
            soft_ink="#3c4250",
            line="#6b7280",
            grid="#e3e6ec",
            frame="#d4d8e0",
            # The hues of seaborn's; each has 3 : 1 with the paper, and is told apart by those who tell fewer hues, too.
            series=(
                *("#4c72b0", "#bb5608", "#5aa263", "#a0222f", "#5d4d8d"),
                *("#8a6f55", "#c679b0", "#86898e", "#a98a10", "#029dcf"),
            ),
            error_paper="#fff6f5",
            error="#c62828",
            error_ink="#1f2430",
            error_soft_ink="#3c4250",
            error_faint_ink="#646b7a",
        ),
        "dark": Colours(
            paper="#16191f",
            ink="#eceff4",
            soft_ink="#c5cad3",
            line="#8b93a1",
            grid="#2c313b",
            frame="#3a404c",
            # The hues of the light ones; as light as keeps them apart for those who tell fewer hues, too.
            series=(
                *("#6782df", "#fb9b1d", "#96f1b5", "#e44a59", "#a8acfe"),
                *("#baa58a", "#b06f95", "#c6c8d1", "#fcd474", "#3fadc7"),
            ),
            error_paper="#221a1c",
            error="#ef6f6c",
            error_ink="#f2f4f8",
            error_soft_ink="#d0d4dc",
            error_faint_ink="#9aa1b0",
        ),
    }
)
