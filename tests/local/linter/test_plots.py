"""`plotgate check`, as an author runs it."""

import subprocess
from pathlib import Path

import pytest

from plotgate.local.commands.check import where
from plotgate.local.linter.plots import lint_all
from plotgate.local.plots import chosen_of, plots_of
from plotgate.local.template import TemplateError, read_template
from tests.found import PLOTS, ROOT
from tests.local.conftest import PLOTGATE, write

TEMPLATE = read_template(ROOT / "template.yaml")

GOOD = """
    \"\"\"A good plot.\"\"\"
    from matplotlib.figure import Figure
    from plotgate import serve

    print("loud")

    def draw() -> Figure:
        figure = Figure(figsize=(4, 3))
        figure.subplots().plot([1, 2])
        return figure

    handler = serve(draw)
"""

FAULTY = """
    \"\"\"A faulty plot.\"\"\"
    from pathlib import Path
    from matplotlib.figure import Figure
    from plotgate import Table, serve

    TABLE = Table("rows", {"value": float}, file=Path(__file__).with_name("rows.csv"))

    def draw() -> Figure:
        rows = TABLE.read()
        figure = Figure(figsize=(4, 3))
        axes = figure.subplots()
        axes.plot(rows["value"], color="#dddddd", label="pale")
        axes.set_title(f"{rows['value'].iloc[0]:g}")
        return figure

    handler = serve(draw, data=TABLE)
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    template = ["Globals: { Function: { Runtime: python3.13, Handler: plotgate.entry.handler } }", "Resources:"]
    for name, source in {"good": GOOD, "faulty": FAULTY, "broken": "import nothing_like_it"}.items():
        write(tmp_path / "functions/some" / name / "app.py", source)
        events = ", ".join(
            f"{method.title()}: {{ Type: HttpApi, Properties: {{ Method: {method}, Path: /plots/some/{name} }} }}"
            for method in ("GET", "HEAD")
        )
        properties = f"{{ CodeUri: functions/some/{name}, Events: {{ {events} }} }}"
        template += [f"  Some{name.title()}: {{ Type: AWS::Serverless::Function, Properties: {properties} }}"]
        write(tmp_path / "tests/baselines/some" / f"{name}.png", "")
    (tmp_path / "functions/some/faulty/rows.csv").write_text("value\n1\n3\n2\n")
    (tmp_path / "template.yaml").write_text("\n".join(template))
    return tmp_path


def check(project: Path, *arguments: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run([PLOTGATE, "check", *arguments], cwd=project, capture_output=True, text=True, timeout=300)


def test_faults_are_lines_in_a_pipe_and_end_with_1(project: Path) -> None:
    run = check(project)
    assert run.returncode == 1
    pale, empty, broken, total = run.stdout.splitlines()
    assert pale.startswith("some/faulty: pale mark: line “pale”: #dddddd upon #ffffff has a contrast of 1.4 : 1")
    assert "(light and dark at 440, 880, 1320; one row)" not in pale
    assert "(light and dark at 440, 880, 1320)" in pale
    assert empty.startswith("some/faulty: cannot be drawn: draw: IndexError")
    assert "faulty/app.py, line 14 axes.set_title(f\"{rows['value'].iloc[0]:g}\") (no rows)" in empty
    assert broken.startswith("some/broken: cannot be drawn: app.py: ModuleNotFoundError: No module named")
    assert "broken/app.py, line 1 import nothing_like_it" in broken
    assert total == "3 plots checked, 3 found."


def test_a_plot_can_be_named(project: Path) -> None:
    run = check(project, "some/good")
    assert (run.returncode, run.stdout) == (0, "1 plots checked, nothing found.\n")


def test_an_unknown_plot_is_refused() -> None:
    with pytest.raises(TemplateError, match="There is no plot 'some/other'; there are "):
        chosen_of(TEMPLATE, ["some/other"])


def test_plots_are_named_by_their_folders() -> None:
    assert sorted(plot.name for plot in plots_of(TEMPLATE)) == PLOTS
    (pairs,) = chosen_of(TEMPLATE, ["/plots/breast_cancer_data/pairplot"])
    assert pairs.function.code == ROOT / "functions/breast_cancer_data/pairplot"


@pytest.mark.parametrize("plot", PLOTS)
def test_nothing_is_found_in_the_project_s_own_plots(plot: str) -> None:
    (linted,) = lint_all(chosen_of(TEMPLATE, [plot]), lambda plot, view: None)
    assert linted.findings == {}


def test_views_are_said_by_theme() -> None:
    assert where(["light 440", "dark 440", "dark 880"]) == "light at 440; dark at 440, 880"
    assert where(["light 440", "dark 440", "one row"]) == "light and dark at 440; one row"
