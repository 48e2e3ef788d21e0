"""All rules of the linter, of what is seen in a figure."""

from collections.abc import Callable, Iterator

from plotgate.local.linter.finding import Finding
from plotgate.local.linter.marks import marks
from plotgate.local.linter.series import series
from plotgate.local.linter.texts import texts
from plotgate.local.linter.watching import Sight

RULES: tuple[Callable[[Sight], Iterator[Finding]], ...] = (texts, marks, series)


def lint(sight: Sight) -> list[Finding]:
    """What is wrong with a figure as it was drawn, each finding once."""
    return list(dict.fromkeys(finding for rule in RULES for finding in rule(sight)))
