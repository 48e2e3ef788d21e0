"""A figure laid out for the size that was asked for."""

from matplotlib.figure import Figure

from plotgate.errors import ParameterError, Violation
from plotgate.view import LONGEST_SIDE, MOST_PIXELS, SHORTEST_SIDE, Size, View

PIXELS_PER_INCH = 100  # CSS pixels in an inch of figure size: matplotlib's own default


def picture_size(figure: Figure, view: View) -> Size:
    """The size of the picture: what was asked for, in the figure's own proportions if only one side was.

    Raises:
        ParameterError: the picture would have too many pixels, or a side out of bounds.
    """
    own_width, own_height = (PIXELS_PER_INCH * float(inches) for inches in figure.get_size_inches())
    width = view.width or (view.height * own_width / own_height if view.height else own_width)
    height = view.height or width * own_height / own_width
    size = Size(round(width), round(height), view.dpr)
    for name, side in (("width", size.width), ("height", size.height)):
        if not SHORTEST_SIDE <= side <= LONGEST_SIDE:
            rule = f"must be from {SHORTEST_SIDE} to {LONGEST_SIDE}, also where it follows from the other"
            raise ParameterError([Violation(name, rule, str(side))])
    across, down = size.device_pixels
    if across * down > MOST_PIXELS:
        rule = f"must keep width x height x dpr^2 within {MOST_PIXELS} pixels"
        raise ParameterError([Violation("dpr" if size.dpr > 1 else "width", rule, f"{across}x{down}")])
    return size


def lay_out(figure: Figure, size: Size) -> None:
    """Lay the figure out for `size`; from then on its layout is fixed, whatever the resolution it is drawn in."""
    figure.set_dpi(PIXELS_PER_INCH)
    # The least more than the size, for matplotlib truncates the product of inches and dpi.
    figure.set_size_inches((size.width + 1e-6) / PIXELS_PER_INCH, (size.height + 1e-6) / PIXELS_PER_INCH)
    engine = figure.get_layout_engine()
    if engine is not None:
        engine.execute(figure)
        engine.execute(figure)  # constrained layout of axes with a fixed aspect needs two passes
        figure.set_layout_engine("none")
