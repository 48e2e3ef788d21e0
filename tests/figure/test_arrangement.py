"""What matplotlib's layouts do not know has room, and a figure for which there is no layout is drawn all the same."""

from io import BytesIO
from typing import Any, Literal

import matplotlib.pyplot as plt
import numpy as np
import pytest
from matplotlib.figure import Figure
from matplotlib.layout_engine import ConstrainedLayoutEngine, LayoutEngine, TightLayoutEngine

from tests.drawing import laid_out
from tests.figure import figures
from tests.gallery.observing import watched


@pytest.mark.parametrize("width", [640, 440, 200])
@pytest.mark.parametrize("side", ["N", "E", "S", "W"])
@pytest.mark.parametrize("height", [1.1, -0.15])
def test_key_of_arrows_is_seen_beside_its_axes(side: Literal["N", "E", "S", "W"], height: float, width: int) -> None:
    def draw() -> Figure:
        figure, axes = plt.subplots()
        field = axes.quiver(*np.meshgrid(np.arange(-9, 9), np.arange(-9, 9)))
        axes.quiverkey(field, X=0.4, Y=height, U=10, label="10 m/s", labelpos=side)
        return figure

    with watched("#ffffff") as seen, laid_out(draw, width=width) as figure:
        figure.savefig(BytesIO())
        found = seen()
    assert found is not None
    assert found.cut == []
    assert found.contrasts["axes 0: QuiverKey 1"] > 3


@pytest.mark.parametrize("width", [640, 440, 200])
@pytest.mark.parametrize("height", [0.94, 0.98, None])
def test_title_that_its_author_placed_lies_upon_no_panel(height: float | None, width: int) -> None:
    def draw() -> Figure:
        figure, panels = plt.subplots(2, 2)
        for axes in panels.flat:
            axes.set_title("Linear analysis")
        figure.suptitle("Linear discriminant analysis and quadratic", **({"y": height} if height else {}))
        return figure

    with laid_out(draw, width=width) as figure:
        figure.draw_without_rendering()
        low = figure.texts[0].get_window_extent().y0
        assert low > max(axes.title.get_window_extent().y1 for axes in figure.axes)


@pytest.mark.parametrize("width", [640, 440])
def test_remark_on_another_place_squeezes_no_axes(width: int) -> None:
    def draw() -> Figure:
        figure, (left, right) = plt.subplots(1, 2)
        note: dict[str, Any] = {"arrowprops": {"arrowstyle": "->"}}
        left.annotate("a corner", (1, 1), (-60, 20), "figure fraction", "offset points", **note)
        right.annotate("the other panel", (0.2, 0.5), (0.3, 0.1), left.transData, right.transAxes, **note)
        return figure

    with laid_out(draw, width=width) as figure:
        assert all(axes.get_position().width > 0.3 for axes in figure.axes)
        assert all(axes.get_position().height > 0.6 for axes in figure.axes)


def no_solution(*_: Any) -> None:
    raise ValueError("no solution")


@pytest.mark.parametrize("without", [[ConstrainedLayoutEngine], [ConstrainedLayoutEngine, TightLayoutEngine]])
@pytest.mark.parametrize("width", [640, 120])
def test_figure_without_a_solution_is_drawn(
    without: list[type[LayoutEngine]], width: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    for engine in without:
        monkeypatch.setattr(engine, "execute", no_solution)
    with laid_out(figures.twin_axes, width=width) as figure:
        assert figure.get_layout_engine() is None
        for place in (axes.get_position() for axes in figure.axes):
            assert 0 <= place.x0 < place.x1 <= 1
            assert 0 <= place.y0 < place.y1 <= 1
