"""The galleries' scripts, from the source distributions of the very versions in `uv.lock`; nothing of them is ours."""

import hashlib
import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
import tomllib
from dataclasses import dataclass
from pathlib import Path

from tests.found import ROOT

CACHE = ROOT / ".cache" / "verify-plots"
OWN = Path(__file__).parent / "pandas"  # its source distribution has no gallery: short scripts of ours instead

GALLERIES = {
    "matplotlib": {"galleries/examples": "examples", "galleries/plot_types": "plot_types"},
    "seaborn": {"examples": ""},
    "scikit-learn": {"examples": ""},
}
"""The folders of each archive that hold scripts, and what they are called here."""


class SourcesError(Exception):
    """The archives cannot be fetched."""


@dataclass(frozen=True)
class Script:
    """A script of a gallery, named as `matplotlib/plot_types/basic/bar`."""

    name: str
    file: Path


@dataclass(frozen=True)
class Archive:
    """A package's source distribution, as `uv.lock` has it."""

    package: str
    version: str
    digest: str  # SHA-256

    @property
    def file(self) -> Path:
        return CACHE / "archives" / f"{self.package.replace('-', '_')}-{self.version}.tar.gz"

    def is_there(self) -> bool:
        return self.file.exists() and hashlib.sha256(self.file.read_bytes()).hexdigest() == self.digest


def archives() -> list[Archive]:
    locked = tomllib.loads((ROOT / "uv.lock").read_text())["package"]
    return [
        Archive(package["name"], package["version"], package["sdist"]["hash"].removeprefix("sha256:"))
        for package in locked
        if package["name"] in GALLERIES
    ]


def fetch() -> None:
    """Fetches the archives that are not here yet.

    Raises:
        SourcesError: there is no network, or an archive is not the one that was locked.
    """
    missing = [archive for archive in archives() if not archive.is_there()]
    if not missing:
        return
    with tempfile.TemporaryDirectory() as scratch:
        backend = Path(scratch)
        # pip asks a source distribution's build backend what it is. These need a compiler even for that, but the
        # archive has the answer in it; the hash says already that it is the right one.
        (backend / "flit_core").mkdir()
        for module in ("mesonpy.py", "flit_core/buildapi.py"):
            (backend / module).write_text(BACKEND)
        requirements = backend / "requirements.txt"
        requirements.write_text("".join(f"{a.package}=={a.version} --hash=sha256:{a.digest}\n" for a in missing))
        command = [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-deps"]
        command += ["--no-binary", ":all:", "--no-build-isolation", "--require-hashes"]
        command += ["--requirement", str(requirements), "--dest", str(CACHE / "archives")]
        done = subprocess.run(command, env=_environment(backend), capture_output=True, text=True, check=False)
    if done.returncode:
        raise SourcesError(done.stderr.strip().rpartition("\n")[2] or "pip gave no reason")


BACKEND = """
import shutil
from pathlib import Path


def prepare_metadata_for_build_wheel(folder, config_settings=None):
    info = Path(folder) / "archive.dist-info"
    info.mkdir()
    shutil.copy("PKG-INFO", info / "METADATA")
    return info.name
"""


def _environment(backend: Path) -> dict[str, str]:
    return os.environ | {"PYTHONPATH": str(backend)}


def scripts() -> list[Script]:
    """All scripts, by name; the archives have to be here."""
    found = [Script(f"pandas/{file.stem}", file) for file in OWN.glob("*.py")]
    for archive in archives():
        folder = CACHE / "scripts" / f"{archive.package}-{archive.version}"
        if not folder.exists():
            _unpack(archive, folder)
        found += [
            Script(f"{archive.package}/{file.relative_to(folder).with_suffix('').as_posix()}", file)
            for file in folder.rglob("*.py")
        ]
    return sorted(found, key=lambda script: script.name)


def _unpack(archive: Archive, folder: Path) -> None:
    unfinished = folder.with_suffix(".unfinished")
    shutil.rmtree(unfinished, ignore_errors=True)
    with tarfile.open(archive.file) as tar:
        for member in tar:
            path = member.name.partition("/")[2]
            for root, called in GALLERIES[archive.package].items():
                if path.startswith(f"{root}/") and path.endswith(".py"):
                    target = unfinished / called / path.removeprefix(f"{root}/")
                    target.parent.mkdir(parents=True, exist_ok=True)
                    extracted = tar.extractfile(member)
                    assert extracted is not None, f"{member.name} is no file"
                    target.write_bytes(extracted.read())
    unfinished.rename(folder)
