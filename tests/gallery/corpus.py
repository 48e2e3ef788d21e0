"""One script of the corpus, from its source to what is wrong with its plot."""

import json
import shutil
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from tests.gallery import datasets
from tests.gallery.conversion import converted
from tests.gallery.judging import Finding, judge
from tests.gallery.processes import Parent
from tests.gallery.requests import PLAIN
from tests.gallery.sources import CACHE, Script, fetch, scripts

SECONDS = 60  # for each request
SLOWEST = 10  # seconds that matplotlib alone may take, else a request of a dozen would wait for minutes


@dataclass
class Outcome:
    """What became of a script: left out for a reason, or drawn, with the findings."""

    script: str
    left_out: str = ""
    findings: list[Finding] = field(default_factory=list)

    def write(self) -> None:
        file = _outcome_file(self.script)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(json.dumps(asdict(self), indent=1))

    @classmethod
    def read(cls, script: str) -> "Outcome | None":
        """The outcome of an earlier run."""
        try:
            found: dict[str, Any] = json.loads(_outcome_file(script).read_text())
        except OSError:
            return None
        return cls(found["script"], found["left_out"], [Finding(**finding) for finding in found["findings"]])


def prepare() -> list[Script]:
    """The scripts, their archives fetched and their data made.

    Raises:
        SourcesError: the archives cannot be fetched.
    """
    fetch()
    datasets.write(CACHE / "seaborn-data")
    return [script for script in scripts() if _is_drawn_by_its_own_gallery(script)]


def _is_drawn_by_its_own_gallery(script: Script) -> bool:
    """Whether the package's own documentation draws it, as its file's name says."""
    stem = script.file.stem
    if script.name.startswith("scikit-learn/"):
        return stem.startswith("plot_")
    return not stem.endswith("_sgskip") and stem != "__init__"


def pictures_of(script: str) -> Path:
    return CACHE / "pictures" / script


def verify(script: Script, requests: Sequence[str], again: Sequence[str], parents: tuple[Parent, Parent]) -> Outcome:
    """Asks for all `requests` in one process, and for those in `again` in a second one, and judges the answers."""
    app = CACHE / "plots" / script.name / "app.py"
    app.parent.mkdir(parents=True, exist_ok=True)
    app.write_text(converted(script.file.read_text(), script.file.stem))
    pictures = pictures_of(script.name)
    shutil.rmtree(pictures, ignore_errors=True)
    plain = parents[1].examine(app, [PLAIN], pictures, SECONDS)[PLAIN]
    if "error" in plain:
        return Outcome(script.name, plain["error"])
    if plain["seconds"] > SLOWEST:
        return Outcome(script.name, f"takes longer than {SLOWEST} s")
    first = parents[0].examine(app, requests, pictures, SECONDS)
    second = parents[1].examine(app, again, None, SECONDS) if again else {}
    return Outcome(script.name, "", list(judge(script.name, plain, first, second, pictures)))


def _outcome_file(script: str) -> Path:
    return CACHE / "outcomes" / f"{script}.json"
