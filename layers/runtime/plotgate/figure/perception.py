"""Colours as they are seen: contrast (WCAG 2.2) and lightness (OKLab, Björn Ottosson 2020)."""

import math
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

RGB = tuple[float, float, float]
"""Red, green and blue from 0 to 1."""

RGBA = tuple[float, float, float, float]

_TO_CONES = np.array(
    [
        [0.4122214708, 0.5363325363, 0.0514459929],
        [0.2119034982, 0.6806995451, 0.1073969566],
        [0.0883024619, 0.2817188376, 0.6299787005],
    ]
)
_TO_LAB = np.array(
    [
        [0.2104542553, 0.7936177850, -0.0040720468],
        [1.9779984951, -2.4285922050, 0.4505937099],
        [0.0259040371, 0.7827717662, -0.8086757660],
    ]
)


@lru_cache(maxsize=1 << 12)
def luminance(colour: RGB) -> float:
    """Relative luminance, from 0 to 1."""
    red, green, blue = _linear(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(first: RGB, second: RGB) -> float:
    """Contrast ratio, from 1 to 21."""
    darker, lighter = sorted((luminance(first), luminance(second)))
    return (lighter + 0.05) / (darker + 0.05)


def blended(colour: RGB, alpha: float, ground: RGB) -> RGB:
    """What is seen of a colour with the opacity `alpha` upon a ground, as renderers blend them."""
    if alpha >= 1:
        return colour
    red, green, blue = (alpha * part + (1 - alpha) * below for part, below in zip(colour, ground, strict=True))
    return red, green, blue


@lru_cache(maxsize=1 << 12)
def chroma(colour: RGB) -> float:
    """How far a colour is from grey: 0 for a grey, about 0.26 for pure red."""
    _, a, b = _lab(colour)
    return math.hypot(a, b)


@lru_cache(maxsize=1 << 12)
def with_luminance(colour: RGB, target: float) -> RGB:
    """The colour with another lightness, so that its luminance is `target`."""
    _, a, b = _lab(colour)
    low, high = 0.0, 1.0
    for _ in range(16):
        middle = (low + high) / 2
        low, high = (middle, high) if luminance(_rgb(middle, a, b)) < target else (low, middle)
    return _rgb(high, a, b)


def mixed(first: RGB, second: RGB, target: float) -> RGB:
    """What lies between two colours and has the luminance `target`."""
    low, high = luminance(first), luminance(second)
    share = min(1.0, max(0.0, (target - low) / (high - low)))
    return _encoded(np.array(_linear(first)) * (1 - share) + np.array(_linear(second)) * share)


def lifted(colours: NDArray[Any], least: float) -> NDArray[Any]:
    """Rows of red, green and blue that are lighter, none darker than the lightness `least`, about in their order."""
    linear = np.where(colours <= 0.04045, colours / 12.92, ((colours + 0.055) / 1.055) ** 2.4)
    lab = np.cbrt(linear @ _TO_CONES.T) @ _TO_LAB.T
    lab[:, 0] = (least**4 + lab[:, 0] ** 4) ** 0.25  # the light ones hardly lighter
    return _channels((lab @ _FROM_LAB.T) ** 3 @ _FROM_CONES.T)


def _linear(colour: RGB) -> tuple[float, ...]:
    # numpy would take ten times as long for three numbers.
    return tuple(part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in colour)


def _encoded(linear: NDArray[Any]) -> RGB:
    red, green, blue = _channels(linear).tolist()
    return red, green, blue


def _channels(linear: NDArray[Any]) -> NDArray[Any]:
    clipped = np.clip(linear, 0, 1)
    found: NDArray[Any] = np.where(clipped <= 0.0031308, clipped * 12.92, 1.055 * clipped ** (1 / 2.4) - 0.055)
    return found


def _lab(colour: RGB) -> list[float]:
    found: list[float] = (_TO_LAB @ np.cbrt(_TO_CONES @ _linear(colour))).tolist()
    return found


def _rgb(lightness: float, a: float, b: float) -> RGB:
    return _encoded(_FROM_CONES @ (_FROM_LAB @ np.array([lightness, a, b])) ** 3)


_FROM_CONES, _FROM_LAB = np.linalg.inv(_TO_CONES), np.linalg.inv(_TO_LAB)
