"""docs/data.md is true: its commands work, and the plots that they switch draw the same picture."""

import io
import os
import re
import shlex
import subprocess
from pathlib import Path

import pytest
from PIL import Image

from tests.data.servers import AWS, OWNER, PASSWORD, PostgreSQL
from tests.found import ROOT
from tests.local.conftest import PLOTGATE, served

PAGE = (ROOT / "docs" / "data.md").read_text()
PICTURE = "/plots/weather/precipitation?start=2015-01-01&width=600"


def commands(section: str) -> list[str]:
    """The shell blocks of a section of the page."""
    text = PAGE.partition(f"\n## {section}\n")[2].partition("\n## ")[0]
    return re.findall(r"^```sh\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)


def run(script: str) -> None:
    environment = {**os.environ, "PATH": f"{PLOTGATE.parent}:{os.environ['PATH']}"}
    subprocess.run(["bash", "-euc", script], cwd=ROOT, env=environment, check=True)


def picture(command: str, terminal: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[bytes, str]:
    """The pixels of a gateway that was started as `command` says, and its Cache-Control."""
    *settings, program, verb = shlex.split(command)
    assert (program, verb) == ("plotgate", "serve")
    for setting in settings:
        monkeypatch.setenv(*setting.split("=", 1))
    with served(ROOT, terminal) as gateway:
        answer = gateway.http.get(PICTURE)
        assert answer.status_code == 200, gateway.terminal
        return Image.open(io.BytesIO(answer.content)).tobytes(), answer.headers["cache-control"]


@pytest.fixture(scope="module")
def own_picture(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    (serve,) = commands("A file that comes with the plot")
    with pytest.MonkeyPatch.context() as monkeypatch:
        found, cached = picture(serve, tmp_path_factory.mktemp("file") / "terminal.txt", monkeypatch)
    assert "max-age=3600," in cached
    return found


def test_s3_is_set_up_as_the_page_says(
    own_picture: bytes, aws: AWS, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill, serve = commands("S3")
    run(fill)
    found, cached = picture(serve, tmp_path / "terminal.txt", monkeypatch)
    assert found == own_picture
    assert "max-age=60," in cached


def test_postgresql_is_set_up_as_the_page_says(
    own_picture: bytes, postgresql: PostgreSQL, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill, serve = commands("PostgreSQL")
    for name, value in {
        "HOST": "127.0.0.1",
        "PORT": str(postgresql.port),
        "USER": OWNER,
        "DATABASE": "postgres",
    }.items():
        monkeypatch.setenv(f"PG{name}", value)
    monkeypatch.setenv("PGPASSWORD", PASSWORD)
    try:
        run(fill)
        found, cached = picture(serve, tmp_path / "terminal.txt", monkeypatch)
    finally:
        postgresql.execute("drop owned by plots; drop role plots")
    assert found == own_picture
    assert "max-age=60," in cached
