"""docs/embedding.md is true: its pictures are those of its URLs, its table that of the code."""

import io
import re
from urllib.parse import parse_qsl

import numpy as np
import pytest
from PIL import Image

from plotgate.http.caching import ERROR_MAX_AGE, FIXED_MAX_AGE, LIVE_MAX_AGE, STALE_MAX_AGE
from plotgate.url.view import LONGEST_SIDE, SHORTEST_SIDE, View
from tests.found import ROOT, handler_of, plot_handler
from tests.pages.serving import Page, ask
from tests.test_contract import DIFFERENT, MOST_DIFFERENT

TEXT = (ROOT / "docs" / "embedding.md").read_text()
TEMPERATURE = "/plots/weather/temperature"
OUTPUT = ROOT / "tests" / "output" / "embedding"
PICTURES = [
    (TEMPERATURE + query, f"embedding/{name}.png")
    for query, name in re.findall(r"^\| `(\?[^`]+)`.*\(embedding/(\w+)\.png\) \|$", TEXT, re.MULTILINE)
]


@pytest.mark.parametrize(("url", "file"), PICTURES)
def test_each_picture_is_that_of_its_url(url: str, file: str) -> None:
    assert_shown(ask(plot_handler("weather/temperature"), f"{url}&errors=image&format=png").body, file)


def test_the_preview_is_that_of_the_page() -> None:
    (address,) = re.findall(r"https://plots\.example(/view/[^`]*)`", TEXT)
    image = Page(ask(handler_of("gallery"), address).body).metas()["og:image"]
    picture = ask(plot_handler("weather/temperature"), image[image.index("/plots/") :])
    assert_shown(picture.body, "embedding/preview.png")


def assert_shown(made: bytes, file: str) -> None:
    shown = ROOT / "docs" / file
    OUTPUT.mkdir(parents=True, exist_ok=True)
    (OUTPUT / shown.name).write_bytes(made)
    ours, theirs = (
        np.asarray(Image.open(io.BytesIO(png)).convert("RGB"), dtype=int) for png in (made, shown.read_bytes())
    )
    assert ours.shape == theirs.shape
    differs = (np.abs(ours - theirs).max(axis=2) > DIFFERENT).mean()
    assert differs <= MOST_DIFFERENT, f"look at {OUTPUT / shown.name}, and put it in the place of {shown}"


def test_every_parameter_stands_in_the_table() -> None:
    table = TEXT.partition("| parameter |")[2].partition("\n\n")[0]
    assert set(View.model_fields) <= set(re.findall(r"`(\w+)`", table))
    assert f"| {SHORTEST_SIDE} to {LONGEST_SIDE} CSS pixels |" in table


def test_lifetimes_are_those_of_the_code() -> None:
    table = dict(re.findall(r"^\| ([^|]+) \| `public, max-age=(\d+)` \|$", TEXT, re.MULTILINE))
    assert [int(age) for age in table.values()] == [
        FIXED_MAX_AGE,
        LIVE_MAX_AGE,
        STALE_MAX_AGE,
        ERROR_MAX_AGE,
        LIVE_MAX_AGE,
    ]


@pytest.mark.parametrize("url", re.findall(r"https://plots\.example(/plots/[^\s\"`)]*)", TEXT))
def test_each_url_is_answered(url: str) -> None:
    path, _, query = url.partition("?")
    assert ask(plot_handler(path.removeprefix("/plots/")), f"{path}?{query}").status == 200
    assert dict(parse_qsl(query)).keys() <= set(View.model_fields)
