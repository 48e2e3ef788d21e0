"""The README is true: its plot is served as it says, its commands exist, its answers are those of the gateway."""

import json
import re
import shlex
import shutil
import subprocess
from pathlib import Path

import pytest

from plotgate.local.catalog import load_plot
from plotgate.local.template import read_template
from tests.found import ROOT
from tests.local.conftest import PLOTGATE, served

README = (ROOT / "README.md").read_text()


def blocks(language: str) -> list[str]:
    """The README's fenced blocks of one language, in order."""
    return re.findall(rf"^```{language}\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A copy of the project to which a reader added the README's plot."""
    shutil.copytree(ROOT / "functions", tmp_path / "functions")
    (plot,) = blocks("python")
    app = tmp_path / "functions" / "iris" / "petals" / "app.py"
    app.parent.mkdir(parents=True)
    app.write_text(plot)
    (resource,) = blocks("yaml")
    before, outputs = (ROOT / "template.yaml").read_text().split("\nOutputs:")
    (tmp_path / "template.yaml").write_text(f"{before}\n{resource}\nOutputs:{outputs}")
    return tmp_path


def test_plot_of_the_readme_is_a_plot_of_the_readmes_template(project: Path) -> None:
    routes = {route.path: route.function for route in read_template(project / "template.yaml").routes}
    plot = load_plot(routes["/plots/iris/petals"])
    assert plot is not None
    assert plot.title == "Petals of three irises"


def test_plot_of_the_readme_is_served_and_shown_in_the_gallery(project: Path, tmp_path: Path) -> None:
    subprocess.run([PLOTGATE, "catalog"], cwd=project, check=True, capture_output=True)
    with served(project, tmp_path / "terminal.txt") as gateway:
        picture = gateway.http.get("/plots/iris/petals?size=30")
        assert (picture.status_code, picture.headers["content-type"]) == (200, "image/png")
        assert 'src="/plots/iris/petals"' in gateway.http.get("/").text


def test_refusal_is_the_one_that_the_readme_shows(tmp_path: Path) -> None:
    ((command, output),) = [block.split("\n", 1) for block in blocks("console") if block.startswith("$ curl")]
    (url,) = re.findall(r"'http://127.0.0.1:3000(.*?)'", command)
    with served(ROOT, tmp_path / "terminal.txt") as gateway:
        assert gateway.http.get(url).json() == json.loads(output)


def test_every_command_of_the_readme_exists() -> None:
    phony = re.search(r"^\.PHONY: (.*)$", (ROOT / "Makefile").read_text(), re.MULTILINE)
    assert phony
    targets = set(phony[1].split())
    for line in "\n".join(blocks("sh")).splitlines():
        if words := shlex.split(line, comments=True):
            match words:
                case ["make", target]:
                    assert target in targets
                case ["sam", "build"] | ["export", *_]:
                    pass  # the Docker tier builds
                case ["plotgate", command]:
                    assert command in {"catalog", "serve"}
                case _:
                    raise AssertionError(f"nothing tests {line!r}")
