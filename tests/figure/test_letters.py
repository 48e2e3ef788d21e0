"""Letters that no font has are said once for each picture; a font that has them is enough to draw them."""

import logging

import matplotlib as mpl
import pytest
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties, findfont, get_font

from plotgate.errors import LONGEST_SHOWN
from tests.drawing import opened, picture

CJK = "日本語の題"


def titled(title: str, family: str = "DejaVu Sans") -> Figure:
    figure = Figure(figsize=(4, 3))
    axes = figure.subplots()
    axes.set_title(title, family=family)
    axes.set_xlabel(title[:2], family=family)
    return figure


def logged(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [record.getMessage() for record in caplog.records if record.levelno == logging.WARNING]


@pytest.mark.parametrize("form", ["png", "svg", "pdf", "webp"])
def test_letters_that_no_font_has_are_said_once(form: str, caplog: pytest.LogCaptureFixture) -> None:
    for _ in range(2):  # each picture says so anew
        caplog.clear()
        picture(lambda: titled(CJK), format=form)
        assert logged(caplog) == [
            f"/plots/some/plot has letters that no font has, drawn as empty boxes: {' '.join(sorted(CJK))}"
        ]


def test_only_as_many_letters_are_said_as_a_line_of_the_log_may_have(caplog: pytest.LogCaptureFixture) -> None:
    picture(lambda: titled("".join(map(chr, range(0x4E00, 0x4E00 + 300)))))
    (line,) = logged(caplog)
    assert len(line) < LONGEST_SHOWN + 100


def test_words_in_the_fonts_letters_are_no_news(caplog: pytest.LogCaptureFixture) -> None:
    picture(lambda: titled("Größe, мера, μέγεθος"))
    assert logged(caplog) == []


def test_other_warnings_are_shown_as_ever() -> None:
    def draw() -> Figure:
        import warnings

        warnings.warn("beware", stacklevel=1)
        return titled("")

    with pytest.warns(UserWarning, match="beware"):
        picture(draw)


def test_a_further_font_of_the_plots_file_has_what_the_first_lacks(caplog: pytest.LogCaptureFixture) -> None:
    first, further = (
        set(get_font(findfont(FontProperties(family=[name]))).get_charmap()) for name in ("DejaVu Sans", "STIXGeneral")
    )
    letter = chr(min(further - first))
    boxed = opened(picture(lambda: titled(letter))).tobytes()
    assert logged(caplog) != []
    caplog.clear()

    def draw() -> Figure:
        mpl.rcParams["font.family"] = ["DejaVu Sans", "STIXGeneral"]
        figure = titled("")
        figure.axes[0].set_title(letter, family=["DejaVu Sans", "STIXGeneral"])
        return figure

    assert opened(picture(draw)).tobytes() != boxed
    assert logged(caplog) == []


def test_letters_of_a_formula_are_said_once_too(caplog: pytest.LogCaptureFixture) -> None:
    picture(lambda: titled(r"$x$ " + CJK))
    (line,) = logged(caplog)
    assert set(CJK) <= set(line)
