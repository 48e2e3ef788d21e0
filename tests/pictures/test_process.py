"""A picture does not depend on which was drawn before it in its process."""

import base64
import io
import json
import subprocess
import sys
import textwrap
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from tests.wire import Request, http_api

HEAD = """
    import calendar, decimal, functools, locale, os, random, time, types
    from datetime import datetime
    from typing import Annotated
    import matplotlib.pyplot as plt
    import numpy as np
    import pandas as pd
    from cycler import cycler
    from matplotlib import color_sequences
    from matplotlib.figure import Figure
    from plotgate import CommaSeparated, serve

    def said(text: object) -> Figure:
        figure = Figure(figsize=(3, 2))
        figure.text(0.1, 0.5, str(text))
        return figure
"""
ASKED = """
    import hashlib, json, sys
    from plotgate.entry import handler
    found = [handler(event, None) for event in json.load(sys.stdin)]
    print(json.dumps([[one["statusCode"], one["headers"].get("etag", ""), one["body"]] for one in found]))
"""
LEFT_BEHIND = """
    def draw(a: int = 0) -> Figure:
        found = [os.getcwd(), os.environ.get("UNIT"), locale.setlocale(locale.LC_ALL)]
        found += [pd.get_option("display.precision"), decimal.getcontext().prec]
        if a == 1:
            os.chdir("/")
            os.environ["UNIT"] = "km"
            locale.setlocale(locale.LC_ALL, "C")
            pd.set_option("display.precision", 2)
            decimal.getcontext().prec = 5
        return said(found)
"""
ZONE = """
    def draw(a: int = 0) -> Figure:
        if a == 1:
            os.environ["TZ"] = "Asia/Tokyo"
            time.tzset()
        return said(datetime.fromtimestamp(0))
"""
ZONE_OF_THE_FILE = """
    os.environ["TZ"] = "Asia/Tokyo"
    def draw(a: int = 0) -> Figure:
        return said(datetime.fromtimestamp(0))
"""
WEEK = """
    def draw(a: int = 0) -> Figure:
        if a == 1:
            calendar.setfirstweekday(calendar.SUNDAY)
        return said(calendar.month(2024, 5))
"""
SKLEARN = """
    import sklearn
    def draw(a: int = 0) -> Figure:
        if a == 1:
            sklearn.set_config(transform_output="pandas")
        return said(sklearn.get_config()["transform_output"])
"""
OBJECTS = """
    import seaborn.objects as so
    def draw(a: int = 0) -> Figure:
        if a == 1:
            so.Plot.config.theme["axes.facecolor"] = "red"
            so.Plot.config.theme["font.family"].append("serif")
            so.Plot.config.theme["text.color"] = "red"
        figure = Figure(figsize=(3, 2))
        so.Plot(x=[1, 2], y=[1, 2]).add(so.Dot()).on(figure).plot()
        return figure
"""
SEQUENCE = """
    def draw(a: int = 0) -> Figure:
        color_sequences.register("mine", ["red", "blue"])
        return said(color_sequences["mine"])
"""
LAZY_IMPORT = """
    def draw(a: int = 0) -> Figure:
        import seaborn
        figure = Figure(figsize=(3, 2))
        figure.subplots().imshow([[1, 2], [3, a]], cmap="rocket")
        return figure
"""
LINE_STYLES = """
    def draw(a: int = 0) -> Figure:
        if a != 2:
            plt.rcParams["axes.prop_cycle"] += cycler(linestyle=["--"] * 10)
        figure = Figure(figsize=(3, 2))
        figure.subplots().plot([1, 2])
        return figure
"""
UNSEEDED = """
    CHANCE = np.random.default_rng()
    def draw(a: int = 0) -> Figure:
        return said(CHANCE.random())
"""
WRITTEN_SEED = """
    CHANCE = np.random.default_rng(122807528840384100672342137672332424406)
    def draw(a: int = 0) -> Figure:
        return said(CHANCE.random())
"""
BY_DEFAULT = """
    CHANCES = {"b": np.random.default_rng(2)}
    def jitter(first=np.random.default_rng(1)):
        return first.random() + CHANCES["b"].random()
    def draw(a: int = 0) -> Figure:
        return said(jitter())
"""

IN_INSTANCES = """
    from functools import partial
    from random import gauss  # of Python's own generator
    from secrets import choice  # of the system's
    class Walk:
        def __init__(self, seed):
            self.chances = [np.random.default_rng(seed)]
        def step(self):
            return self.chances[0].random()
    class Slotted:
        __slots__ = ("chance", "missing")
        def __init__(self):
            self.chance = np.random.default_rng(9)
    def closing_over(chance):
        return lambda: chance.random()
    def drawn_from(chance):
        return chance.random()
    SYSTEM = random.SystemRandom()  # is asked for nothing
    WALK, STEP, SLOTTED, CLOSED = Walk(7), Walk(8).step, Slotted(), closing_over(np.random.default_rng(10))
    PARTLY, BOUND = partial(drawn_from, chance=np.random.default_rng(11)), np.random.default_rng(12).random
    SPACE = types.SimpleNamespace(chance=np.random.RandomState(13))
    def draw(a: int = 0) -> Figure:
        found = [WALK.step(), STEP(), SLOTTED.chance.random(), CLOSED(), PARTLY(), BOUND(), SPACE.chance.rand()]
        return said([round(one, 5) for one in [*found, gauss(0, 1)]])
"""
GLOBALLY = """
    def draw(a: int = 0) -> Figure:
        return said([np.random.rand(), np.random.normal(), random.random()])
"""


