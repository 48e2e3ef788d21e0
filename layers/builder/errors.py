"""What ends a build."""


class BuildError(Exception):
    """The layer cannot be built; the message says why and what to look at."""
