"""What a plot's file says of it."""

import sys

import pytest

from plotgate.url.plot import Plot


def draw() -> None: ...


@pytest.mark.parametrize(
    ("docstring", "title", "description"),
    [
        ("One.", "One", ""),
        ("One.\n\nTwo\nlines.\n\n  Three.\n", "One", "Two lines.\n\nThree."),
        (None, "draw", ""),
    ],
)
def test_a_docstring_is_a_title_and_a_description(
    docstring: str | None, title: str, description: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys.modules[__name__], "__doc__", docstring)
    plot = Plot(draw)  # type: ignore[arg-type]
    assert (plot.title, plot.description) == (title, description)
