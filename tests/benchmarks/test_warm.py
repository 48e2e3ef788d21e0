"""The benchmark of warm drawing compares what it says: the same picture, drawn anew, by everyone who can."""

import io
import subprocess
import sys
from dataclasses import replace

import pytest
from PIL import Image

from benchmarks._warm import report
from benchmarks._warm.cases import CASES, Case
from benchmarks._warm.processes import compared
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


def command(*arguments: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", "benchmarks", *arguments], cwd=ROOT, capture_output=True, text=True, check=False
    )


def compare(case: Case, *contenders: str) -> Comparison:
    return compared([case], contenders, 1, lambda name: None)


@pytest.mark.parametrize("contender", ["matplotlib", "plotgate", "vl-convert"])
def test_contenders_draw_pictures_of_one_size(contender: str) -> None:
    done = subprocess.run([sys.executable, "-c", PICTURE, contender, BARS.name], cwd=ROOT, stdout=subprocess.PIPE)
    assert Image.open(io.BytesIO(done.stdout)).size == (900, 600)


def test_every_picture_is_of_other_arguments() -> None:
    for case in CASES.values():
        drawn = [str(case.arguments(number)) for number in range(27)]
        assert len(set(drawn)) == len(drawn)


def test_picture_that_was_remembered_is_not_measured() -> None:
    same = replace(BARS, arguments=lambda number: {"seed": 1})
    comparison = compare(same, "plotgate")
    assert not comparison.results
    assert comparison.left_out == {"bars, 20: plotgate": "AssertionError: not drawn, but remembered"}


def test_who_cannot_draw_is_left_out_and_the_others_go_on() -> None:
    comparison = compare(BARS, "article's code", "matplotlib")
    assert comparison.left_out == {"bars, 20: article's code": "the article has no such picture"}
    (result,) = comparison.results
    assert (result.contender, result.rounds) == ("matplotlib", 1)
    assert result.cpu > 0
    assert result.memory > 10
    assert result.size > 10_000


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


def test_list_names_every_benchmark_and_others_are_refused() -> None:
    assert "warm" in command("--list").stdout
    refused = command("cold")
    assert refused.returncode == 2
    assert "No such command 'cold'" in refused.stderr


def test_unknown_picture_is_refused() -> None:
    refused = command("warm", "--only", "teapot")
    assert refused.returncode == 2
    assert "heatmap" in refused.stderr
