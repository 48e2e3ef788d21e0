"""`plotgate list` and `plotgate describe`: what there is, and what one of them is."""

import subprocess
from pathlib import Path

from tests.found import PLOTS, ROOT, plot_handler
from tests.local.conftest import PLOTGATE, write
from tests.local.test_catalog import BROKEN, template_with
from tests.test_contract import ask

ASKED = """
    '''The {name}.'''
    from typing import Annotated, Literal
    from matplotlib.figure import Figure
    from plotgate import serve
    from pydantic import Field

    def draw(
        kind: Annotated[str, Field(examples=["a b"])],
        shape: Annotated[Literal["round", "square"], Field(description="How it looks")] = "round",
        size: Annotated[int, Field(ge=1, le=9)] = 3,
        grown: bool = False,
    ) -> Figure:
        '''Nothing but a title.'''
        return Figure()

    handler = serve(draw)
"""


def plotgate(folder: Path, *arguments: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run([str(PLOTGATE), *arguments], cwd=folder, capture_output=True, text=True, check=False)


def test_list_has_every_plot_in_a_line_of_columns() -> None:
    done = plotgate(ROOT, "list")
    rows = [line.split("\t") for line in done.stdout.splitlines()]
    assert sorted(path for path, _, _ in rows) == [
        f"/plots/{name}{plot_handler(name).plot.path_suffix}" for name in PLOTS
    ]
    (temperature,) = (row for row in rows if row[0] == "/plots/weather/temperature")
    assert temperature[1:] == ["Daily temperatures of Seattle", "start, end, rolling"]


def test_plot_that_cannot_be_imported_is_an_error_beside_the_others(tmp_path: Path) -> None:
    write(tmp_path / "plots" / "a" / "good" / "app.py", ASKED.format(name="good"))
    write(tmp_path / "plots" / "a" / "bad" / "app.py", BROKEN)
    template_with(tmp_path, "plots/a/bad", "plots/a/good")
    done = plotgate(tmp_path, "list")
    assert (done.returncode, done.stdout) == (1, "/plots/a/good\tThe good\tkind, shape, size, grown\n")
    what, where, text = done.stderr.splitlines()
    assert what == "Error: /plots/a/bad: ModuleNotFoundError: No module named 'nothing_of_that_name'"
    assert (where.strip(), text.strip()) == ("bad/app.py, line 2", "import nothing_of_that_name")


def test_description_has_what_the_url_answers_with() -> None:
    done = plotgate(ROOT, "describe", "weather/temperature?rolling=90")
    head, _, parameters = done.stdout.partition("\n\n")
    told = dict(line.split("\t", 1) for line in head.splitlines())
    json = ask("weather/temperature", "rolling=90&format=json").body.decode()
    assert f'"alt": "{told["alt text"]}"' in json
    assert f'"data_version": "{told["data version"]}"' in json
    assert told["bytes"] == f"{len(ask('weather/temperature', 'rolling=90').body)} as PNG"
    assert told["cold"] == "not known: it was not measured"
    assert told["warm"].endswith(" ms here, drawn anew")
    assert (
        parameters.splitlines()[2] == "rolling\t30\ta whole number from 1 to 365\tDays that the line is averaged over"
    )


def test_description_has_each_kind_of_rule_and_a_cold_start_that_was_measured(tmp_path: Path) -> None:
    write(tmp_path / "plots" / "a" / "good" / "app.py", ASKED.format(name="good"))
    template = template_with(tmp_path, "plots/a/good")
    template.write_text(template.read_text().replace("Path: /plots/a/good", "Path: '/plots/a/good/kind/{kind}'"))
    write(tmp_path / "docs" / "cold-start.json", '[{"plot": "good", "way": "plotgate", "total": 0.876}]')
    done = plotgate(tmp_path, "describe", "a/good")
    lines = done.stdout.splitlines()
    assert "example\t/plots/a/good/kind/a b" in lines
    assert "alt text\tNothing but a title." in lines
    assert "data version\tnone: it reads no table" in lines
    assert "cold\t0.88 s in a container like Lambda's" in lines
    assert lines[-4:] == [
        "kind\t\t\t",
        "shape\tround\tone of: round, square\tHow it looks",
        "size\t3\ta whole number from 1 to 9\t",
        "grown\tfalse\ttrue or false\t",
    ]


def test_description_of_what_is_no_plot_is_an_error() -> None:
    for path, says in (("weather/temperatur", "There is no plot"), ("/", "/ is no plot."), ("/nothing", "There is no")):
        done = plotgate(ROOT, "describe", path)
        assert (done.returncode, done.stdout, says in done.stderr) == (1, "", True)
    done = plotgate(ROOT, "describe", "weather/temperature?rolling=0")
    assert done.stderr == "Error: The parameter `rolling` must be greater than or equal to 1, not '0'.\n"
