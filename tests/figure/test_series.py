"""The colours of series are seen on the page of their theme, and told apart also by those who tell fewer hues."""

from itertools import combinations

import numpy as np
import pytest
from matplotlib.colors import to_rgb
from numpy.typing import NDArray

from plotgate.colours import THEMES
from plotgate.figure.perception import contrast

# Machado, Oliveira and Fernandes 2009, of linear red, green and blue, where a kind of cone is missing.
VISIONS = {
    "all cones": np.eye(3),
    "protanopia": np.array(
        [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]
    ),
    "deuteranopia": np.array(
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]
    ),
    "tritanopia": np.array(
        [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]]
    ),
}
# OKLab, Björn Ottosson 2020.
CONES = [[0.4122214708, 0.5363325363, 0.0514459929], [0.2119034982, 0.6806995451, 0.1073969566]]
CONES += [[0.0883024619, 0.2817188376, 0.6299787005]]
LAB = [[0.2104542553, 0.7936177850, -0.0040720468], [1.9779984951, -2.4285922050, 0.4505937099]]
LAB += [[0.0259040371, 0.7827717662, -0.8086757660]]


def seen(colour: str, vision: str) -> NDArray[np.float64]:
    """A colour in OKLab as it is seen."""
    channels = np.array(to_rgb(colour))
    linear = np.where(channels <= 0.04045, channels / 12.92, ((channels + 0.055) / 1.055) ** 2.4)
    found: NDArray[np.float64] = np.array(LAB) @ np.cbrt(np.array(CONES) @ np.clip(VISIONS[vision] @ linear, 0, 1))
    return found


@pytest.mark.parametrize(("theme", "least"), [("light", 3.05), ("dark", 4.45)])
def test_series_are_seen_on_their_paper(theme: str, least: float) -> None:
    for colour in THEMES[theme].series:
        assert contrast(to_rgb(colour), to_rgb(THEMES[theme].paper)) >= least, colour


@pytest.mark.parametrize(
    ("theme", "count", "least"),
    [
        *[("light", 4, 0.09), ("light", 6, 0.07), ("light", 10, 0.045)],
        *[("dark", 4, 0.14), ("dark", 6, 0.09), ("dark", 10, 0.07)],
    ],
)
@pytest.mark.parametrize("vision", VISIONS)
def test_series_are_told_apart(vision: str, theme: str, count: int, least: float) -> None:
    for one, other in combinations(THEMES[theme].series[:count], 2):
        assert np.linalg.norm(seen(one, vision) - seen(other, vision)) >= least, f"{one} and {other}"
