"""The look of pictures: one style sheet for each theme, beneath whatever the author's own code sets."""

from pathlib import Path

from plotgate.view import Theme

STYLES = Path(__file__).parent / "styles"


def style_sheet(theme: Theme) -> Path:
    """The matplotlib style sheet of `theme`."""
    return STYLES / f"{theme}.mplstyle"
