"""What is sped up draws the same bytes as the packages do, and leaves other versions of them alone."""

import dataclasses
import io
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from importlib.metadata import version
from typing import Any

import matplotlib as mpl
import numpy as np
import pandas as pd
import pytest
import seaborn as sns
from matplotlib import font_manager
from matplotlib.figure import Figure
from matplotlib.text import Text
from matplotlib.ticker import MaxNLocator, ScalarFormatter

from plotgate.figure import acceleration
from plotgate.figure.acceleration import ACCELERATIONS
from plotgate.figure.acceleration.replacement import Acceleration, find
from tests.drawing import picture
from tests.found import PLOTS, plot_handler
from tests.samples import SAMPLES, by_hand
from tests.wire import function_event

FORMS: list[dict[str, Any]] = [{"format": "png"}, {"format": "png", "dpr": 2}, {"format": "svg"}]
IDS = [acceleration.replaces[0] for acceleration in ACCELERATIONS]


def measurements() -> pd.DataFrame:
    values = np.random.default_rng(4).normal(size=(60, 2))
    table = pd.DataFrame(values, columns=["height", "weight"])
    return table.assign(site=np.tile(["north", "south", "west"], 20), sex=np.tile(["f", "m"], 30))


def letters() -> Figure:
    mpl.rcParams["text.antialiased"] = False
    figure = Figure()
    axes = figure.subplots()
    axes.text(0.2, 0.2, "turned\nand broken", rotation=30)
    axes.text(0.7, 0.5, r"$\frac{\sqrt{2}}{\alpha_i}$", rotation=90)
    axes.text(0.2, 0.8, "smooth", antialiased=True, family="STIXGeneral", style="italic")
    axes.text(0.5, 0.3, "ink upon ink: fjÅ\u0302\u0323", antialiased=True, style="italic", alpha=0.4, rotation=8)
    axes.text(0.5, 0.9, "as large as a page", antialiased=True, size=60)
    return figure


def swarm() -> Figure:
    figure = Figure()
    sns.swarmplot(measurements(), x="site", y="height", hue="sex", ax=figure.subplots())
    return figure


def heatmap_in_a_part() -> Figure:
    figure = Figure(figsize=(8, 4))
    left, right = figure.subfigures(1, 2)  # type: ignore[misc] # an array of them
    sns.heatmap(measurements().pivot_table(index="site", columns="sex"), ax=left.subplots())
    right.subplots().plot([1, 2])
    return figure


def clusters() -> Figure:
    mpl.rcParams["figure.constrained_layout.use"] = False  # seaborn's grid cannot leave it once it has a colour bar
    figure = sns.clustermap(measurements().pivot_table(index="site", columns="sex")).figure
    assert isinstance(figure, Figure)
    return figure


def titles_in_margins() -> Figure:
    margins = {"margin_titles": True}
    grid = sns.relplot(measurements(), x="height", y="weight", hue="sex", row="site", height=3, facet_kws=margins)
    box = grid.axes.flat[0].get_position()  # as an author does who puts something there
    grid.figure.text(box.x1, box.y1, "the legend's side")
    figure = grid.figure
    assert isinstance(figure, Figure)
    return figure


def one_formatter() -> Figure:
    """Two axes that share a formatter, which says beside each what its numbers are multiplied by."""
    figure = Figure(figsize=(4, 3), layout="constrained")
    first, second = figure.subplots(1, 2)
    first.plot([1e6, 2e6], [1e-8, 2e-8])
    second.plot([1e12, 2e12], [5, 6])
    formatter = ScalarFormatter()
    for axes in (first, second):
        axes.set(xlabel="x", ylabel="y")
        axes.xaxis.set_major_formatter(formatter)
        axes.yaxis.set_major_formatter(formatter)
    figure.align_labels()
    return figure


