"""What is seen in a figure while it is drawn."""

import io
from typing import Any

import numpy as np
import pytest
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle

from tests.gallery.judging import paler, seen_worse
from tests.gallery.observing import Observation, watched


def seen(figure: Figure, paper: str = "#ffffff") -> Observation:
    with watched(paper) as last:
        figure.savefig(io.BytesIO(), format="rgba", dpi=100)
    found = last()
    assert found is not None
    return found


def line(colour: str, **options: Any) -> Figure:
    figure = Figure()
    figure.subplots().plot([0, 1], color=colour, **options)
    return figure


@pytest.mark.parametrize(("colour", "contrast"), [("black", 21), ("white", 1), ("#767676", 4.5)])
def test_contrast_is_that_of_wcag(colour: str, contrast: float) -> None:
    assert seen(line(colour)).contrasts["axes 0: Line2D 1"] == pytest.approx(contrast, abs=0.1)


def test_contrast_is_with_what_lies_beneath() -> None:
    figure = Figure()
    axes = figure.subplots()
    axes.add_patch(Rectangle((0, 0), 1, 1, color="black"))
    axes.plot([0.1, 0.9], [0.1, 0.9], color="black")
    found = seen(figure).contrasts
    assert found["axes 0: Rectangle 1"] == pytest.approx(21, abs=0.1)
    assert found["axes 0: Line2D 1"] == 1


def test_an_arrow_is_seen_apart_from_its_text() -> None:
    figure = Figure()
    figure.subplots().annotate("here", (0.1, 0.1), (0.5, 0.5), arrowprops={"color": "white"})
    found = seen(figure).contrasts
    assert found["“here”"] == pytest.approx(21, abs=0.1)
    assert found["axes 0: FancyArrowPatch 1"] == 1


def test_a_text_is_read_upon_its_own_box() -> None:
    figure = Figure(facecolor="black")
    figure.text(0.5, 0.5, "white", color="white", bbox={"facecolor": "white", "edgecolor": "white"})
    assert "“white”" not in seen(figure).contrasts  # no ink of it can be told from the box


def test_the_keys_of_a_legend_are_seen() -> None:
    figure = line("black", label="a line")
    figure.axes[0].legend()
    found = seen(figure).contrasts
    assert found["axes 0: Legend 1, key 1"] > 3
    assert found["“a line”"] == pytest.approx(21, abs=0.1)


def test_a_clear_figure_lies_on_the_paper() -> None:
    figure = line("white")
    figure.patch.set_alpha(0)
    figure.axes[0].patch.set_alpha(0)
    assert seen(figure, "#000000").contrasts["axes 0: Line2D 1"] > 20


def test_watching_changes_no_pixel() -> None:
    figure, pictures = line("red"), []
    for watch in (False, True, False):
        buffer = io.BytesIO()
        if watch:
            with watched("#ffffff"):
                figure.savefig(buffer, format="rgba")
        else:
            figure.savefig(buffer, format="rgba")
        pictures.append(buffer.getvalue())
    assert len(set(pictures)) == 1


def test_texts_over_each_other_are_found() -> None:
    figure = Figure()
    for place, said in [(0.5, "one"), (0.51, "two"), (0.8, "three")]:
        figure.text(place, 0.5, said)
    assert seen(figure).overlaps == [("one", "two")]


def test_texts_whose_boxes_alone_overlap_are_not() -> None:
    figure = Figure()
    for place in (0.4, 0.45):
        figure.text(place, 0.2, f"a long label at {place}", rotation=45)
    assert seen(figure).overlaps == []


def test_a_text_that_leaves_the_canvas_is_cut() -> None:
    figure = Figure()
    figure.text(0.9, 0.5, "far too long for what is left of the width")
    figure.text(0.1, 0.1, "short")
    assert seen(figure).cut == ["far too long for what is left of the wid"]


def test_inset_axes_are_seen() -> None:
    figure = Figure()
    axes = figure.subplots()
    axes.inset_axes((0.5, 0.5, 0.25, 0.25)).plot([0, 1])
    found = seen(figure)
    assert found.shares["axes 1"] == pytest.approx(np.array(found.shares["axes 0"]) / 4, abs=1e-3)
    assert "axes 1: Line2D 1" in found.contrasts


def test_what_is_lost_is_worse() -> None:
    there, here = seen(line("black")), seen(line("white"))
    assert list(seen_worse(here, there)) == [
        ("invisible", "axes 0: Line2D 1 had a contrast of 21.0 : 1 and has 1.0 : 1")
    ]
    assert not list(seen_worse(there, there))


def test_axes_that_shrink_are_worse() -> None:
    there, here = line("black"), line("black")
    here.axes[0].set_position((0.1, 0.1, 0.3, 0.8))
    assert [cause for cause, _ in seen_worse(seen(here), seen(there))] == ["small axes"]


def test_what_is_paler_in_dark_is_found() -> None:
    (found,) = paler(seen(line("#999999")), seen(line("#404040")))
    assert found[0] == "paler"
    assert not list(paler(seen(line("black")), seen(line("black"))))


def test_a_figure_within_which_another_is_drawn_is_seen_whole() -> None:
    class Effect(Line2D):
        def draw(self, renderer: Any) -> None:
            super().draw(renderer)
            line("red").savefig(io.BytesIO(), format="rgba", dpi=50)

    figure = Figure()
    axes = figure.subplots()
    axes.add_line(Effect([0, 1], [0, 1], color="black"))
    axes.set_title("drawn after it", color="black")
    assert seen(figure).contrasts["“drawn after it”"] == pytest.approx(21, abs=0.1)
