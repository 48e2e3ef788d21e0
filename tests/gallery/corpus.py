"""One script of the corpus, from its source to what is wrong with its plot."""

import json
import shutil
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import ExitStack
from dataclasses import asdict, dataclass, field
from pathlib import Path
from queue import SimpleQueue

from tests.gallery import datasets
from tests.gallery.conversion import converted, imported
from tests.gallery.judging import Finding, judge
from tests.gallery.processes import Parent
from tests.gallery.requests import PLAIN
from tests.gallery.sources import CACHE, Script, fetch, scripts

SECONDS = 60  # for each request
SLOWEST = (
    10  # seconds of the processor that matplotlib alone may take, else a request of a dozen would wait for minutes
)


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


def verify_all(chosen: Sequence[Script], requests: Sequence[str], twice: Sequence[str], jobs: int) -> Iterator[Outcome]:
    """Verifies `jobs` scripts at a time, and yields each outcome as soon as it is there.

    Args:
        chosen: the scripts.
        requests: the names of what each plot is asked for.
        twice: the names of what it is asked for in a second process too, whose bytes have to be equal.
        jobs: how many scripts are drawn at a time.
    """
    free: SimpleQueue[list[Parent]] = SimpleQueue()

    def verify_one(script: Script) -> Outcome:
        parents = free.get()
        try:
            return _verify(script, requests, twice, parents)
        finally:
            free.put(parents)

    with ExitStack() as stack:
        for _ in range(jobs):
            free.put([stack.enter_context(Parent(seed)) for seed in ((1, 2) if twice else (1,))])
        pool = stack.enter_context(ThreadPoolExecutor(jobs))
        try:
            for future in as_completed([pool.submit(verify_one, script) for script in chosen]):
                yield future.result()
        finally:
            pool.shutdown(cancel_futures=True)


def _verify(script: Script, requests: Sequence[str], twice: Sequence[str], parents: list[Parent]) -> Outcome:
    app = CACHE / "plots" / script.name / "app.py"
    app.parent.mkdir(parents=True, exist_ok=True)
    source = script.file.read_text()
    app.write_text(converted(source, script.file.stem))
    for module in imported(source):
        beside = script.file.with_name(f"{module}.py")
        if beside.exists():  # a module of the gallery's own, such as its units
            shutil.copy(beside, app.parent)
    pictures = pictures_of(script.name)
    shutil.rmtree(pictures, ignore_errors=True)
    plain = parents[-1].examine(app, [PLAIN], pictures, SECONDS)[PLAIN]
    if "error" in plain:
        return Outcome(script.name, plain["error"])
    if plain["seconds"] > SLOWEST:
        return Outcome(script.name, f"takes longer than {SLOWEST} s")
    first = parents[0].examine(app, requests, pictures, SECONDS)
    second = parents[-1].examine(app, twice, None, SECONDS) if twice else {}
    answers = {PLAIN: plain, "first process": first, "second process": second}
    (pictures / "answers.json").write_text(json.dumps(answers, indent=1))
    return Outcome(script.name, "", list(judge(script.name, plain, first, second, pictures)))


def _outcome_file(script: str) -> Path:
    return CACHE / "outcomes" / f"{script}.json"
