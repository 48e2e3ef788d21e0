"""What `sam build` made, read from the template that it writes beside it."""

import fcntl
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import yaml

from plotgate.local.template import Function, read_template
from tests.found import FUNCTIONS, ROOT

BUILD = ROOT / ".aws-sam" / "build"
SAM = Path(sys.executable).with_name("sam")


@dataclass(frozen=True)
class Built:
    """A built function and its layers, in the order in which they are laid over `/opt`."""

    name: str  # its folder in functions/, which is also the name of its event
    function: Function
    layers: tuple[Path, ...]


def sam_environment() -> dict[str, str]:
    """The environment for SAM: the layers' makefiles find the project's own Python and uv first."""
    return os.environ | {
        "PATH": f"{SAM.parent}{os.pathsep}{os.environ['PATH']}",
        "SAM_CLI_TELEMETRY": "0",
        "AWS_DEFAULT_REGION": "eu-central-1",
    }


def build() -> None:
    """Run `sam build`, whose own progress is shown; two test runs at once wait for each other."""
    BUILD.parent.mkdir(exist_ok=True)
    with (BUILD.parent / "tests.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        done = subprocess.run(
            [SAM, "build"],
            cwd=ROOT,
            env=sam_environment(),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,  # advice about further commands; progress and errors go to stderr
            check=False,
        )
    assert done.returncode == 0, "`sam build` failed, and has said why above"


def built_functions() -> dict[str, Built]:
    """The functions of the built template, by the name of their folder."""
    file = BUILD / "template.yaml"
    resources = yaml.safe_load(file.read_text())["Resources"]
    folders = {_pascal_case(folder): folder for folder in _folders()}
    return {
        folders[function.name]: Built(
            folders[function.name],
            function,
            tuple(BUILD / layer["Ref"] for layer in resources[function.name]["Properties"]["Layers"]),
        )
        for function in read_template(file).functions
    }


def lay_over(layers: tuple[Path, ...], opt: Path) -> None:
    """Make `opt` what Lambda makes of the layers: each one over those before it."""
    for layer in layers:
        for file in layer.rglob("*"):
            if file.is_file():
                place = opt / file.relative_to(layer)
                place.parent.mkdir(parents=True, exist_ok=True)
                place.unlink(missing_ok=True)
                _link_or_copy(file, place)


def _folders() -> list[str]:
    return [str(app.parent.relative_to(FUNCTIONS)) for app in FUNCTIONS.rglob("app.py")]


def _pascal_case(folder: str) -> str:
    return "".join(word.capitalize() for word in folder.replace("/", "_").split("_"))


def _link_or_copy(file: Path, place: Path) -> None:
    try:
        os.link(file, place)
    except OSError:  # another file system
        shutil.copy2(file, place)
