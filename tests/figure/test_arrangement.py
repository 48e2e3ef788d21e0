"""A figure for which no layout can be found is drawn all the same."""

from typing import Any

import pytest
from matplotlib.layout_engine import ConstrainedLayoutEngine, LayoutEngine, TightLayoutEngine

from tests.drawing import laid_out
from tests.figure import figures


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