def ranges_of_many_kinds() -> Figure:
    """Axes that share their numbers with none of the others, and one that has those of another in another way."""
    figure = Figure(figsize=(9, 7), layout="constrained")
    panels = figure.subplots(3, 3).flat
    limits = [(0, 1), (1, 0), (-0.0, 2.0), (1e9, 1e9 + 3), (-1e-7, 3e-7), (5, 5.0001), (0, 1), (-4, 1e6), (0, 1)]
    for axes, (low, high) in zip(panels, limits, strict=True):
        axes.set_xlim(low, high)
        axes.set_ylim(high * 2 + 1, low - 0.5)
        axes.tick_params(direction="inout", length=9, right=True, top=True)
    panels = figure.axes
    panels[0].yaxis.set_major_locator(MaxNLocator(3, prune="both", integer=True))
    panels[1].xaxis.set_major_locator(MaxNLocator("auto", steps=[1, 3, 10], min_n_ticks=6))
    panels[1].xaxis.get_major_formatter().set_powerlimits((-1, 0))  # type: ignore[attr-defined]
    panels[3].xaxis.get_major_formatter().set_useOffset(False)  # type: ignore[attr-defined]
    panels[4].spines[["left", "bottom"]].set_position(("outward", 12))
    panels[5].spines["left"].set_bounds(6, 8)
    panels[6].xaxis.set_major_formatter(ScalarFormatter(useMathText=True))
    panels[6].minorticks_on()
    panels[7].set_xscale("symlog")
    panels[8].ticklabel_format(style="plain")
    panels[8].tick_params(direction="in", labelsize=5)
    return figure


class Shouted(Text):
    """A text that is drawn as another than it is; how, each of them has for itself."""

    ending = "!"

    def _preprocess_math(self, s: str) -> tuple[str, bool]:
        return s + self.ending, False


def texts_of_another_class() -> Figure:
    figure = Figure(figsize=(4, 3), layout="constrained")
    axes = figure.subplots()
    for place, ending in ((0.8, "!"), (0.4, "!!!!!!!!")):
        shouted = Shouted(0.5, place, "loud", ha="right", va="top")
        shouted.ending = ending
        axes.add_artist(shouted)
    return figure


FIGURES = [
    *SAMPLES,
    one_formatter,
    ranges_of_many_kinds,
    texts_of_another_class,
    letters,
    swarm,
    heatmap_in_a_part,
    clusters,
    titles_in_margins,
]
DRAWN: dict[str, tuple[Callable[..., Figure], Mapping[str, str]]] = {
    **{name: (plot_handler(name).plot.draw, function_event(name).get("pathParameters", {})) for name in PLOTS},
    **{draw.__name__: (draw, {}) for draw in FIGURES},
}


@contextmanager
def replaced(chosen: Sequence[Acceleration], by: Callable[[Callable[..., Any]], Callable[..., Any]]) -> Iterator[None]:
    """What stands where `chosen` are, replaced by what `by` makes of it."""
    with pytest.MonkeyPatch.context() as patch:
        for place in (place for one in chosen for place in one.replaces):
            owner, name = find(place)
            patch.setattr(owner, name, by(getattr(owner, name)))
        yield


def original(of: Callable[..., Any]) -> Callable[..., Any]:
    function: Callable[..., Any] = of.__wrapped__  # type: ignore[attr-defined]
    return function


@pytest.fixture(autouse=True, scope="module")
def _in_place() -> None:
    picture(by_hand)  # seaborn is imported by now, so this puts all that was not yet in its place there


@pytest.mark.parametrize("form", FORMS, ids=str)
@pytest.mark.parametrize("name", DRAWN)
def test_figure_is_the_same_bytes_as_the_packages_draw(name: str, form: dict[str, Any]) -> None:
    draw, path = DRAWN[name]
    body = picture(draw, path, **form).body
    with replaced(ACCELERATIONS, original):
        assert picture(draw, path, **form).body == body


