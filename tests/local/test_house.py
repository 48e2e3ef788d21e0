"""Folders, template, baselines and README agree, and `plotgate check --fix` mends what needs no guess."""

import shutil
import subprocess
from pathlib import Path

import pytest

from plotgate.local.house import disagreements
from plotgate.local.readme_gallery import has_gallery, with_gallery
from tests.found import ROOT
from tests.local.conftest import PLOTGATE, write

PLOT = """
    \"\"\"A line | a pipe.\"\"\"
    from typing import Annotated
    from matplotlib.figure import Figure
    from plotgate import serve
    from pydantic import Field

    def draw({parameters}) -> Figure:
        figure = Figure(figsize=(4, 3))
        figure.subplots().plot([1, 2])
        return figure

    handler = serve(draw)
"""

TEMPLATE = """\
Globals: { Function: { Runtime: python3.13, Handler: plotgate.entry.handler } }
Resources:
  # the only one
  SomeLine:
    Type: AWS::Serverless::Function
    Properties:
      CodeUri: functions/some/line
      Events:
        Get: { Type: HttpApi, Properties: { ApiId: !Ref Api, Method: GET, Path: /plots/some/line } }
        Head: { Type: HttpApi, Properties: { ApiId: !Ref Api, Method: HEAD, Path: /plots/some/line } }
"""

README = "# Mine\n\n<!-- gallery: plotgate check --fix writes it -->\n<!-- /gallery -->\n\nThe end.\n"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project in which all agrees."""
    write(tmp_path / "functions/some/line/app.py", PLOT.format(parameters=""))
    (tmp_path / "template.yaml").write_text(TEMPLATE)
    baseline = tmp_path / "tests/baselines/some/line.png"
    baseline.parent.mkdir(parents=True)
    shutil.copy(ROOT / "tests/baselines/weather/temperature.png", baseline)
    (tmp_path / "README.md").write_text(with_gallery(README, tmp_path, ["some/line"]))
    return tmp_path


def said(project: Path) -> list[str]:
    return [one.what for one in disagreements(project / "template.yaml")]


def check(project: Path, *arguments: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run([PLOTGATE, "check", *arguments], cwd=project, capture_output=True, text=True, timeout=300)


def test_nothing_is_said_where_all_agrees(project: Path) -> None:
    assert said(project) == []


def test_the_gallery_shows_each_baseline_once(project: Path) -> None:
    text = (project / "README.md").read_text()
    assert has_gallery(text)
    assert text.startswith("# Mine\n\n")
    assert text.endswith("\n\nThe end.\n")
    assert text.count("tests/baselines/some/line.png") == 1
    assert "A line &#124; a pipe" in text
    assert with_gallery(text, project, ["some/line"]) == text


def test_a_new_folder_is_put_into_all_places(project: Path) -> None:
    parameters = 'name: Annotated[str, Field(examples=["a b"])]'
    write(project / "functions/some/other/app.py", PLOT.format(parameters=parameters))
    assert said(project) == ["template.yaml has no function for functions/some/other"]

    mended = check(project, "--fix", "some/other")

    assert mended.stdout.splitlines() == [
        "Mended: template.yaml has no function for functions/some/other",
        "Mended: some/other has no baseline",
        "Mended: The gallery of README.md is not that of the plots",
        "1 plots checked, nothing found.",
    ]
    assert mended.returncode == 0
    assert said(project) == []
    template = (project / "template.yaml").read_text()
    assert template.startswith(TEMPLATE)
    assert 'Path: "/plots/some/other/name/{name}"' in template
    assert (project / "tests/baselines/some/other.png").read_bytes().startswith(b"\x89PNG")
    assert "tests/baselines/some/other.png" in (project / "README.md").read_text()


def test_without_fix_nothing_is_changed(project: Path) -> None:
    (project / "tests/baselines/some/line.png").unlink()
    readme = (project / "README.md").read_bytes()

    checked = check(project, "some/line")

    assert checked.returncode == 1
    assert checked.stdout.splitlines() == [
        "some/line has no baseline; plotgate baseline some/line, and look at it (--fix does it)",
        "The gallery of README.md is not that of the plots; it shows their baselines (--fix does it)",
        "1 plots checked, 2 found.",
    ]
    assert not (project / "tests/baselines/some/line.png").exists()
    assert (project / "README.md").read_bytes() == readme


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ("Method: HEAD", "Method: POST", "/plots/some/line does not answer to HEAD"),
        ("  SomeLine:", "  Line:", "The resource of some/line is Line"),
        ("/plots/some/line", "/plots/some/curve", "/plots/some/curve is served from functions/some/line"),
    ],
)
def test_a_block_that_says_otherwise_is_said_and_left(project: Path, old: str, new: str, what: str) -> None:
    text = TEMPLATE.replace(old, new)
    (project / "template.yaml").write_text(text)
    found = list(disagreements(project / "template.yaml"))
    assert what in [one.what for one in found]
    assert not any(one.mend for one in found if one.what == what)


def test_a_block_without_a_folder_is_said_and_left(project: Path) -> None:
    shutil.rmtree(project / "functions/some/line")

    checked = check(project, "--fix")

    assert checked.returncode == 1
    (line, *_) = checked.stdout.splitlines()
    assert line.startswith("template.yaml has the function SomeLine, and functions/some/line has no app.py; ")
    assert (project / "template.yaml").read_text() == TEMPLATE


def test_a_baseline_of_no_plot_is_said_and_left(project: Path) -> None:
    shutil.copy(project / "tests/baselines/some/line.png", project / "tests/baselines/some/gone.png")
    (found,) = disagreements(project / "template.yaml")
    assert (found.what, found.mend) == ("tests/baselines/some/gone.png is of no plot", None)


def test_a_readme_without_marks_is_the_author_s(project: Path) -> None:
    (project / "README.md").write_text("# Mine\n")
    assert said(project) == []


def test_the_project_s_own_template_functions_and_baselines_agree() -> None:
    found = [one.what for one in disagreements(ROOT / "template.yaml")]
    assert [what for what in found if "README" not in what] == []  # which a new plot need not be in at once
