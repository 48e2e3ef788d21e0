"""The fonts of what is drawn without matplotlib."""

import pytest
from PIL import ImageFont

from plotgate.http import fonts
from plotgate.http.fonts import font


@pytest.fixture(autouse=True)
def looked_for_anew() -> None:
    """What an earlier test has found is not kept."""
    fonts._file.cache_clear()


@pytest.mark.parametrize(("bold", "style"), [(False, "Book"), (True, "Bold")])
def test_the_font_is_the_one_that_matplotlib_ships(bold: bool, style: str) -> None:
    assert font(16, bold).getname() == ("DejaVu Sans", style)


def test_letters_are_laid_out_alike_whatever_is_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ImageFont.core, "HAVE_RAQM", True)
    assert font(16, False).layout_engine == ImageFont.Layout.BASIC