def asked(folder: Path, *queries: str) -> list[tuple[int, str, str]]:
    """Status, entity tag and body of requests that one new process answers one after the other."""
    events = [http_api(Request("/plots/some/plot", query)) for query in queries]
    command = [sys.executable, "-c", textwrap.dedent(ASKED)]
    ran = subprocess.run(command, cwd=folder, input=json.dumps(events), capture_output=True, text=True, check=True)
    return [(status, tag, body) for status, tag, body in json.loads(ran.stdout)]


def pixels(body: str) -> bytes:
    return Image.open(io.BytesIO(base64.b64decode(body))).tobytes()


def write(folder: Path, plot: str) -> None:
    (folder / "app.py").write_text(textwrap.dedent(HEAD) + textwrap.dedent(plot) + "\nhandler = serve(draw)\n")


@pytest.mark.parametrize(
    "plot",
    [
        pytest.param(plot, id=name)
        for name, plot in {
            "process": LEFT_BEHIND,
            "zone": ZONE,
            "zone of the file": ZONE_OF_THE_FILE,
            "week": WEEK,
            "sklearn": SKLEARN,
            "objects": OBJECTS,
            "sequence": SEQUENCE,
            "import": LAZY_IMPORT,
            "cycle": LINE_STYLES,
            "unseeded": UNSEEDED,
            "written": WRITTEN_SEED,
            "kept": BY_DEFAULT,
            "instances": IN_INSTANCES,
            "global": GLOBALLY,
        }.items()
    ],
)
def test_a_picture_is_the_same_whatever_was_drawn_before(plot: str, tmp_path: Path) -> None:
    write(tmp_path, plot)
    *_, second, third = asked(tmp_path, "a=1", "a=2", "a=3")
    assert second[0] == third[0] == 200
    assert [second, third] == [*asked(tmp_path, "a=2"), *asked(tmp_path, "a=3")]


def test_a_seed_that_is_written_down_is_the_authors(tmp_path: Path) -> None:
    first = np.random.default_rng(122807528840384100672342137672332424406).random()
    write(tmp_path, WRITTEN_SEED)
    drawn = asked(tmp_path, "a=1")[0][2]
    write(tmp_path, WRITTEN_SEED.replace("CHANCE.random()", repr(float(first))))
    assert pixels(drawn) == pixels(asked(tmp_path, "a=1")[0][2])


def test_a_generator_that_spawns_others_makes_tags_weak(tmp_path: Path) -> None:
    write(tmp_path, WRITTEN_SEED.replace("CHANCE.random()", "CHANCE.spawn(1)[0].random()"))
    assert [tag[:2] for _, tag, _ in asked(tmp_path, "a=1", "a=2")] == ["W/", "W/"]


CACHED = """
    KEPT = np.random.default_rng(7)
    @functools.cache
    def noise():
        return CHANCE
    def draw(a: int = 0) -> Figure:
        return said(noise())
"""


@pytest.mark.parametrize(
    "chance", ["np.random.default_rng().random()", "np.random.rand()", "random.random()", "KEPT.random()"]
)
def test_chance_that_is_cached_makes_tags_weak(chance: str, tmp_path: Path) -> None:
    write(tmp_path, CACHED.replace("CHANCE", chance))
    assert [tag[:2] for _, tag, _ in asked(tmp_path, "a=1", "a=2")] == ["W/", "W/"]


@pytest.mark.parametrize("app", [CACHED.replace("CHANCE", "5"), IN_INSTANCES], ids=["no chance", "nothing cached"])
def test_what_a_plot_keeps_makes_no_tag_weak_by_itself(app: str, tmp_path: Path) -> None:
    write(tmp_path, app)
    assert [(status, tag[:1]) for status, tag, _ in asked(tmp_path, "a=1", "a=2")] == [(200, '"')] * 2


def test_a_set_has_one_order(tmp_path: Path) -> None:
    write(
        tmp_path,
        "def draw(n: Annotated[set[int], CommaSeparated] = {1}) -> Figure:\n    return said(list(n))\n",
    )
    assert asked(tmp_path, "n=0,8") == asked(tmp_path, "n=8,0")


def test_a_linked_folder_is_the_plots_code(tmp_path: Path) -> None:
    shared, folder = tmp_path / "shared", tmp_path / "plot"
    shared.mkdir()
    folder.mkdir()
    (folder / "shared").symlink_to(shared)
    write(folder, "from shared.text import TEXT\ndef draw(a: int = 0) -> Figure:\n    return said(TEXT)\n")
    (shared / "text.py").write_text("TEXT = 'old'\n")
    old = asked(folder, "")
    (shared / "text.py").write_text("TEXT = 'new'\n")
    assert asked(folder, "")[0][1] != old[0][1]
