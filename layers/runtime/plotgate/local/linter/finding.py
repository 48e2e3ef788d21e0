"""What the linter finds."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Finding:
    """Something that a reader of a picture could not see, read or tell apart."""

    rule: str  # a few words: what is wrong
    artist: str  # which it is, by its label, its text or its kind
    detail: str  # what was measured, and what it must be
    remedy: str  # what the author can do
