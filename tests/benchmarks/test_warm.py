"""The benchmark of warm drawing compares what it says: the same picture, drawn anew, by everyone who can."""

import io
import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from benchmarks._warm import chart, growth, processes, report
from benchmarks._warm.cases import CASES, Case, sized
from benchmarks._warm.processes import compared
from benchmarks._warm.profile import kind, step
from benchmarks._warm.results import Comparison, Drawn, Result
from tests.found import ROOT

BARS = CASES["bars, 20"]
PICTURE = """
import sys
from pathlib import Path
from benchmarks._warm.cases import CASES
from benchmarks._warm.contenders import CONTENDERS
case = CASES[sys.argv[2]]
body = CONTENDERS[sys.argv[1]](case.folder, case.path)(case.arguments(0))
sys.stdout.buffer.write(body)
"""
PROFILE = """
import json, sys
from rich.progress import Progress
from benchmarks._warm import profile
from benchmarks._warm.cases import CASES
profile.PICTURES = 3
with Progress(disable=True) as progress:
    found = profile.profiled(CASES[sys.argv[1]], progress)
print(json.dumps(found.rows()))
"""


def command(*arguments: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", "benchmarks", *arguments], cwd=ROOT, capture_output=True, text=True, check=False
    )


def drawn(contender: str, case: Case) -> Image.Image:
    done = subprocess.run([sys.executable, "-c", PICTURE, contender, case.name], cwd=ROOT, stdout=subprocess.PIPE)
    return Image.open(io.BytesIO(done.stdout))


def compare(case: Case, *contenders: str) -> Comparison:
    return compared([case], contenders, 1, lambda name: None)


@pytest.mark.parametrize("contender", ["matplotlib", "plotgate", "vl-convert"])
def test_contenders_draw_pictures_of_one_size(contender: str) -> None:
    assert drawn(contender, BARS).size == (900, 600)


@pytest.mark.parametrize("name", ["heatmap", "pairplot"])
def test_plots_of_this_project_are_drawn_by_their_urls(name: str) -> None:
    assert drawn("plotgate", CASES[name]).format == "PNG"


def test_every_picture_is_of_other_arguments() -> None:
    for case in CASES.values():
        drawn = [str(case.arguments(number)) for number in range(27)]
        assert len(set(drawn)) == len(drawn)


def test_picture_that_was_remembered_is_not_measured() -> None:
    same = replace(BARS, arguments=lambda number: {"seed": 1})
    comparison = compare(same, "plotgate")
    assert not comparison.results
    assert comparison.left_out == {("bars, 20", "plotgate"): "AssertionError: not drawn, but remembered"}


def test_who_cannot_draw_is_left_out_and_the_others_go_on() -> None:
    comparison = compare(BARS, "article's code", "matplotlib")
    assert comparison.left_out == {("bars, 20", "article's code"): "the article has no such picture"}
    assert report.left_out(comparison) == ["article's code: the article has no such picture (bars, 20)"]
    (result,) = comparison.results
    assert (result.contender, result.rounds) == ("matplotlib", 1)
    assert result.cpu > 0
    assert result.memory > 10
    assert result.size > 10_000


def test_who_takes_too_long_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(processes, "LONGEST", 1)
    comparison = compare(sized("bars", bars=300), "matplotlib")
    assert list(comparison.left_out.values()) == ["no picture within 1 s of CPU"]
    assert not comparison.results


def test_results_are_medians() -> None:
    drawn = [Drawn(cpu, 2 * cpu, 100 * cpu, 7) for cpu in (0.3, 0.1, 0.2)]
    assert Result.of("heatmap", "plotgate", drawn) == Result("heatmap", "plotgate", 3, 0.2, 0.1, 0.3, 0.4, 30, 7)


def test_ratios_say_which_is_divided_by_which() -> None:
    article, ours, theirs = (
        Result("heatmap", name, 1, cpu, cpu, cpu, cpu, memory, 1)
        for name, cpu, memory in (("article's code", 0.6, 100), ("plotgate", 0.2, 150), ("vl-convert", 0.4, 100))
    )
    (row,) = report.ratio_rows(Comparison([article, ours, theirs], {}))
    ratios = dict(zip(report.RATIO_HEADINGS, row, strict=True))
    assert ratios["article ÷ ours"] == "3.00"
    assert ratios["ours ÷ vl-convert"] == "0.50"
    assert ratios["matplotlib ÷ ours"] == ""


