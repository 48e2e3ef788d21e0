"""`plotgate diff`: what differs between the pictures of two commits."""

import io
import os
import re
import shutil
import subprocess
from base64 import b64decode
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from plotgate.local.diff.comparison import CHANGED, Change
from plotgate.local.diff.pictures import Picture
from plotgate.local.diff.report import html, markdown, summary
from tests.found import ROOT
from tests.local.conftest import PLOTGATE, write

PLOT = """
    \"\"\"{title}.\"\"\"
    from typing import Annotated
    from matplotlib.figure import Figure
    from plotgate import serve
    from pydantic import Field

    def draw(name: Annotated[str, Field(examples=["a b"])]) -> Figure:
        figure = Figure(figsize=(3, 2), layout="none")
        figure.add_axes((0, 0, 1, 1), frame_on=False, xticks=[], yticks=[]).bar([0], [{height}], color="red")
        figure.axes[0].set(ylim=(0, 4), xlim=(0, 0.8), title=name)
        return figure

    handler = serve(draw)
"""


HOSTILE = "<script>alert()</script> is here"


def write_project(folder: Path, **plots: str) -> None:
    template = ["Globals: { Function: { Runtime: python3.13, Handler: plotgate.entry.handler } }", "Resources:"]
    shutil.rmtree(folder / "functions", ignore_errors=True)
    for name, source in plots.items():
        write(folder / "functions/some" / name / "app.py", source)
        path = f"/plots/some/{name}/name/{{name}}"
        events = f'{{ Get: {{ Type: HttpApi, Properties: {{ Method: GET, Path: "{path}" }} }} }}'
        properties = f"{{ CodeUri: functions/some/{name}, Events: {events} }}"
        template += [f"  {name}: {{ Type: AWS::Serverless::Function, Properties: {properties} }}"]
    (folder / "template.yaml").write_text("\n".join(template))


