"""What artists are called in messages: by their label, by their text, or by their kind."""

from typing import Any

from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection, PathCollection, PolyCollection
from matplotlib.colors import to_hex, to_rgba, to_rgba_array
from matplotlib.container import Container
from matplotlib.figure import Figure
from matplotlib.legend import Legend
from matplotlib.lines import Line2D
from matplotlib.patches import FancyArrowPatch, Rectangle, Wedge
from matplotlib.text import Text

from plotgate.figure.painting import rgb
from plotgate.figure.perception import RGB, contrast
from plotgate.figure.reading.artists import key as colour_key
from plotgate.figure.reading.artists import legend_colours
from plotgate.figure.reading.phrases import plain, shortened
from plotgate.local.linter.watching import all_axes

LONGEST = 40  # characters of a text


def colour_name(colour: RGB) -> str:
    return to_hex(colour)


def quoted(text: str) -> str:
    """A text as a message has it."""
    return f"“{shortened(plain(text), LONGEST)}”"


def stronger(ground: RGB) -> str:
    """Which way a colour has more contrast with a ground."""
    return "darker" if contrast(ground, (0, 0, 0)) > contrast(ground, (1, 1, 1)) else "lighter"


def page_of(artist: Artist) -> RGB:
    """The colour of the page that an artist lies on: that of its axes, or of the figure."""
    axes = artist if isinstance(artist, Axes) else artist.axes
    if axes is not None and axes.patch.get_visible() and axes.axison and to_rgba(axes.get_facecolor())[3]:
        return rgb(axes.get_facecolor())
    figure = artist.get_figure(root=True)
    return rgb(figure.get_facecolor()) if isinstance(figure, Figure) else (1.0, 1.0, 1.0)


def text_name(text: Text) -> str:
    """A text as a message quotes it, with the axis whose tick it labels."""
    said = quoted(text.get_text())
    figure = text.get_figure(root=True)
    for axes in all_axes(figure) if figure else ():
        for which in ("x", "y", "z"):
            axis: Any = getattr(axes, f"{which}axis", None)
            if axis is not None and text is not axis.label and text in axis.findobj(Text):
                return f"tick label {said} of the {which} axis{_within(axes)}"
    return f"text {said}{_within(text.axes)}"


def mark_name(artist: Artist, colour: RGB | None = None) -> str:
    """A mark as a message calls it: its kind, and its label or the one that a legend gives to its colour."""
    label = _label(artist) or _legend_name(artist, colour)
    return f"{kind_of(artist)}{f' {quoted(label)}' if label else ''}{_within(artist.axes)}"


def kind_of(artist: Artist) -> str:
    """What an author calls such an artist."""
    match artist:
        case Line2D():
            return "points" if artist.get_linestyle() in ("None", "", " ") else "line"
        case PathCollection():
            return "points"
        case LineCollection():
            return "lines"
        case PolyCollection():
            return "area"
        case FancyArrowPatch():
            return "arrow"
        case Wedge():
            return "wedge"
        case Rectangle():
            return "bar"
    return type(artist).__name__


def _label(artist: Artist) -> str:
    label = plain(artist.get_label() or "")
    if not label or label.startswith("_"):
        label = plain(_container_label(artist))
    return "" if label.startswith("_") else label


def _container_label(artist: Artist) -> str:
    containers: list[Container] = getattr(artist.axes, "containers", [])
    return next((str(one.get_label() or "") for one in containers if artist in one.get_children()), "")


def _legend_name(artist: Artist, colour: RGB | None) -> str:
    figure = artist.get_figure(root=True)
    if not isinstance(figure, Figure):
        return ""
    if colour is None:
        getters = ("get_color", "get_facecolor")
        found = [to_rgba_array(getattr(artist, getter)()) for getter in getters if hasattr(artist, getter)]
        if not found or len(found[0]) != 1:
            return ""
        colour = tuple(found[0][0][:3].tolist())
    return legend_colours(legends_of(figure)).get(colour_key(colour), ("", False))[0]


def legends_of(figure: Figure) -> list[Legend]:
    """The legends that are shown, those of the figure too."""
    found = [*figure.legends, *(child for axes in all_axes(figure) for child in axes.get_children())]
    return [legend for legend in found if isinstance(legend, Legend) and legend.get_visible()]


def _within(axes: Any) -> str:
    """Which of several panels it is."""
    figure = axes.get_figure(root=True) if axes is not None else None
    if axes is None or not isinstance(figure, Figure) or len(figure.axes) < 2:
        return ""
    title = plain(axes.get_title())
    return f" in {quoted(title)}" if title else f" in panel {all_axes(figure).index(axes) + 1}"
