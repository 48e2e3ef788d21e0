"""A PNG file is valid for the strictest reader, has the canvas's pixels, is small, and is the same on each machine."""

import io
import struct
import zlib
from collections.abc import Callable
from hashlib import sha256

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from matplotlib.figure import Figure
from numpy.typing import NDArray
from PIL import Image

from plotgate.figure.png import encoded
from tests.drawing import laid_out, opened, picture
from tests.samples import SAMPLES, bars, lines

Pixels = NDArray[np.uint8]


def plain(pixels: Pixels) -> Pixels:
    """Two colours, as letters have them."""
    two: Pixels = np.where(pixels > 200, pixels[0, 0], pixels[-1, -1])
    return two


def repeated(pixels: Pixels) -> Pixels:
    """Each row like the one above it, but for a few."""
    return pixels[np.arange(len(pixels)) // 7]


def smooth(pixels: Pixels) -> Pixels:
    """As photographs are."""
    sums: Pixels = np.cumsum(np.cumsum(pixels % 3, axis=0), axis=1).astype(np.uint8)
    return sums


def noise(pixels: Pixels) -> Pixels:
    return pixels


@st.composite
def canvases(draw: st.DrawFn) -> Pixels:
    height, width = draw(st.integers(1, 140)), draw(st.integers(1, 140) | st.just(3300))
    random = np.random.default_rng(draw(st.integers(0, 99)))
    kind = draw(st.sampled_from([plain, repeated, smooth, noise]))
    pixels = np.ascontiguousarray(kind(random.integers(0, 256, (height, width, 4), np.uint8)))
    if draw(st.booleans()):
        pixels[..., 3] = 255
    return pixels


def chunks(file: bytes) -> list[tuple[bytes, bytes]]:
    """The names and contents of a PNG's chunks, if each is as long as it says and has the sum of what it holds."""
    assert file[:8] == b"\x89PNG\r\n\x1a\n"
    found, start = [], 8
    while start < len(file):
        length, name = struct.unpack(">I4s", file[start : start + 8])
        held = file[start + 8 : start + 8 + length]
        assert file[start + 8 + length : start + 12 + length] == struct.pack(">I", zlib.crc32(name + held))
        found.append((name, held))
        start += 12 + length
    assert start == len(file)
    return found


@given(canvases())
def test_a_file_has_the_pixels_of_the_canvas_and_no_others(pixels: Pixels) -> None:
    height, width, _ = pixels.shape
    opaque = bool((pixels[..., 3] == 255).all())
    file = encoded(pixels, {"Title": "Ünï"})
    (header, size), (text, said), (data, rows), (end, nothing) = chunks(file)
    assert (header, text, data, end, nothing) == (b"IHDR", b"iTXt", b"IDAT", b"IEND", b"")
    assert size == struct.pack(">IIBBBBB", width, height, 8, 2 if opaque else 6, 0, 0, 0)
    assert said == b"Title\0\0\0\0\0" + "Ünï".encode()
    inflated = zlib.decompress(rows)
    stride = 1 + width * (3 if opaque else 4)
    assert len(inflated) == height * stride
    assert set(inflated[::stride]) <= {0, 1, 2, 3, 4}
    image = Image.open(io.BytesIO(file))
    assert image.mode == ("RGB" if opaque else "RGBA")
    assert np.array_equal(np.asarray(image.convert("RGBA")), pixels)


@pytest.mark.parametrize("draw", SAMPLES)
@pytest.mark.parametrize(("dpr", "theme"), [(1, "light"), (2, "dark")])
@pytest.mark.parametrize("form", ["png", "webp"])
def test_a_picture_has_the_pixels_that_matplotlib_draws(
    draw: Callable[..., Figure], dpr: int, theme: str, form: str
) -> None:
    with laid_out(draw, dpr=dpr, theme=theme) as figure:
        buffer = io.BytesIO()
        figure.savefig(buffer, format="rgba", dpi=figure.dpi * dpr)
    assert opened(picture(draw, format=form, dpr=dpr, theme=theme)).convert("RGBA").tobytes() == buffer.getvalue()


def pillows(pixels: Pixels) -> int:
    """How long the file is that Pillow makes."""
    buffer = io.BytesIO()
    Image.fromarray(pixels).convert("RGB").save(buffer, "PNG")
    return len(buffer.getvalue())


@pytest.mark.parametrize("draw", [lines, bars])
def test_a_plot_takes_a_fifth_less_than_with_the_filters_of_photographs(draw: Callable[[], Figure]) -> None:
    pixels = np.asarray(opened(picture(draw)).convert("RGBA"))
    assert len(encoded(pixels, {})) < 0.8 * pillows(pixels)


def test_a_row_like_the_one_above_takes_next_to_nothing() -> None:
    row = np.random.default_rng(1).integers(0, 99, (1, 3000, 4), np.uint8)
    row[..., 3] = 255
    one, many = (len(encoded(np.repeat(row, height, axis=0), {})) for height in (1, 201))
    assert many - one < 200 * 60  # each row has 9000 bytes, and the compressor looks back for 32 768


def test_a_photograph_takes_hardly_more_than_with_the_filters_of_photographs() -> None:
    y, x = np.mgrid[:300, :400]
    waves = [128 + 60 * np.sin(x / rate) + 60 * np.cos(y / (rate + 9)) for rate in (31, 47, 77)]
    grain = np.random.default_rng(1).normal(0, 2, (300, 400, 3))
    pixels = np.dstack([np.dstack(waves) + grain, np.full((300, 400), 255)]).astype(np.uint8)
    assert len(encoded(pixels, {})) < 1.1 * pillows(pixels)


def test_bytes_are_those_of_every_processor() -> None:
    # Whatever changes them changes each picture that is kept under its URL: a new libdeflate may, a processor must not.
    rows, columns = np.mgrid[:200, :300]
    disc = ((rows - 100) ** 2 + (columns - 150) ** 2 < 9000) * 90
    ramp = np.where(rows < 60, rows * columns % 251, disc)
    pixels = np.dstack([ramp, disc, ramp // 2, np.full_like(ramp, 255)]).astype(np.uint8)
    assert sha256(encoded(pixels, {"Title": "A disc"})).hexdigest()[:16] == "58817bd2282ad231"
