"""The dark counterpart of what a plot's code took from a white page."""

from typing import Any

import numpy as np
from matplotlib.artist import Artist
from matplotlib.collections import Collection, QuadMesh
from matplotlib.colors import to_rgba, to_rgba_array
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.text import Text
from numpy.typing import NDArray

from plotgate.colours import THEMES


def darken(figure: Figure) -> None:
    """Let pure greys between white and black change places between paper and ink.

    Code that says "white", "black" or a grey means paper and ink, and so do seaborn's themes. Colours stay as they
    are: they are the plot's palette. So do texts upon the cells of a heatmap or image, which were chosen against them.
    The dark style sheet has no pure grey, thus what follows it stays as it is too.
    """
    paper, ink = np.array(to_rgba(THEMES["dark"].paper)), np.array(to_rgba(THEMES["dark"].ink))
    backgrounds = [figure.patch, *(axes.patch for axes in figure.axes)]
    for background in backgrounds:
        if sum(to_rgba(background.get_facecolor())[:3]) > 1.5:  # also the bluish one of seaborn's darkgrid
            background.set_facecolor((*paper[:3], to_rgba(background.get_facecolor())[3]))
    upon_cells = {text for axes in figure.axes if axes.findobj(QuadMesh) or axes.images for text in axes.texts}
    for artist in figure.findobj():
        if artist not in upon_cells:
            _darken(artist, paper, ink)


def _darken(artist: Artist, paper: NDArray[Any], ink: NDArray[Any]) -> None:
    def turned(colours: Any) -> NDArray[Any]:
        rgba = to_rgba_array(colours).copy()
        grey = (rgba[:, 0] == rgba[:, 1]) & (rgba[:, 1] == rgba[:, 2])
        lightness = rgba[grey, :1]
        rgba[grey, :3] = lightness * paper[:3] + (1 - lightness) * ink[:3]
        return rgba

    def turned_one(colour: Any) -> Any:
        if isinstance(colour, str) and colour == "none":
            return colour
        # Line2D compares the new colour with the old one, which must have as many numbers then.
        return tuple(turned(colour)[0])[: 4 if isinstance(colour, str) else len(colour)]

    match artist:
        case Text():
            artist.set_color(turned_one(artist.get_color()))
        case Line2D():
            artist.set_color(turned_one(artist.get_color()))
            artist.set_markeredgecolor(turned_one(artist.get_markeredgecolor()))
            artist.set_markerfacecolor(turned_one(artist.get_markerfacecolor()))
        case Patch():
            artist.set_edgecolor(turned_one(artist.get_edgecolor()))
            artist.set_facecolor(turned_one(artist.get_facecolor()))
        case Collection():
            if np.size(edges := artist.get_edgecolor()):
                artist.set_edgecolor(turned(edges).tolist())
            if artist.get_array() is None and np.size(faces := artist.get_facecolor()):
                artist.set_facecolor(turned(faces).tolist())
