"""docs/authoring.md, followed to the letter: from nothing to a plot in a page, and a project of one's own."""

import os
import re
import shutil
import signal
import subprocess
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from html.parser import HTMLParser
from pathlib import Path

import httpx
import pytest

from tests.emulators.built import sam_environment
from tests.emulators.runtime import free_port
from tests.found import FOLDERS, ROOT
from tests.local.commands.test_plot_life import commit, git, plotgate, repository

GUIDE = (ROOT / "docs" / "authoring.md").read_text()
(FIRST_PLOT,) = re.findall(r"^## From nothing to a plot.*?\n(.*?)^## ", GUIDE, re.MULTILINE | re.DOTALL)
(OWN_PROJECT,) = re.findall(r"^## A project of your own\n(.*?)^## ", GUIDE, re.MULTILINE | re.DOTALL)
BLOCKS = re.findall(r"^```(\w+)\n(.*?)^```$", FIRST_PLOT, re.MULTILINE | re.DOTALL)
HERE = "http://127.0.0.1:3000"


class Image(HTMLParser):
    """The attributes of the one `<img>` of a text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.attributes: dict[str, str] = {}
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "img":
            self.attributes = {name: value or "" for name, value in attrs}


@pytest.fixture
def project(tmp_path: Path) -> Path:
    folder = repository(tmp_path / "project")
    (folder / ".venv").symlink_to(ROOT / ".venv")
    (folder / ".git" / "info" / "exclude").write_text(".venv\n")  # .gitignore means a folder
    for name in ("pyproject.toml", "uv.lock", ".python-version"):  # so that make leaves the environment as it is
        os.utime(folder / name, (0, 0))
    return folder


@contextmanager
def running(command: str, project: Path, output: Path, port: int) -> Iterator[None]:
    """`make serve` in a terminal, until Ctrl-C."""
    with output.open("wb") as stream:
        process = subprocess.Popen(
            ["bash", "-c", command], cwd=project, env=os.environ | {"PORT": str(port)},
            stdout=stream, stderr=subprocess.STDOUT, start_new_session=True,
        )  # fmt: skip
    try:
        wait_for(lambda: f":{port}" in output.read_text() or process.poll() is not None, output)
        assert process.poll() is None, output.read_text()
        yield
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGINT)
        process.wait(30)


def wait_for(condition: Callable[[], bool], output: Path) -> None:
    pause = threading.Event()
    for _ in range(1200):
        if condition():
            return
        pause.wait(0.05)
    raise AssertionError(f"it did not happen; the terminal says:\n{output.read_text()}")


def shell(project: Path, commands: str) -> None:
    """Commands in the second terminal, which stops at the first that fails."""
    names = {"GIT_AUTHOR_NAME": "An author", "GIT_AUTHOR_EMAIL": "author@example.com"}
    names |= {name.replace("AUTHOR", "COMMITTER"): value for name, value in names.items()}
    done = subprocess.run(
        ["bash", "-euc", commands], cwd=project, env=os.environ | names, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, f"{commands}\n{done.stdout}\n{done.stderr}"


def test_a_plot_is_in_a_page_when_the_guide_has_been_followed(project: Path, tmp_path: Path) -> None:
    port, output = free_port(), tmp_path / "terminal.txt"
    (serve, *commands) = [text for language, text in BLOCKS if language == "sh"]
    (source,) = [text for language, text in BLOCKS if language == "python"]
    (page,) = [text for language, text in BLOCKS if language == "html"]
    (view,) = re.findall(rf"<{HERE}(.*?)>", FIRST_PLOT)
    with (
        running(serve, project, output, port),
        httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=60, trust_env=False) as client,
    ):
        exported = "".join(re.findall(r"^export .*\n", commands[0], re.MULTILINE))
        shell(project, commands[0])
        wait_for(lambda: client.get(view).status_code == 200, output)
        assert 'name="unit"' in client.get(view).text  # of the bars that it begins with

        (project / "functions" / "garden" / "rain" / "app.py").write_text(source)
        wait_for(lambda: 'name="months"' in client.get(view).text, output)
        for block in commands[1:]:
            shell(project, exported + block)

        image = Image(page).attributes
        picture = client.get(image["src"].removeprefix(HERE))
        assert picture.headers["content-type"] == "image/png"
        size = [int.from_bytes(picture.content[at : at + 4]) for at in (16, 20)]
        assert size == [int(image["width"]), int(image["height"])]
        assert image["alt"] in client.get(view).text
    assert git(project, "status", "--short") == ""
    assert git(project, "show", "--name-status", "--format=").split() == [
        *("A", "functions/garden/rain/app.py"),
        *("M", "template.yaml"),
        *("A", "tests/baselines/garden/rain.png"),
    ]


def test_the_rest_of_a_plots_life_is_as_the_guide_says(project: Path) -> None:
    table = re.findall(r"^\| (`plotgate.*?) \|", GUIDE, re.MULTILINE)
    commands = [command for cell in table for command in re.findall(r"`(.*?)`", cell)]
    rename, remove = (next(one for one in commands if f"plotgate {word}" in one) for word in ("rename", "remove"))
    others = [command for command in commands if command not in (rename, remove)]
    shell(project, f"export PATH={ROOT / '.venv' / 'bin'}:$PATH; plotgate new garden/rain --from bars")
    (source,) = [text for language, text in BLOCKS if language == "python"]
    (project / "functions" / "garden" / "rain" / "app.py").write_text(source)
    commit(project)
    for command in (*others, remove):
        shell(project, f"export PATH={ROOT / '.venv' / 'bin'}:$PATH; {command}")
    git(project, "checkout", "HEAD", ".")
    shell(project, f"export PATH={ROOT / '.venv' / 'bin'}:$PATH; {rename}")


def test_a_project_of_ones_own_is_made_in_one_command(tmp_path: Path) -> None:
    (command,) = re.findall(r"^```sh\n(.*?)\n```$", OWN_PROJECT, re.MULTILINE | re.DOTALL)
    assert "git+https://git.example.org/plotgate.git" in command
    if not (ROOT / ".git").exists():
        pytest.skip("needs a repository")
    clone = tmp_path / "plotgate.git"
    git(tmp_path, "clone", "--quiet", "--bare", str(ROOT), str(clone))
    home = tmp_path / "home"  # where SAM keeps what it has fetched
    home.mkdir()
    done = subprocess.run(
        ["bash", "-euc", command.replace("git+https://git.example.org/plotgate.git", f"git+file://{clone}")],
        cwd=tmp_path, env=sam_environment() | {"HOME": str(home)}, stdin=subprocess.DEVNULL,
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    made = tmp_path / "my-plots"
    assert {str(app.parent.relative_to(made / "functions")) for app in made.glob("functions/**/app.py")} <= set(FOLDERS)
    assert not (made / ".git").exists()
    assert plotgate(made, "new", "garden/rain").returncode == 0
    shutil.rmtree(made)
