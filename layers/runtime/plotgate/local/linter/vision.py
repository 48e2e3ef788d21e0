"""Colours as those see them who lack a kind of cones: Machado, Oliveira and Fernandes 2009, by way of coloraide."""

from functools import lru_cache

from coloraide import Color
from coloraide.distance.delta_e_2000 import DE2000
from coloraide.filters.cvd import Deutan, Protan, Tritan

from plotgate.figure.perception import RGB

VISIONS = {"protan": "protanopia", "deutan": "deuteranopia", "tritan": "tritanopia"}
"""The three deficiencies, by coloraide's names for them."""

LEAST = 5.0
"""CIEDE2000 between two colours that are told apart as those of marks, which are small and lie apart.

Seaborn's palette `colorblind` keeps it; the red and the green of matplotlib's own colours do not for deuteranopes.
"""


class _Color(Color):
    """A colour with the filters and the distance that are needed here."""


_Color.register([DE2000(), Protan(), Deutan(), Tritan()], overwrite=True)


@lru_cache(maxsize=4096)
def difference(one: RGB, other: RGB, vision: str = "") -> float:
    """CIEDE2000 between two colours, as they are or by one of `VISIONS`."""
    return float(_seen(one, vision).delta_e(_seen(other, vision), method="2000"))


def _seen(colour: RGB, vision: str) -> _Color:
    found = _Color("srgb", list(colour))
    return found.filter(vision, 1, method="machado").clip() if vision else found