def git(folder: Path, *arguments: str) -> None:
    own = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
    who = {f"GIT_{role}_{what}": "a@b.c" for role in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    subprocess.run(["git", *arguments], cwd=folder, check=True, capture_output=True, env=os.environ | own | who)


def commit(folder: Path) -> None:
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message", "a commit")


def run(folder: Path, *arguments: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run([PLOTGATE, "diff", *arguments], cwd=folder, capture_output=True, text=True, timeout=300)


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One commit, and changes of most plots that are not committed."""
    folder = tmp_path_factory.mktemp("repository")
    plots = {name: PLOT.format(title=name, height=2) for name in ("broken", "gone", "higher", "renamed", "same")}
    write_project(folder, **plots)
    git(folder, "init", "--quiet")
    commit(folder)
    del plots["gone"]
    plots |= {
        "broken": plots["broken"].replace("return figure", "raise ValueError('secret')"),
        "higher": PLOT.format(title="higher", height=3),
        "renamed": plots["renamed"].replace("return figure", f"figure.set_label({HOSTILE!r}); return figure"),
        "same": plots["same"] + "\n    # a remark\n",
        "young": PLOT.format(title="young", height=1),
    }
    write_project(folder, **plots)
    return folder


@pytest.fixture(scope="module")
def compared(repository: Path) -> "subprocess.CompletedProcess[str]":
    return run(repository, "HEAD", "--exit-code")


def test_changed_new_and_removed_plots_are_said(compared: "subprocess.CompletedProcess[str]") -> None:
    broken, gone, higher, renamed, young, total = compared.stdout.splitlines()
    assert broken == "changed some/broken: it cannot be drawn"
    assert gone == "removed some/gone"
    share = r"10\.\d\d% of the pixels in"
    assert re.fullmatch(rf"changed some/higher: {share} light, {share} dark, the alt text", higher)
    assert renamed == "changed some/renamed: the alt text"
    assert young == "new some/young"
    assert total == "Plots: 3 changed, 1 new, 1 removed. The report is plotgate-diff.html."
    assert "secret" not in compared.stdout


def test_it_ends_with_1_where_that_is_asked_for(compared: "subprocess.CompletedProcess[str]") -> None:
    assert compared.returncode == 1


class Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))


@pytest.mark.usefixtures("compared")
def test_the_report_needs_no_other_file_and_runs_nothing(repository: Path) -> None:
    text = (repository / "plotgate-diff.html").read_text()
    page = Page()
    page.feed(text)
    names = [tag for tag, _ in page.tags]
    assert not {"script", "link", "iframe", "object", "a"} & set(names)
    images = [attributes for tag, attributes in page.tags if tag == "img"]
    # Of each plot and theme those before and after, and the difference if it has both and there is one.
    assert len(images) == 2 * (1 + 1 + 3 + 2 + 1)
    for image in images:
        assert (image["src"] or "").startswith("data:image/png;base64,")
        assert b64decode((image["src"] or "").partition(",")[2]).startswith(b"\x89PNG")
        assert image["alt"]
    assert "&lt;script&gt;" in text
    assert "http" not in text.replace("http-equiv", "")


@pytest.mark.usefixtures("compared")
def test_no_file_is_left_in_the_repository(repository: Path) -> None:
    status = subprocess.run(["git", "status", "--porcelain"], cwd=repository, capture_output=True, text=True).stdout
    assert all(
        "functions/" in line or "template.yaml" in line or "plotgate-diff.html" in line for line in status.splitlines()
    )
    worktrees = subprocess.run(["git", "worktree", "list"], cwd=repository, capture_output=True, text=True).stdout
    assert len(worktrees.splitlines()) == 1


def test_a_commit_that_is_not_there_is_said(repository: Path) -> None:
    for name in ("nowhere", "--output=x"):
        refused = run(repository, "--", name)
        assert refused.returncode == 1
        assert refused.stderr.startswith("Error: git rev-parse: fatal: ")
        assert not (repository / "x").exists()


def test_each_commit_is_drawn_by_its_own_plotgate(tmp_path: Path) -> None:
    plot = PLOT.format(title="one", height=2)
    write_project(tmp_path, one=plot)
    ignored = shutil.ignore_patterns("__pycache__", "local")
    shutil.copytree(ROOT / "layers/runtime/plotgate", tmp_path / "layers/runtime/plotgate", ignore=ignored)
    git(tmp_path, "init", "--quiet")
    commit(tmp_path)
    colours = tmp_path / "layers/runtime/plotgate/colours.py"
    colours.write_text(colours.read_text().replace('paper="#ffffff"', 'paper="#fffff0"'))

    compared = run(tmp_path, "HEAD", "--markdown")

    assert compared.returncode == 0
    assert "| some/one | changed |" in compared.stdout
    assert "of the pixels in light |" in compared.stdout  # and not in dark


def picture(colour: str, size: tuple[int, int] = (4, 2), alt: str = "A picture") -> Picture:
    file = io.BytesIO()
    Image.new("RGB", size, colour).save(file, "png")
    return Picture(file.getvalue(), alt)


def pixels(png: bytes) -> list[Any]:
    with Image.open(io.BytesIO(png)) as image:
        return list(image.get_flattened_data())


def test_a_difference_shows_what_differs_in_red() -> None:
    same, other = picture("black"), picture("black", (4, 3))
    assert set(pixels(Change("a", {"light": same}, {"light": same}).difference("light"))) == {(217, 217, 217)}
    found = pixels(Change("a", {"light": same}, {"light": other}).difference("light"))
    assert found == [(217, 217, 217)] * 8 + [CHANGED] * 4
    assert Change("a", {"light": same}, {"light": other}).share("light") == 1


def test_markdown_shows_whatever_an_alt_text_has() -> None:
    hostile = "<img src=x> | [a](http://x) `b` @someone *c*\n# d"
    change = Change("some/plot", {"light": picture("red")}, {"light": picture("red", alt=hostile)})

    text = markdown([change], "main")

    after = next(line for line in text.splitlines() if line.startswith("- after:"))
    assert not set(after.removeprefix("- after:")) & set("<>|[]`@*(")
    assert "&#60;img src=x&#62;" in after
    assert "| some/plot | changed | the alt text |" in text


def test_nothing_that_differs_is_a_report_too() -> None:
    assert summary([]) == "No plot's picture has changed."
    assert "No plot&#x27;s picture has changed." in html([], "main")
    assert markdown([], "main") == "**Pictures compared with main.** No plot's picture has changed.\n"
