"""The form and the size of an error, of a URL that may itself be what is wrong."""

from math import sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.requests import Request

from plotgate.http.error_form import error_form, error_size, lenient_view, picture_form
from plotgate.url.view import LONGEST_SIDE, MOST_PIXELS, SHORTEST_SIDE, Size, View

SIDES = st.none() | st.integers(SHORTEST_SIDE, LONGEST_SIDE)


def request(query: str = "", **headers: str) -> Request:
    named = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    return Request({"type": "http", "method": "GET", "path": "/", "query_string": query.encode(), "headers": named})


def test_what_is_valid_of_a_view_counts_though_the_rest_is_not() -> None:
    view = lenient_view(request("width=440&height=x&dpr=9&theme=dark&format=gif&errors=text&unknown=1").query_params)
    assert view == View(width=440, theme="dark", errors="text")
    assert lenient_view(request("width=300&height=200&dpr=2.5&format=svg").query_params) == View(
        width=300, height=200, dpr=2.5, format="svg"
    )
    assert lenient_view(request().query_params) == View()


@pytest.mark.parametrize(
    ("view", "size"),
    [
        (View(), Size(640, 400, 1)),
        (View(width=320), Size(320, 200, 1)),
        (View(height=200), Size(320, 200, 1)),
        (View(width=300, height=300, dpr=2), Size(300, 300, 2)),
        (View(width=120), Size(120, 120, 1)),
        (View(height=120), Size(192, 120, 1)),
        (View(height=4000), Size(4000, 4000, 1)),
        (View(width=2000, height=2000, dpr=3), Size(2000, 2000, 2)),
        (View(width=300, height=300, dpr=2, format="svg"), Size(300, 300, 1)),
    ],
)
def test_an_error_has_the_size_that_was_asked_for_or_the_likeliest(view: View, size: Size) -> None:
    assert error_size(view) == size


@given(SIDES, SIDES, st.floats(1, 4))
def test_an_error_has_a_size_that_a_plot_could_have(width: int | None, height: int | None, dpr: float) -> None:
    size = error_size(View(width=width, height=height, dpr=dpr))
    assert SHORTEST_SIDE <= size.width <= LONGEST_SIDE
    assert SHORTEST_SIDE <= size.height <= LONGEST_SIDE
    assert size.width == (width or size.width)
    assert size.height == (height or size.height)
    assert size.dpr == pytest.approx(min(dpr, max(1, sqrt(MOST_PIXELS / (size.width * size.height)))))
    across, down = size.device_pixels
    assert across * down <= MOST_PIXELS


@pytest.mark.parametrize("dest", ["image", "object", "embed", "IMAGE"])
def test_an_element_that_shows_pictures_gets_one_whatever_it_accepts(dest: str) -> None:
    for accept in ("*/*", "application/json", ""):
        asked = request(sec_fetch_dest=dest, accept=accept)
        assert error_form(asked, View()) == "image"
        assert picture_form(asked) == "svg"
    assert error_form(request(sec_fetch_dest=dest), View(errors="json")) == "json"


@pytest.mark.parametrize(
    ("query", "accept", "form"),
    [
        ("", "image/svg+xml", "svg"),
        ("", "image/svg+xml;q=0", "png"),
        ("", "image/*", "png"),
        ("format=svg", "", "svg"),
        ("format=png", "image/svg+xml", "png"),
        ("format=webp", "image/svg+xml", "png"),
        ("format=pdf", "image/svg+xml", "svg"),
        ("format=pdf", "image/*", "png"),
        ("format=x", "image/svg+xml", "svg"),
    ],
)
def test_an_error_is_svg_for_who_shows_it_unless_the_url_names_pixels(query: str, accept: str, form: str) -> None:
    assert picture_form(request(query, accept=accept)) == form
