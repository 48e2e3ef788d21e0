"""Sixty of the galleries' scripts; `make verify-plots` draws them all.

`known.txt` lists what is wrong with them today. Nothing may be added to it, and a line that is right by now has to go:
`pytest tests/gallery --update-baselines` takes such lines away.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.gallery.corpus import Outcome, prepare, verify_all
from tests.gallery.sources import SourcesError
from tests.tiers import unavailable

SAMPLE = Path(__file__).with_name("sample.txt").read_text().split()
KNOWN = Path(__file__).with_name("known.txt")
REQUESTS = ("default", "dark", "csv", "json")


def known() -> set[str]:
    return {line for line in KNOWN.read_text().splitlines() if line and not line.startswith("#")}


@pytest.fixture(scope="module")
def outcomes() -> Iterator[dict[str, Outcome]]:
    try:
        scripts = [script for script in prepare() if script.name in SAMPLE]
    except SourcesError as error:
        unavailable(f"the galleries cannot be fetched: {error}")
    yield {outcome.script: outcome for outcome in verify_all(scripts, REQUESTS, (), jobs=1)}


@pytest.mark.parametrize("script", SAMPLE)
def test_plot_is_right_but_for_what_is_known(
    script: str, outcomes: dict[str, Outcome], pytestconfig: pytest.Config
) -> None:
    outcome = outcomes[script]
    assert not outcome.left_out, f"matplotlib alone does not draw it: {outcome.left_out}"
    found = {f"{finding.script} | {finding.request} | {finding.cause}": finding for finding in outcome.findings}
    new = [str(finding) for line, finding in found.items() if line not in known()]
    assert not new, "wrong, and not known to be:\n" + "\n".join(new)
    right = {line for line in known() if line.split(" | ")[0] == script} - found.keys()
    if right and pytestconfig.getoption("update_baselines"):
        KNOWN.write_text("".join(line for line in KNOWN.read_text().splitlines(True) if line.strip() not in right))
    else:
        assert not right, f"right by now, so take it out of {KNOWN.name}:\n" + "\n".join(sorted(right))


def test_known_lines_are_of_the_sample() -> None:
    assert {line.split(" | ")[0] for line in known()} <= set(SAMPLE)