def test_page_and_chart_have_every_picture(tmp_path: Path) -> None:
    results = [
        Result(case, name, 9, cpu, cpu, cpu, cpu, 100, 20_000)
        for case in ("heatmap", "line, 100 000")
        for name, cpu in (("matplotlib", 0.2), ("plotgate", 0.1))
    ]
    comparison = Comparison(results, {("heatmap", "xy"): "not installed"})
    page = report.markdown(comparison, 9)
    assert "| heatmap |  | 2.00 |" in page
    assert "| line, 100 000 | plotgate | 100 | 100 to 100 | 100 | 100 | 20 000 |" in page
    assert "- xy: not installed (heatmap)" in page
    chart.write(comparison, tmp_path)
    light, dark = (Image.open(io.BytesIO((tmp_path / name).read_bytes())) for name in ("speed.png", "speed-dark.png"))
    assert light.size == dark.size == (1600, 1000)
    for name in ("matplotlib", "plotgate"):
        assert name in light.info["Description"]


def test_list_names_every_benchmark_and_others_are_refused() -> None:
    assert "warm" in command("--list").stdout
    refused = command("cold")
    assert refused.returncode == 2
    assert "No such command 'cold'" in refused.stderr


def test_unknown_picture_is_refused() -> None:
    refused = command("warm", "--only", "teapot")
    assert refused.returncode == 2
    assert "heatmap" in refused.stderr


def test_profile_says_where_the_time_of_a_picture_goes() -> None:
    done = subprocess.run(
        [sys.executable, "-c", PROFILE, BARS.name], cwd=ROOT, capture_output=True, text=True, check=True
    )
    rows = {name: cells for name, *cells in json.loads(done.stdout)}
    assert float(rows["draw"][-1]) > 0
    assert float(rows["lay out"][-1]) > 0
    assert float(rows["last drawing"][0]) > 0, "text"
    assert not rows["darken"][-1]
    steps = [float(cells[-1] or 0) for name, cells in rows.items() if name != "all"]
    assert sum(steps) == pytest.approx(float(rows["all"][-1]), abs=0.5)


def test_sample_belongs_to_the_outermost_step_and_the_innermost_kind() -> None:
    entry, plot = ("/plotgate/entry.py", "__call__"), ("/plots/bars/app.py", "draw")
    layout, encoding = ("/plotgate/figure/layout.py", "lay_out"), ("/plotgate/figure/encoding.py", "encode")
    axis, text = ("/matplotlib/axis.py", "draw"), ("/matplotlib/text.py", "get_window_extent")
    assert (step([entry]), kind([entry])) == ("rest of the request", "other")
    assert (step([text, axis, plot, entry]), kind([text, axis, plot, entry])) == ("draw", "text")
    assert (step([axis, layout, entry]), kind([axis, layout, entry])) == ("lay out", "ticks")
    assert step([encoding, entry]) == "encode"
    assert step([text, encoding, entry]) == "last drawing"
    assert step([("<frozen importlib._bootstrap>", "_find_and_load"), plot, entry]) == "import"


def grown(name: str, theirs: tuple[float, float], ours: tuple[float, float]) -> growth.Size:
    results = (
        Result(name, contender, 1, cpu, cpu, cpu, cpu, memory, 1)
        for contender, (cpu, memory) in (("matplotlib", theirs), ("plotgate", ours))
    )
    return growth.Size(name, *results)


def test_growth_marks_what_of_ours_grows_faster_than_matplotlibs() -> None:
    small = grown("line, 1 000", (0.1, 100), (0.2, 150))
    assert growth.faster(small, grown("line, 10 000", (0.2, 110), (0.3, 160))) == []
    assert growth.faster(small, grown("line, 10 000", (0.2, 110), (0.35, 160))) == ["time"]
    assert growth.faster(small, grown("line, 10 000", (0.2, 110), (0.3, 200))) == ["memory"]
    assert growth.faster(small, grown("line, 10 000", (0.1, 100), (0.21, 151))) == [], "chance"


def test_growth_has_a_row_for_each_size(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(growth.SIZES, "bars", ("bars", (2, 4)))
    rows = growth.rows(growth.grown(["bars"], 1, lambda name: None))
    assert [row[0] for row in rows] == ["bars, 2", "bars, 4"]
    assert all(float(row[3]) > 0 for row in rows)
