"""The README is true: its plot is served as it says, its commands exist, its answers are those of the gateway."""

import json
import re
import shlex
import shutil
import subprocess
import tomllib
from pathlib import Path

import pytest

from plotgate.data.source import BRACKETS_A_ROW, MOST_BYTES, MOST_ROWS, TIMEOUT
from plotgate.data.sql import TIME_LIMIT
from plotgate.http.answers import LAMBDA_LIMIT
from plotgate.local.template import read_template
from plotgate.pictures.render import LARGEST
from plotgate.pictures.store import ROOM
from plotgate.url.view import LONGEST_SIDE, MOST_PIXELS, SHORTEST_SIDE
from plotgate.version import VERSION
from tests.found import ROOT, plot_handler
from tests.local.conftest import PLOTGATE, served

README = (ROOT / "README.md").read_text()
PLOTGATE_FOLDER = ROOT / "layers" / "runtime" / "plotgate"


def blocks(language: str) -> list[str]:
    """The README's fenced blocks of one language, in order."""
    return re.findall(rf"^```{language}\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A copy of the project in which a reader made the README's plot."""
    shutil.copytree(ROOT / "functions", tmp_path / "functions", ignore=shutil.ignore_patterns("*.json"))
    shutil.copy(ROOT / "template.yaml", tmp_path)
    (command,) = re.findall(r"^plotgate new .*", "\n".join(blocks("sh")), re.MULTILINE)
    words = shlex.split(command, comments=True)
    subprocess.run([PLOTGATE, *words[1:]], cwd=tmp_path, check=True, capture_output=True)
    return tmp_path


def test_plot_of_the_readme_is_the_one_that_its_command_makes(project: Path) -> None:
    (plot,) = blocks("python")
    assert (project / "functions" / "garden" / "leaves" / "app.py").read_text() == plot


def test_plot_of_the_readme_is_served_and_shown_in_the_gallery(project: Path, tmp_path: Path) -> None:
    with served(project, tmp_path / "terminal.txt") as gateway:
        picture = gateway.http.get("/plots/garden/leaves?leaves=30")
        assert (picture.status_code, picture.headers["content-type"]) == (200, "image/png")
        assert 'src="/plots/garden/leaves?' in gateway.http.get("/").text


def test_pictures_of_the_readme_lead_to_what_draws_them() -> None:
    shown = re.findall(r'<a href="functions/(.+)/app.py"><img src="tests/baselines/(.+).png" .*alt="(.+)"></a>', README)
    assert 0 < len(shown) == README.count('<img src="tests/baselines/')
    for drawn_by, picture, alt in shown:
        assert drawn_by == picture
        assert (ROOT / "tests" / "baselines" / f"{picture}.png").exists()
        assert alt == plot_handler(picture).plot.title


def test_refusal_is_the_one_that_the_readme_shows(tmp_path: Path) -> None:
    ((command, output),) = [block.split("\n", 1) for block in blocks("console") if block.startswith("$ curl")]
    (url,) = re.findall(r"'http://127.0.0.1:3000(.*?)'", command)
    with served(ROOT, tmp_path / "terminal.txt") as gateway:
        assert gateway.http.get(url).json() == json.loads(output)


def test_every_command_of_the_readme_exists() -> None:
    targets = _targets()
    for line in "\n".join(blocks("sh")).splitlines():
        if words := shlex.split(line, comments=True):
            match words:
                case ["make", target]:
                    assert target in targets
                case ["sam", "build"] | ["export", *_]:
                    pass  # the Docker tier builds
                case ["plotgate", "new", "garden/leaves"]:
                    pass  # the fixture above makes it
                case _:
                    raise AssertionError(f"nothing tests {line!r}")


def test_commands_of_contributing_name_what_there_is() -> None:
    text = (ROOT / "CONTRIBUTING.md").read_text()
    written = {"tests/output/"}  # by a comparison that fails
    assert all((ROOT / path).exists() for path in set(re.findall(r"tests/[\w/.]*\w/?", text)) - written)
    assert set(re.findall(r"\bmake ([\w-]+)", text)) <= _targets()


def test_folders_of_the_readme_are_those_of_plotgate() -> None:
    (layout,) = blocks("text")
    listed = {line.split()[0] for line in layout.splitlines()}
    folders = {
        f"{path.relative_to(PLOTGATE_FOLDER)}/"
        for path in PLOTGATE_FOLDER.rglob("*")
        if path.is_dir() and any(path.glob("*.py"))
    }
    assert {name for name in listed if name.endswith("/")} == folders
    assert all((PLOTGATE_FOLDER / name).exists() for name in listed)


def test_way_of_a_request_passes_what_there_is() -> None:
    (way,) = blocks("mermaid")
    elsewhere = {"app.py"}  # the plot's
    passed = set(re.findall(r"\w+(?:\.py|/)", way)) - elsewhere
    assert passed == {"entry.py", "serve.py", "http/", "url/", "pictures/", "figure/", "data/"}
    assert all((PLOTGATE_FOLDER / name).exists() for name in passed)


def test_limits_of_the_readme_are_those_of_the_code() -> None:
    (table,) = re.findall(r"^### Limits$(.*?)^###? ", README, re.MULTILINE | re.DOTALL)
    route = read_template(ROOT / "template.yaml").routes[-1]
    for limit in (
        f"{SHORTEST_SIDE} to {_spaced(LONGEST_SIDE)} CSS pixels",
        f"{_spaced(MOST_PIXELS)} device pixels",
        f"{_spaced(LARGEST)} bytes",
        f"{_spaced(LAMBDA_LIMIT)} bytes",
        f"| {_spaced(MOST_ROWS)} |",
        f"{MOST_BYTES // 2**20} MB; in JSON {_spaced(BRACKETS_A_ROW * MOST_ROWS)} of the brackets",
        f"{TIMEOUT} seconds; of a database that keeps no limit itself {TIME_LIMIT}",
        f"{ROOM // 2**20} MB",
        f"{route.function.timeout:g} seconds",
        f"{route.function.memory} MB",
    ):
        assert limit in table


def test_costs_of_the_readme_follow_from_its_prices() -> None:
    memory = read_template(ROOT / "template.yaml").routes[-1].function.memory / 1024  # GB
    prices = re.findall(r"^\| a .* \| ([\d.]+) \|$", README, re.MULTILINE)
    requests, invocations, gigabyte_second = map(float, prices)
    million_seconds = 1e6 * memory * gigabyte_second
    assert f"A million pictures cost {requests + invocations:.2f} USD for their requests" in README
    assert f"{million_seconds:.2f} USD for each second" in README
    assert f"{million_seconds / 1000:.2f} USD a million" in README


def test_version_is_the_same_wherever_it_is_said() -> None:
    (newest, *_) = re.findall(r"^## (\d[\d.]*) - \d{4}-\d\d-\d\d$", (ROOT / "CHANGELOG.md").read_text(), re.MULTILINE)
    (locked,) = (
        package["version"]
        for package in tomllib.loads((ROOT / "uv.lock").read_text())["package"]
        if package["name"] == "plotgate"
    )
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    assert {newest, locked, project["version"]} == {VERSION}


def test_links_of_the_documents_lead_somewhere() -> None:
    for document in (*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")):
        for target in re.findall(r"\]\(([^)#]+)[^)]*\)", document.read_text()):
            assert target.startswith("https://") or (document.parent / target).exists(), f"{document.name}: {target}"


def _targets() -> set[str]:
    """The verbs of the Makefile."""
    phony = re.search(r"^\.PHONY: (.*)$", (ROOT / "Makefile").read_text(), re.MULTILINE)
    assert phony
    return set(phony[1].split())


def _spaced(number: int) -> str:
    return f"{number:,}".replace(",", " ")
