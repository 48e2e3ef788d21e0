"""`plotgate baseline`: the pictures that tests compare with."""

import subprocess
from pathlib import Path

from tests.local.conftest import PLOTGATE, write
from tests.local.test_catalog import template_with

DRAWN = """
    from matplotlib.figure import Figure
    from plotgate import serve

    def draw() -> Figure:
        figure = Figure({size})
        figure.subplots().plot([1, 2])
        return figure

    handler = serve(draw)
"""


def baseline(folder: Path, *plots: str) -> list[str]:
    done = subprocess.run([PLOTGATE, "baseline", *plots], cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return [line.removeprefix(f"{folder}/tests/baselines/") for line in done.stdout.splitlines()]


def test_baseline_is_written_when_the_picture_is_another(tmp_path: Path) -> None:
    for name in ("first", "second"):
        write(tmp_path / "plots" / "a" / name / "app.py", DRAWN.format(size="(4, 3)"))
    template_with(tmp_path, "plots/a/first", "plots/a/second")

    assert baseline(tmp_path, "a/first") == ["a/first.png: new"]
    assert baseline(tmp_path) == ["a/first.png: as it was", "a/second.png: new"]
    file = tmp_path / "tests" / "baselines" / "a" / "first.png"
    file.write_bytes(file.read_bytes() + b"of another encoder")
    write(tmp_path / "plots" / "a" / "second" / "app.py", DRAWN.format(size="(5, 3)"))

    assert baseline(tmp_path) == ["a/first.png: as it was", "a/second.png: changed"]
    assert file.read_bytes().endswith(b"of another encoder")


def test_plot_that_fails_has_no_baseline(tmp_path: Path) -> None:
    write(tmp_path / "plots" / "a" / "first" / "app.py", DRAWN.format(size="'wide'"))
    template_with(tmp_path, "plots/a/first")
    done = subprocess.run([PLOTGATE, "baseline"], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "Error: " in done.stderr
    assert not (tmp_path / "tests").exists()
