"""`plotgate new`, `rename` and `remove`: a plot's places change together, or not at all."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from plotgate.local.plot_name import PlotName
from plotgate.local.template_text import TemplateText
from tests.found import PLOTS, ROOT
from tests.local.conftest import PLOTGATE, served
from tests.local.test_file_changes import tree

STARTERS = ["bars", "heatmap", "line", "scatter", "table"]
KEPT = "weather/temperature"
IDENTITY = ("-c", "user.name=An author", "-c", "user.email=author@example.com", "-c", "commit.gpgsign=false")


def plotgate(folder: Path, *arguments: str) -> "subprocess.CompletedProcess[str]":
    command = [str(PLOTGATE), *arguments]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


def git(folder: Path, *arguments: str) -> str:
    command = ["git", *IDENTITY, *arguments]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=True).stdout


def commit(folder: Path) -> None:
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message", "All")


def status(folder: Path) -> list[str]:
    return git(folder, "status", "--short", "--untracked-files=normal").splitlines()


def content(folder: Path) -> dict[str, bytes | None]:
    """All files, but git's and what Python keeps for itself."""
    found = tree(folder).items()
    return {name: data for name, data in found if not re.search(r"^\.git\b|__pycache__", name)}


def repository(folder: Path) -> Path:
    """A copy of this project as it is now, but for what has no part in a plot, with all of it committed."""
    files = subprocess.check_output(["git", "ls-files", "-z", "-co", "--exclude-standard"], cwd=ROOT, text=True)
    for name in filter(None, files.split("\0")):
        if (ROOT / name).is_file() and not name.startswith(("layers/", "benchmarks/", "docs/")):
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, folder / name)
    git(folder, "init", "--quiet")
    commit(folder)
    return folder


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A repository with the gallery and one plot."""
    for name in ("gallery", KEPT):
        folder = tmp_path / "functions" / name
        shutil.copytree(ROOT / "functions" / name, folder, ignore=shutil.ignore_patterns("*.json", "__pycache__"))
    text = (ROOT / "template.yaml").read_text()
    for plot in set(PLOTS) - {KEPT}:
        text = TemplateText(text).without_plot(PlotName.parse(plot))
    (tmp_path / "template.yaml").write_text(text)
    (tmp_path / ".gitignore").write_text("__pycache__/\n")
    git(tmp_path, "init", "--quiet")
    commit(tmp_path)
    return tmp_path


@pytest.fixture
def with_wind(project: Path) -> Path:
    assert plotgate(project, "new", "weather/wind").returncode == 0
    return project


def test_new_plots_of_each_kind_pass_the_projects_own_tests_untouched(tmp_path: Path) -> None:
    repository(tmp_path)

    for starter in STARTERS:
        done = plotgate(tmp_path, "new", f"first_steps/{starter}", "--from", starter)
        assert done.returncode == 0, done.stderr

    assert status(tmp_path) == [" M template.yaml", "?? functions/first_steps/", "?? tests/baselines/first_steps/"]
    assert re.findall(r"(\d+) (?:insertion|deletion)", git(tmp_path, "diff", "--shortstat")) == [
        str(10 * len(STARTERS))
    ]
    tests = [f"tests/{name}.py" for name in ("test_contract", "test_template", "test_events")]
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-k", "first_steps", *tests]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
    assert re.search(r"^\d{3,} passed", done.stdout, re.MULTILINE), done.stdout


def test_a_new_plot_is_served_and_in_the_gallery_at_once(
    project: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    with served(project, tmp_path_factory.mktemp("serve") / "terminal.txt") as gateway:
        done = plotgate(project, "new", "weather/wind", "--from", "table")
        assert done.stdout.splitlines() == [
            "functions/weather/wind/levels.csv",
            "functions/weather/wind/app.py",
            "template.yaml (a block)",
            "tests/baselines/weather/wind.png",
            "",
            "`plotgate serve` shows it at /plots/weather/wind",
        ]
        gateway.wait_for(lambda: gateway.http.get("/plots/weather/wind").status_code == 200)
        picture = gateway.http.get("/plots/weather/wind")
        assert picture.content == (project / "tests" / "baselines" / "weather" / "wind.png").read_bytes()
        gateway.wait_for(lambda: "/plots/weather/wind" in gateway.http.get("/").text)


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("weather/Wind", "not 'Wind'"),
        ("weather/temperature", "The template has the name WeatherTemperature already, which weather/temperature"),
        ("weather/data", "The template has the name WeatherData already"),  # a parameter
        ("weather/temperature_role", "The template has the name WeatherTemperatureRole already"),  # SAM's
        ("gallery/wind", "functions/gallery is a function itself"),
        ("weather/storms", "functions/weather/storms exists already."),
        ("weather/clouds", "tests/baselines/weather/clouds.png exists already."),
        ("iris/petals", "Not a directory"),
    ],
)
def test_a_name_that_cannot_be_new_changes_nothing(project: Path, name: str, says: str) -> None:
    (project / "functions" / "weather" / "storms").mkdir()
    (project / "tests" / "baselines" / "weather").mkdir(parents=True)
    (project / "tests" / "baselines" / "weather" / "clouds.png").touch()
    (project / "tests" / "baselines" / "iris").touch()  # so that the last step fails
    before = content(project)
    done = plotgate(project, "new", name)
    assert (done.returncode, done.stdout) == (1, "")
    assert says in done.stderr
    assert content(project) == before


def test_a_renamed_plot_is_nowhere_under_its_old_name(with_wind: Path) -> None:
    (with_wind / "page.html").write_text("<img src=/plots/weather/wind>")
    done = plotgate(with_wind, "rename", "weather/wind", "storms/gusts")
    assert done.stdout.splitlines() == [
        "/plots/weather/wind is /plots/storms/gusts now; pages that show the old URL get 404.",
        "page.html:1 names it still",
    ]
    (with_wind / "page.html").unlink()
    left = [name for name, data in content(with_wind).items() if re.search(rb"weather/wind|WeatherWind", data or b"")]
    assert left == []
    assert status(with_wind) == [" M template.yaml", "?? functions/storms/", "?? tests/"]
    assert plotgate(with_wind, "baseline", "storms/gusts").stdout.endswith("gusts.png: as it was\n")


def test_a_plot_that_cannot_be_renamed_stays_as_it_is(with_wind: Path) -> None:
    before = content(with_wind)
    for new, says in (("weather/temperature", "WeatherTemperature already"), ("weather/Gusts", "not 'Gusts'")):
        done = plotgate(with_wind, "rename", "weather/wind", new)
        assert (done.returncode, says in done.stderr) == (1, True)
    assert "There is no plot 'weather/gusts'" in plotgate(with_wind, "rename", "weather/gusts", "a/b").stderr
    assert content(with_wind) == before
    app = with_wind / "functions" / "weather" / "wind" / "app.py"
    app.write_text(app.read_text().replace("return figure", "raise ValueError"))
    before = content(with_wind)
    done = plotgate(with_wind, "rename", "weather/wind", "storms/gusts")  # it cannot be drawn under its new name
    assert (done.returncode, "Error: " in done.stderr) == (1, True)
    assert content(with_wind) == before


def test_a_removed_plot_leaves_nothing_behind(project: Path) -> None:
    before = content(project)
    assert plotgate(project, "new", "storms/gusts").returncode == 0
    commit(project)
    done = plotgate(project, "remove", "storms/gusts")
    assert (done.returncode, done.stdout) == (0, "/plots/storms/gusts is gone; pages that show it get 404.\n")
    assert {name: data for name, data in content(project).items() if not name.startswith("tests")} == before


def test_what_no_commit_has_is_removed_by_force_only(with_wind: Path) -> None:
    before = content(with_wind)
    done = plotgate(with_wind, "remove", "weather/wind")
    assert done.returncode == 1
    lost = "functions/weather/wind/app.py, tests/baselines/weather/wind.png, the block WeatherWind of template.yaml"
    assert done.stderr == f"Error: No commit has {lost}: commit it, or remove it with --force.\n"
    assert content(with_wind) == before
    commit(with_wind)
    app = with_wind / "functions" / "weather" / "wind" / "app.py"
    app.write_text(f"{app.read_text()}\n# another line")
    assert "No commit has functions/weather/wind/app.py:" in plotgate(with_wind, "remove", "weather/wind").stderr
    assert plotgate(with_wind, "remove", "weather/wind", "--force").returncode == 0
    assert not app.parent.exists()


def test_a_plot_that_the_template_names_elsewhere_is_not_removed(project: Path) -> None:
    template = project / "template.yaml"
    template.write_text(f"{template.read_text()}  Plot:\n    Value: !Ref WeatherTemperature\n")
    commit(project)
    done = plotgate(project, "remove", "weather/temperature")
    assert "of the template names WeatherTemperature: Value: !Ref WeatherTemperature" in done.stderr
    assert status(project) == []
