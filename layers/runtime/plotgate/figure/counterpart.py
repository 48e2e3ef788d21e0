"""The colour that is seen on a dark page as another is on a white one."""

from collections.abc import Iterator
from dataclasses import fields
from functools import lru_cache

from matplotlib.colors import to_rgba

from plotgate.colours import THEMES
from plotgate.figure.perception import RGB, RGBA, blended, chroma, contrast, luminance, mixed, with_luminance

Pair = tuple[RGB, RGB]
"""What lies beneath an artist on the light page, and on the dark one."""

Pairs = tuple[Pair, ...]

WHITE: RGB = (1.0, 1.0, 1.0)
BLACK: RGB = (0.0, 0.0, 0.0)
PAPER, INK = (to_rgba(colour)[:3] for colour in (THEMES["dark"].paper, THEMES["dark"].ink))
VISIBLE = 3.0  # WCAG 2.2, 1.4.11: the contrast of what must be seen, and
READABLE = 4.5  # 1.4.3: of what must be read
PALER = 0.75  # of the contrast of what does not stand out on the light page: it may lose the rest
ROUNDED = 0.99  # colours beneath are known to 8 bits, and
MORE = 1.05  # those of an edge are blended with them
STRONGER = 0.25  # of what a dark colour had beyond VISIBLE, it has so much on dark paper
GREY = 0.04  # the chroma of paper and ink: less than any colour of a palette, more than the bluish greys of seaborn
OPAQUE = 0.5  # a background's alpha from which on it is one


def _pairs_of_themes() -> Iterator[Pair]:
    light, dark = THEMES["light"], THEMES["dark"]
    for name in [field.name for field in fields(dark)]:
        of_dark, of_light = getattr(dark, name), getattr(light, name)
        for one, other in zip(of_dark, of_light, strict=True) if name == "series" else [(of_dark, of_light)]:
            yield to_rgba(one)[:3], to_rgba(other)[:3]


_LIGHT = dict(_pairs_of_themes())
"""What the light theme has in the place of the dark theme's own colours."""


def light(colour: RGB) -> RGB:
    """What a colour is on the light page."""
    return _LIGHT.get(colour, colour)


@lru_cache(maxsize=4096)
def counterpart(colour: RGB) -> RGB:
    """What is seen on dark paper as `colour` is on white.

    Greys, among them white and black, keep their contrast; of colours the dark ones become so light that they are seen,
    the darkest the lightest.
    """
    if colour in _LIGHT:
        return colour
    wanted = contrast(colour, WHITE)
    if chroma(colour) <= GREY:
        return mixed(PAPER, INK, _lighter(wanted, PAPER))
    if wanted >= VISIBLE > contrast(colour, PAPER):
        return with_luminance(colour, _lighter(VISIBLE + STRONGER * (wanted - VISIBLE), PAPER))
    return colour


def page(colour: RGB, alpha: float = 1) -> RGB:
    """The counterpart of a page: light ones become dark, whatever their colour; those that are dark already stay."""
    if colour not in _LIGHT and alpha > OPAQUE and contrast(colour, WHITE) > READABLE:
        return colour
    if chroma(colour) > GREY and contrast(colour, WHITE) < VISIBLE:
        return with_luminance(colour, _lighter(contrast(colour, WHITE), PAPER))
    return counterpart(colour)


@lru_cache(maxsize=4096)
def upon(beneath: Pairs, colour: RGB, alpha: float = 1, least: float = VISIBLE, alike: RGB | None = None) -> RGB:
    """What `colour` becomes upon what lies beneath it.

    What had the contrast `least` on the light page has it on the dark one; what had less, loses the less the nearer it
    was to it. Where no colour is seen upon all that lies beneath, it is the one that is seen best.

    Args:
        beneath: all that lies beneath it; nothing for the page.
        colour: on the dark page until now: one of the light page, or of the dark theme's own.
        alpha: its opacity.
        least: a contrast ratio.
        alike: what the same colour has become elsewhere.
    """
    beneath = beneath or ((WHITE, PAPER),)
    wanted, enough = list[tuple[RGB, float]](), list[float]()
    for on_light, on_dark in beneath:
        was = contrast(blended(light(colour), alpha, on_light), on_light)
        wanted.append((on_dark, min(was, MORE * least) if was >= VISIBLE else _paler(was, alpha)))
        enough.append(PALER * (wanted[-1][1] if was >= VISIBLE else PALER * was))
    best, most = colour, (0, 0.0)
    for candidate in _candidates(beneath, colour, wanted, alike):
        found = [contrast(blended(candidate, alpha, dark), dark) for dark, _ in wanted]
        if candidate is alike and all(one >= least for one, least in zip(found, enough, strict=True)):
            return candidate
        shares = [one / want for one, (_, want) in zip(found, wanted, strict=True)]
        if min(shares) >= ROUNDED:
            return candidate
        # A mark that is seen well in a part is seen; a word has to be read to its end.
        seen = sum(share >= ROUNDED for share in shares) if least == VISIBLE else 0
        if (seen, min(shares)) > most:
            best, most = candidate, (seen, min(shares))
    return best


def covered(beneath: Pairs, face: RGBA, new: RGBA) -> Pairs:
    """What lies beneath an artist when a face, translucent or not, comes between; `new` is what the face has become."""
    return tuple(
        {
            (blended(light(face[:3]), face[3], on_light), blended(new[:3], new[3], on_dark)): None
            for on_light, on_dark in beneath or ((WHITE, PAPER),)
        }
    )


def _candidates(beneath: Pairs, colour: RGB, wanted: list[tuple[RGB, float]], alike: RGB | None) -> Iterator[RGB]:
    """Colours in the place of `colour`, the most like it first."""
    if alike is not None:
        yield alike
    is_grey = chroma(colour) <= GREY
    stays = not is_grey or all(on_light == on_dark for on_light, on_dark in beneath)
    yield from (colour, counterpart(colour)) if stays else (counterpart(colour), colour)
    yield light(colour)
    targets = {step / 25 for step in range(26)}
    for dark, least in wanted:
        targets |= {_lighter(least, dark), _darker(least, dark)}
    here = luminance(counterpart(colour))
    for target in sorted(targets, key=lambda target: (abs(target - here), target)):
        if 0 <= target <= 1:
            yield mixed(PAPER, INK, target) if is_grey else with_luminance(colour, target)
    yield from (INK, PAPER, WHITE, BLACK)


def _paler(was: float, alpha: float) -> float:
    """The contrast that is enough for what had less than `VISIBLE`; for what is translucent, without a step there."""
    if alpha == 1:
        return PALER * was  # as a line has upon its band: it keeps its colour, which is that of its band
    return was * (PALER + (1 - PALER) * (was - 1) / (VISIBLE - 1))


def _lighter(wanted: float, ground: RGB) -> float:
    """The luminance that has the contrast `wanted` with a ground, from above."""
    return wanted * (luminance(ground) + 0.05) - 0.05


def _darker(wanted: float, ground: RGB) -> float:
    return (luminance(ground) + 0.05) / wanted - 0.05
