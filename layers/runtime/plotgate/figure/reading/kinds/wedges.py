"""Pies and rings: the share of each part."""

from collections.abc import Iterator

import numpy as np
from matplotlib.patches import Wedge

from plotgate.figure.reading.artists import Artists
from plotgate.figure.reading.kind import Kind
from plotgate.figure.reading.phrases import listed, number
from plotgate.figure.reading.scale import Column, Scale
from plotgate.figure.reading.series import Series


class Wedges(Kind):
    """Parts of a whole circle, as `Axes.pie` draws them."""

    name = "wedges"
    chart = "Pie chart"
    rank = 9

    def read(self, artists: Artists) -> Iterator[Series]:
        wedges = [wedge for wedge in artists.of(Wedge) if wedge.theta1 != wedge.theta2]
        if not wedges:
            return
        artists.take(wedges)
        said = {text.get_text() for text in artists.texts}
        if any(wedge.get_label() in said for wedge in wedges) or all(wedge.r == wedges[0].r for wedge in wedges):
            artists.texts = []  # its labels and percentages
        for wedge in wedges:
            share = Column(np.array([abs(wedge.theta2 - wedge.theta1) / 360]), Scale(artists.y_scale.name))
            yield Series(self, artists.name(wedge, wedge.get_facecolor()), "", "", {"value": share})

    def say(self, series: list[Series]) -> Iterator[str]:
        rings = sum(float(one.columns["value"].numbers.sum()) for one in series)
        if rings > 1 + 1e-6:  # of several rings or pies a share does not tell which
            yield f"It has {len(series)} parts."
            return
        largest = sorted(series, key=lambda one: -float(one.columns["value"].numbers[0]))
        shares = [f"{one.name} {number(100 * one.columns['value'].numbers[0])} %".strip() for one in largest]
        if len(shares) > 1:
            yield f"The largest parts are {listed(shares)}."
