"""How a quantity goes along an axis, in words."""

import numpy as np
from numpy.typing import NDArray

from plotgate.figure.reading.phrases import shortened
from plotgate.figure.reading.scale import Column, Numbers

MOSTLY = 0.9  # Spearman's correlation from which a line mostly rises, though not at each step
NOISE = 1e-12  # what is smaller beside all of a course is zero but for rounding


def course(subject: str, along: Column, values: Column) -> str:
    """One sentence on how `values` go along an axis; empty where the order of the data is no direction.

    A line goes from the least to the greatest place on its axis, whatever the order in which it was drawn.
    """
    if along.names is not None or values.names is not None or values.scale.times:
        return ""
    known = np.flatnonzero(np.isfinite(along.numbers) & np.isfinite(values.numbers))
    places = along.numbers[known]
    if len(known) < 2 or not _goes_one_way(places) or places[0] == places[1] or places[-2] == places[-1]:
        return ""
    ordered = known if places[0] < places[1] else known[::-1]
    y = values.numbers[ordered]
    y = np.where(np.abs(y) < NOISE * np.ptp(y), 0, y)
    first, last, top, bottom = (values.told(value) for value in (y[0], y[-1], y.max(), y.min()))
    if top == bottom:
        return f"{subject} is {'' if y.max() == y.min() else 'near '}{top} throughout."
    direction = _direction(y) if first != last else ""
    if direction in ("rises", "falls"):
        return f"{subject} {direction} from {first} to {last}."
    extremes = [
        f"its {what} value {said}{_where(along, ordered[y == value])}"
        for what, said, value in (("highest", top, y.max()), ("lowest", bottom, y.min()))
        if said not in (first, last)
    ]
    peaks = f", with {' and '.join(extremes)}" if extremes else ""
    return f"{subject} {direction or 'goes'} from {first} to {last}{peaks}."


def _where(along: Column, indices: NDArray[np.intp]) -> str:
    """Where a value is, if it is at one place alone and the axis says where that is."""
    once = len(np.unique(along.numbers[indices])) == 1 and along.is_told
    return f" at {shortened(along.said(int(indices[0])))}" if once else ""


def _direction(y: Numbers) -> str:
    if _goes_one_way(y):
        return "rises" if y[-1] > y[0] else "falls"
    ranks = np.unique(y, return_inverse=True)[1].astype(float)
    correlation = float(np.corrcoef(np.arange(len(y)), ranks)[0, 1])
    if abs(correlation) < MOSTLY or (correlation > 0) != (y[-1] > y[0]):
        return ""
    return f"mostly {'rises' if correlation > 0 else 'falls'}"


def _goes_one_way(numbers: Numbers) -> bool:
    return bool((numbers[:-1] <= numbers[1:]).all() or (numbers[:-1] >= numbers[1:]).all())
