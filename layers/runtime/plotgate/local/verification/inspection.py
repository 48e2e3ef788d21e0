"""All promises, of all plots of an address."""

from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from typing import Any

from plotgate.local.verification.promises import PROMISES, SITE
from plotgate.local.verification.remote import Plot, Remote


@dataclass(frozen=True)
class Broken:
    """A promise that was not kept, and how that shows."""

    promise: str
    how: str


@dataclass
class Inspected:
    """What was found of a plot, or of the gallery."""

    path: str
    first: float = 0.0  # milliseconds, of an execution environment that may have had to start
    drawn: float = 0.0  # milliseconds, of a picture that nobody has asked for before
    kept: float = 0.0  # milliseconds, of one that was asked for already
    bytes: int = 0
    broken: list[Broken] = field(default_factory=list)


def inspect(remote: Remote, report: Callable[[str, str], None] = lambda path, promise: None) -> list[Inspected]:
    """Check each promise of the gallery and of each plot; `report` hears of each check before it is made.

    Raises:
        RemoteError: the address does not answer, or has no plots.
    """
    site = Inspected("/")
    report("/", SITE.name)
    site.broken = [Broken(SITE.name, how) for how in SITE.check(remote, "/")]
    site.kept = remote.ask("/", again=True).milliseconds
    site.bytes = remote.ask("/").wire_bytes
    return [site, *(_inspected(remote, plot, report) for plot in remote.plots())]


def _inspected(remote: Remote, plot: Plot, report: Callable[[str, str], None]) -> Inspected:
    found = Inspected(plot.path)
    report(plot.path, "timing")
    found.first = remote.ask(plot.path).milliseconds
    found.drawn = remote.ask(f"{plot.path}?width=440").milliseconds
    found.kept = remote.ask(plot.path, again=True).milliseconds
    found.bytes = remote.ask(plot.path).wire_bytes
    for promise in PROMISES:
        report(plot.path, promise.name)
        found.broken += [Broken(promise.name, how) for how in promise.check(remote, plot.path)]
    return found


def as_document(url: str, found: list[Inspected]) -> dict[str, Any]:
    """What was found, as JSON has it."""
    return {"url": url, "kept": not any(one.broken for one in found), "inspected": [asdict(one) for one in found]}
