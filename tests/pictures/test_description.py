"""What `format=json` says, whole."""

import json
from datetime import UTC, datetime
from importlib.metadata import version

from matplotlib.figure import Figure

from plotgate.pictures.identity import identify
from plotgate.pictures.render import render
from plotgate.url.plot import Plot
from plotgate.url.request import read_request
from plotgate.version import VERSION


def draw(rate: float = 0.5) -> Figure:
    """What is known.

    And what it means.
    """
    figure = Figure(figsize=(4, 3), label="Nothing but two axes.")
    figure.subplots().set_title("Two axes")
    return figure


def test_description_says_all_that_the_docs_name() -> None:
    query = [("rate", "0.25"), ("width", "440"), ("format", "json")]
    plot = Plot(draw)
    body = render(identify(read_request(plot, "/plots/some/plot", {}, query, datetime.now(UTC)))).body
    told = json.loads(body)
    assert told.pop("long_description")
    assert told == {
        "title": plot.title,
        "description": plot.description,
        "alt": "Nothing but two axes.",
        "url": "/plots/some/plot?rate=0.25&format=json&width=440",
        "parameters": {"rate": 0.25},
        "width": 440,
        "height": 330,
        "data_version": None,
        "versions": {
            "plotgate": VERSION,
            **{name: version(name) for name in ("matplotlib", "numpy", "pandas", "seaborn")},
        },
    }
