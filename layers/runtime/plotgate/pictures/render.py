"""A request's picture: drawn, laid out for the size asked for, and encoded."""

import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from plotgate.errors import DrawError, PlotgateError, TooLargeError, shown
from plotgate.figure.draw import drawn
from plotgate.figure.letters import missing_letters
from plotgate.figure.randomness import seeded
from plotgate.pictures.identity import Identity, seed
from plotgate.pictures.process import as_it_was
from plotgate.timing import timed
from plotgate.url.formats import Format
from plotgate.url.plot import Plot
from plotgate.url.view import Size
from plotgate.version import VERSION

if TYPE_CHECKING:
    from matplotlib.figure import Figure

logger = logging.getLogger("plotgate")

SOFTWARE = f"plotgate {VERSION}"
LIBRARIES = ("matplotlib", "numpy", "pandas", "seaborn")  # whose versions a description tells
LARGEST = 4_700_000  # bytes of a picture that Lambda can answer with: 6 291 556 of JSON, of which base64 makes 4 of 3


@dataclass(frozen=True)
class Picture:
    """The answer to a request, whole: what is needed to send it, now or again."""

    body: bytes
    form: Format
    width: int  # CSS pixels
    height: int  # CSS pixels
    alt: str
    repeats: bool = True  # whether the same request draws the same bytes


def render(identity: Identity) -> Picture:
    """Draw and encode the picture of `identity`.

    Raises:
        PlotgateError: the size asked for is too large, the data is unavailable, or `draw` failed.
    """
    request = identity.request
    try:
        picture = _rendered(identity)
    except PlotgateError:
        raise
    except BaseException as error:  # also what `sys.exit` and a cancelled task raise: a picture says that it failed
        # The reason is for the log alone: it may hold paths or data.
        logger.exception("%s failed with %r", request.folder, request.arguments)
        raise DrawError("The plot failed while it was drawn; the log has the reason.") from error
    if not picture.form.is_text and len(picture.body) > LARGEST:  # texts are sent compressed: then it shows
        raise TooLargeError.of(len(picture.body), LARGEST)
    return picture


def _rendered(identity: Identity) -> Picture:
    request = identity.request
    plot, view = request.plot, request.view
    with (
        as_it_was(),
        seeded(seed(request), plot.folder) as chance,
        missing_letters() as missing,
        drawn(plot.draw, request.arguments, view.theme, plot.style) as figure,
    ):
        with timed("import"):
            from plotgate.figure import dark, encoding, layout
            from plotgate.figure.reading import alt_text, long_description, panels

        with timed("draw"):
            size = layout.picture_size(figure, view)
            try:
                read = panels.read(figure)  # before the layout leaves tick labels out
                title = figure.get_suptitle() or plot.title
                alt = alt_text.alt_text(read, title)
                details = long_description.long_description(read, title) if view.format == "json" else ""
            except Exception:
                if view.format == "csv":
                    raise
                # A picture whose artists nobody has foreseen is better than none.
                logger.exception("What %s shows could not be read", request.folder)
                read, alt, details = panels.Reading(), plot.title, plot.title
            alt = _own_alt(figure, plot) or alt
            if view.form.is_drawn:
                layout.lay_out(figure, size)
                if view.theme == "dark":
                    dark.darken(figure)
        with timed("encode"):
            about = encoding.Provenance(
                title=plot.title,
                description=alt,
                source=request.canonical_url,
                software=SOFTWARE,
                data_version=identity.data_version,
            )
            drawing = encoding.Drawing(
                figure, size, view.form, about, read, lambda: _description(identity, size, alt, details)
            )
            body = encoding.encode(drawing)
        if missing:
            letters = shown(" ".join(sorted(missing)))
            logger.warning("%s has letters that no font has, drawn as empty boxes: %s", request.folder, letters)
        return Picture(body, view.form, size.width, size.height, alt, chance.repeats)


def _own_alt(figure: "Figure", plot: Plot) -> str:
    """The alt text that the author gave: the figure's label, or else the docstring of `draw`."""
    label = str(figure.get_label())
    return label if " " in label.strip() else plot.alt


def _description(identity: Identity, size: Size, alt: str, details: str) -> dict[str, Any]:
    """What `format=json` answers."""
    from importlib.metadata import version  # takes as long as a twentieth of a plot's other imports

    request = identity.request
    return {
        "title": request.plot.title,
        "description": request.plot.description,
        "alt": alt,
        "long_description": details,
        "url": request.canonical_url,
        "parameters": request.values,
        "width": size.width,
        "height": size.height,
        "data_version": identity.data_version or None,
        "versions": {"plotgate": VERSION, **{name: version(name) for name in LIBRARIES}},
    }