@pytest.mark.parametrize("chosen", ACCELERATIONS, ids=IDS)
def test_one_acceleration_draws_the_same_bytes(chosen: Acceleration) -> None:
    draw = {"seaborn.matrix:_draw_figure": swarm, "seaborn.axisgrid:_draw_figure": titles_in_margins}.get(
        chosen.replaces[0], letters
    )
    calls = []

    def recorded(function: Callable[..., Any]) -> Callable[..., Any]:
        def call(*arguments: Any, **named: Any) -> Any:
            calls.append(function)
            return function(*arguments, **named)

        return call

    with replaced(ACCELERATIONS, original):
        body = picture(draw).body
        with replaced([chosen], lambda function: recorded(chosen.by(function))):
            assert picture(draw).body == body
    assert calls


def newly() -> Figure:
    figure = Figure(figsize=(2, 2))
    figure.text(0.1, 0.5, "newly", family="Newly")
    return figure


def test_font_that_is_known_later_is_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    fonts: Any = font_manager.fontManager
    before = picture(newly).body
    file = next(font for font in fonts.ttflist if font.name == "STIXGeneral")
    monkeypatch.setattr(fonts, "ttflist", [*fonts.ttflist, dataclasses.replace(file, name="Newly")])
    fonts._findfont_cached.cache_clear()  # as `addfont` does
    after = picture(newly).body
    assert after != before
    with replaced(ACCELERATIONS, original):
        assert picture(newly).body == after


def two_families() -> Figure:
    figure = newly()
    figure.get_tightbbox()
    mpl.rcParams["font.sans-serif"].insert(0, "STIXGeneral")
    figure.text(0.1, 0.1, "added in place")
    return figure


def test_family_that_is_added_in_place_is_drawn() -> None:
    body = picture(two_families).body
    with replaced(ACCELERATIONS, original):
        assert picture(two_families).body == body


def far_away() -> Figure:
    figure = Figure(figsize=(2, 2))
    figure.text(1e8, 0.5, "nobody sees it")
    return figure


def test_text_that_is_too_far_away_for_freetype_fails_no_picture() -> None:
    with replaced(ACCELERATIONS, original), pytest.raises(RuntimeError, match="overflow"):
        far_away().savefig(io.BytesIO())
    far_away().savefig(io.BytesIO())


@pytest.mark.parametrize("chosen", ACCELERATIONS, ids=IDS)
def test_locked_version_is_one_that_an_acceleration_is_right_for(chosen: Acceleration) -> None:
    assert version(chosen.package).startswith(f"{chosen.series}."), "look at the package's new code, then at `series`"


@pytest.mark.parametrize("chosen", ACCELERATIONS, ids=IDS)
def test_another_version_draws_as_it_is_and_the_log_says_so_once(
    chosen: Acceleration, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    with replaced([chosen], original):
        before = [getattr(*find(place)) for place in chosen.replaces]
        monkeypatch.setattr(acceleration, "_waiting", [chosen])
        monkeypatch.setattr(sys.modules[chosen.package], "__version__", f"{chosen.series}9.0")
        for _ in range(2):
            picture(by_hand)
        assert [getattr(*find(place)) for place in chosen.replaces] == before
    (message,) = (record.getMessage() for record in caplog.records if chosen.series in record.getMessage())
    assert message.startswith(f"{chosen.package} {chosen.series}9.0 ")


def test_plot_without_seaborn_does_not_import_it_and_a_later_one_is_sped_up() -> None:
    program = """
        import sys
        from matplotlib.figure import Figure
        from plotgate import serve
        from plotgate.figure.draw import drawn

        with drawn(Figure, {}, "light"):
            print("seaborn" in sys.modules)
            from matplotlib.backends.backend_agg import RendererAgg
            print(hasattr(RendererAgg._draw_text_glyphs_and_boxes, "__wrapped__"))
        import seaborn.matrix
        with drawn(Figure, {}, "light"):
            print(hasattr(seaborn.matrix._draw_figure, "__wrapped__"))
    """
    lines = [line.removeprefix(" " * 8) for line in program.splitlines()]
    done = subprocess.run([sys.executable, "-c", "\n".join(lines)], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "True", "True"]
