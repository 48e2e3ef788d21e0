"""PNG files from the pixels of a canvas: small for plots, and the same bytes on each machine.

Pillow picks the filter that leaves a row the smallest numbers, which is right for photographs alone: the flat areas and
letters of a plot then repeat no more. Its zlib-ng promises no stable bytes; libdeflate is one for all processors.
"""

import struct
from collections.abc import Iterator, Mapping

import deflate
import numpy as np
from numpy.typing import NDArray

Pixels = NDArray[np.uint8]  # height x width x RGBA
Words = NDArray[np.uint32]  # the same with each pixel as one number: height x width

SIGNATURE = b"\x89PNG\r\n\x1a\n"
LEVEL = 7  # of libdeflate: 8 takes half as long again for 1 % less
NONE, UP, PAETH = 0, 2, 4  # filters, PNG specification, section 9
FEWER = 1.8  # times fewer shades: then the difference to the row above is smaller as a file, too
PHOTOGRAPH = 0.35  # shades by pixels of a row, from which on it is one of a photograph
BAND = 64  # rows that are filtered at once: what fits into a processor's cache
SAMPLED = 1000  # pixels of a row, at most: more do not make smaller files


def encoded(pixels: Pixels, texts: Mapping[str, str]) -> bytes:
    """A PNG file of `pixels`: RGB where all are opaque, else RGBA; `texts` go into it by their keywords."""
    height, width, _ = pixels.shape
    opaque = bool(pixels[..., 3].min() == 255)
    # Eight bits a channel; then the only compression, set of filters and order of rows that there is.
    header = struct.pack(">IIBBBBB", width, height, 8, 2 if opaque else 6, 0, 0, 0)
    rows = _filtered(np.ascontiguousarray(pixels), 3 if opaque else 4)
    parts = [SIGNATURE, *_chunk(b"IHDR", header)]
    for keyword, text in texts.items():
        # Neither compressed, nor in a language, nor with its keyword translated.
        parts += _chunk(b"iTXt", keyword.encode("latin-1") + bytes(5) + text.encode())
    parts += [*_chunk(b"IDAT", deflate.zlib_compress(rows, LEVEL)), *_chunk(b"IEND", b"")]
    return b"".join(parts)


def _chunk(name: bytes, data: bytes | bytearray) -> Iterator[bytes | bytearray]:
    yield struct.pack(">I", len(data)) + name
    yield data
    yield struct.pack(">I", deflate.crc32(data, deflate.crc32(name)))


def _filtered(pixels: Pixels, channels: int) -> Pixels:
    """The rows as the file has them: the number of the filter, then the channels of each pixel."""
    height, width, _ = pixels.shape
    words = pixels.view(np.uint32)[..., 0]
    rows = np.empty((height, 1 + channels * width), np.uint8)
    _store(rows[:1], np.zeros(1, np.uint8), words[:1])
    for top in range(1, height, BAND):
        band = words[top : top + BAND]
        _store(rows[top : top + BAND], *_chosen(band, words[top - 1 : top - 1 + len(band)]))
    return rows


def _store(rows: Pixels, filters: Pixels, words: Words) -> None:
    channels, pixels = rows[:, 1:].reshape(*words.shape, -1), _bytes(words)
    rows[:, 0] = filters
    for channel in range(channels.shape[2]):  # six times as fast as pixel by pixel
        channels[..., channel] = pixels[..., channel]


def _chosen(band: Words, above: Words) -> tuple[Pixels, Words]:
    """A filter for each row of `band`, by numbers of shades, and what it makes of the row."""
    difference = _words(_bytes(band) - _bytes(above))
    shades, limit = _shades(band), PHOTOGRAPH * len(_sampled(band[0]))
    filters = np.where(_shades(difference) * FEWER < shades, UP, NONE).astype(np.uint8)
    words = difference
    np.copyto(words, band, where=(filters == NONE)[:, np.newaxis])
    photographs = np.flatnonzero(shades > limit)
    if photographs.size:
        filters[photographs] = PAETH
        words[photographs] = _paeth(band[photographs], above[photographs])
    return filters, words


def _shades(words: Words) -> NDArray[np.intp]:
    """How many different pixels each row has: what a compressor has to spell out."""
    ordered = np.sort(_sampled(words), axis=1)
    steps: NDArray[np.intp] = np.count_nonzero(ordered[:, 1:] != ordered[:, :-1], axis=1)
    return steps + 1


def _sampled(words: Words) -> Words:
    return words[..., :: 1 + words.shape[-1] // SAMPLED]


def _paeth(band: Words, above: Words) -> Words:
    """Each row less what Paeth's filter foretells: of the pixels left, above and above left the one nearest."""
    row, up = _bytes(band), _bytes(above).astype(np.int16)
    left, corner = np.zeros_like(up), np.zeros_like(up)
    left[:, 1:], corner[:, 1:] = row[:, :-1], up[:, :-1]
    from_left, from_up = up - corner, left - corner
    from_corner = np.abs(from_left + from_up)
    np.abs(from_left, out=from_left)
    np.abs(from_up, out=from_up)
    foretold = np.where(from_up <= from_corner, up, corner)
    np.copyto(foretold, left, where=(from_left <= from_up) & (from_left <= from_corner))
    return _words(row - foretold.astype(np.uint8))


def _bytes(words: Words) -> Pixels:
    return words[..., np.newaxis].view(np.uint8)


def _words(pixels: Pixels) -> Words:
    return pixels.view(np.uint32)[..., 0]
